import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { listServiceFiles } from '../../catalogue/index.ts'
import { beginEmpty, editDraft, partRoutes, readDraft } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
const { commons } = await listServiceFiles()

/** A designer with an empty draft, who knocks at its pages as a browser without script does. */
async function aDesigner() {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  const designer = await aStaffMember(place, 'designer')
  const cookie = await logInAs(place, { staffId: designer.id })
  const by = { kind: 'staff', id: designer.id }
  const name = { ar: 'رخصة بسطة', en: 'Stall licence' }
  const draft = await house.database.write(town.id, tx =>
    beginEmpty(tx, { code: 'LIC-91', name, group: 'crafts', commons }, by),
  )
  const { knock } = aDoor(house, partRoutes)
  const prefix = `/~${town.slug}`
  const at = (part: string, open = '') =>
    townUrl({ prefix }, addresses.designerPart, { draft, part }, { open })
  const read = () => house.database.read(town.id, tx => readDraft(tx, draft, designer.id))
  async function post(part: string, form: Record<string, string | string[]>, path?: string) {
    const { draft: now } = await read()
    const answer = await knock(path ?? at(part), {
      cookie,
      form: { revision: String(now.revision), ...form },
    })
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html: await answer.text(),
    }
  }
  const page = async (part: string, open = '') => {
    const answer = await knock(at(part, open), { cookie })
    return { status: answer.status, html: await answer.text() }
  }
  const add = (part: string, list: string, listName: string, ar: string, en: string, kind = '') =>
    post(part, { do: 'add', list, name: listName, 'new.ar': ar, 'new.en': en, 'new.kind': kind })
  const record = (form: Record<string, string | string[]>) =>
    post('', form, townUrl({ prefix }, addresses.designerRecord, { draft }))
  const edit = async (value: unknown, path: string[]) =>
    house.database.write(town.id, async tx => {
      const now = await readDraft(tx, draft, designer.id)
      return editDraft(tx, {
        draftId: draft,
        revision: now.draft.revision,
        edits: [{ op: 'set', path, value }],
        by,
      })
    })
  return { page, post, add, read, record, edit, draft, town, prefix }
}

const question = 'form/pages/request/fields'

describe('the parts of a service', () => {
  test('are each a page, whatever is open', async () => {
    const { page } = await aDesigner()
    const opened = [
      ['sheet', ''],
      ['path', ''],
      ['path', 'steps/decision'],
      ['form', ''],
      ['form', 'form/pages/request'],
      ['form', `${question}/notes`],
      ['papers', 'papers/id-copy'],
      ['fees', ''],
      ['fees', 'dues'],
      ['messages', 'messages/received'],
      ['messages', 'messages/fee-due'],
      ['output', ''],
      ['examples', ''],
      ['check', ''],
    ] as const
    for (const [part, open] of opened)
      expect([part, open, (await page(part, open)).status]).toEqual([part, open, 200])
    expect((await page('nothing')).status).toBe(404)
  })

  test('take a new question, open it, and keep what is typed of it', async () => {
    const { add, post, read } = await aDesigner()
    const added = await add('form', question, 'fields', 'كم يومًا؟', 'How many days', 'whole-number')
    expect(added.location).toContain('howManyDays')
    const open = `${question}/howManyDays`
    const saved = await post('form', {
      ...{ do: 'save', open, 'label.ar': 'كم يومًا تبيع؟', 'label.en': 'How many days', kind: 'whole-number' },
      ...{ min: '١', max: '10', optional: 'yes', 'hint.ar': 'أيام العيد.', 'hint.en': 'Feast days.' },
    })
    expect(saved.status).toBe(303)
    const [, field] = (await read()).content.form?.pages?.[0]?.fields ?? []
    expect(field).toEqual({
      ...{ id: 'howManyDays', kind: 'whole-number', label: { ar: 'كم يومًا تبيع؟', en: 'How many days' } },
      ...{ hint: { ar: 'أيام العيد.', en: 'Feast days.' }, optional: true, min: 1, max: 10 },
    })
  })

  test('refuse what does not read, and show it as it was typed', async () => {
    const { post, read } = await aDesigner()
    const before = (await read()).source
    const form = {
      do: 'save',
      open: 'steps/desk-review',
      'name.ar': '',
      'name.en': 'Check',
      kind: 'review',
      office: 'service-centre',
      role: 'clerk',
      hours: 'كثير',
    }
    const refused = await post('path', form)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('كثير')
    expect((await read()).source).toBe(before)
  })

  test('give a question that becomes another kind what that kind needs, and take what only the old one had', async () => {
    const { add, post, read } = await aDesigner()
    await add('form', question, 'fields', 'العيد', 'Feast', 'text')
    const open = `${question}/feast`
    await post('form', {
      do: 'save',
      open,
      'label.ar': 'العيد',
      'label.en': 'Feast',
      kind: 'choice',
      max: '200',
    })
    const field = (await read()).content.form?.pages?.[0]?.fields?.[1]
    expect(field).toMatchObject({ kind: 'choice', options: [{ id: 'first' }, { id: 'second' }] })
    expect(field).not.toHaveProperty('max')
  })

  test('ask for a condition in sentences, a row at a time, without script', async () => {
    const { add, post, read } = await aDesigner()
    await add('form', question, 'fields', 'هل تبيع طعامًا؟', 'Food', 'yes-no')
    await add('papers', 'papers', 'papers', 'شهادة صحية', 'Health certificate', 'health-certificate')
    const open = 'papers/health-certificate'
    const paper = {
      open,
      'name.ar': 'شهادة صحية',
      'name.en': 'Health certificate',
      kind: 'health-certificate',
      accept: ['pdf'],
      'when.was': '',
      'when.formula': '',
    }
    const grown = await post('papers', { ...paper, reshape: 'when!group' })
    expect(grown.status).toBe(200)
    expect(grown.html).toContain('when.0.0.subject')
    const chosen = await post('papers', {
      ...paper,
      'when.join': 'and',
      'when.0.0.subject': 'food',
      do: 'save',
    })
    expect(chosen.status).toBe(422)
    expect(chosen.html).toContain('when.0.0.value')
    await post('papers', {
      ...paper,
      'when.join': 'and',
      'when.0.0.subject': 'food',
      'when.0.0.test': 'is',
      'when.0.0.value': 'true',
      do: 'save',
    })
    expect((await read()).content.papers?.[1]).toMatchObject({ when: 'food = true' })
  })

  test('leave a formula of its own untouched, and say what is wrong with a new one', async () => {
    const { post, read, edit } = await aDesigner()
    const rule = 'string length(notes) > 10'
    await edit(rule, ['papers', 'id-copy', 'when'])
    const paper = {
      open: 'papers/id-copy',
      'name.ar': 'صورة الهوية',
      'name.en': 'Copy',
      kind: 'identity-card',
      accept: ['pdf'],
      'when.was': rule,
      'when.special': 'yes',
      do: 'save',
    }
    await post('papers', { ...paper, 'when.formula': rule })
    expect((await read()).content.papers?.[0]).toMatchObject({ when: rule, name: { ar: 'صورة الهوية' } })
    const refused = await post('papers', { ...paper, 'when.formula': 'nots = 3' })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('nots')
  })

  test('make an amount written in a fee a price of its own', async () => {
    const { add, post, read } = await aDesigner()
    await add('form', question, 'fields', 'كم يومًا؟', 'Days', 'whole-number')
    await add('fees', 'fees', 'fees', 'رسم البسطة', 'Stall fee', 'after-decision')
    await post('fees', {
      ...{
        do: 'save',
        open: 'fees/stall-fee',
        'name.ar': 'رسم البسطة',
        'name.en': 'Stall fee',
        at: 'after-decision',
        currency: 'ILS',
      },
      ...{
        dueKind: 'market-rent',
        'amount.was': 'money(0, "ILS")',
        'amount.formula': 'money(0, "ILS")',
        'when.was': '',
        'when.formula': '',
      },
      ...{ 'amount.o.p0.base': 'written', 'amount.o.p0.amount': '٣', 'amount.o.p0.times': ['days'] },
    })
    const { content, faults } = await read()
    expect(content.fees?.[0]).toMatchObject({ amount: 'tariff.stallFee * days', dueKind: 'market-rent' })
    expect(content.tariffs?.[0]).toMatchObject({ key: 'stallFee', amount: '3', confirmed: false })
    expect(faults.flatMap(({ path, code }) => (path.startsWith('fees') ? code : []))).toEqual([
      'fee-never-paid',
    ])
  })

  test('show names in a message as people call them, and keep them as the service does', async () => {
    const { page, post, read } = await aDesigner()
    expect((await page('messages', 'messages/received')).html).toContain('{رقم الطلب}')
    await post('messages', {
      do: 'save',
      open: 'messages/received',
      'text.ar': 'وصل طلبك {رقم الطلب}.',
      'text.en': 'Request {number}.',
    })
    expect((await read()).content.messages?.received).toEqual({
      ar: 'وصل طلبك {number}.',
      en: 'Request {number}.',
    })
  })

  test('move a step by its arrows and by its place, and take a change back', async () => {
    const { post, read } = await aDesigner()
    const ids = async () => (await read()).content.steps?.map(step => step.id)
    await post('path', { do: 'down:desk-review', list: 'steps' })
    expect(await ids()).toEqual(['decision', 'desk-review', 'close'])
    await post('path', { do: 'put:close:before:decision', list: 'steps' })
    expect(await ids()).toEqual(['close', 'decision', 'desk-review'])
    await post('path', { do: 'undo' })
    expect(await ids()).toEqual(['decision', 'desk-review', 'close'])
  })

  test('keep two people from overwriting one another, and show both', async () => {
    const { post, edit, read } = await aDesigner()
    const revision = String((await read()).draft.revision)
    await edit({ ar: 'قرار المدير', en: 'Decision' }, ['steps', 'decision', 'name'])
    const form = {
      do: 'save',
      open: 'steps/decision',
      'name.ar': 'قرار آخر',
      'name.en': 'Decision',
      kind: 'decision',
      office: 'town-manager',
      role: 'manager',
      hours: '7',
      acts: ['approve', 'reject'],
      revision,
    }
    const late = await post('path', form)
    expect(late.status).toBe(409)
    expect(late.html).toContain('قرار المدير')
    expect(late.html).toContain('قرار آخر')
  })
})

describe('an example', () => {
  test('is recorded by filling in the form and doing the steps, and kept with what came of it', async () => {
    const { record, read } = await aDesigner()
    const carried = (html: string) => /name="recording" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const empty = await record({ recording: '', do: 'page', page: 'request', notes: '' })
    expect(empty.status).toBe(422)
    let now = await record({ recording: '', do: 'page', page: 'request', notes: 'بسطة في العيد' })
    expect(now.html).toContain('تدقيق الطلب')
    now = await record({ recording: carried(now.html), step: 'desk-review', do: 'approve' })
    now = await record({ recording: carried(now.html), step: 'decision', do: 'reject', note: 'لا مكان' })
    const kept = await record({
      recording: carried(now.html),
      do: 'keep',
      'name.ar': 'مرفوض',
      'name.en': 'Refused',
    })
    expect(kept.status).toBe(303)
    const [example] = (await read()).content.examples ?? []
    expect(example).toMatchObject({
      id: 'refused',
      answers: { notes: 'بسطة في العيد' },
      acts: ['desk-review', { step: 'decision', act: 'reject', note: 'لا مكان' }],
      expect: { state: 'rejected', way: ['desk-review', 'decision'], messages: ['received', 'rejected'] },
    })
  })

  test('that comes to something else now is shown, and what came can be taken as right', async () => {
    const { record, page, post, read } = await aDesigner()
    const carried = (html: string) => /name="recording" value="([^"]+)"/.exec(html)?.[1] ?? ''
    let now = await record({ recording: '', do: 'page', page: 'request', notes: 'بسطة' })
    now = await record({ recording: carried(now.html), step: 'desk-review', do: 'approve' })
    now = await record({ recording: carried(now.html), step: 'decision', do: 'reject', note: 'لا' })
    await record({ recording: carried(now.html), do: 'keep', 'name.ar': 'مرفوض', 'name.en': 'Refused' })
    await post('messages', { do: 'save', open: 'messages/received', 'text.ar': '', 'text.en': '' })
    expect((await page('examples')).html).toContain('accept:refused')
    await post('examples', { do: 'accept:refused' })
    expect((await read()).content.examples?.[0]).toMatchObject({ expect: { messages: ['rejected'] } })
    expect((await page('examples')).html).not.toContain('accept:refused')
  })
})
