import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { testDatabase } from '../../../../test/database.ts'
import { aDesigner } from '../testing/designer.ts'

const house = aHouse(await testDatabase())

const question = 'form/pages/request/fields'

describe('the parts of a service', () => {
  test('are each a page, whatever is open', async () => {
    const { page } = await aDesigner(house)
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

  test('take nothing new where no such list stands', async () => {
    const { add } = await aDesigner(house)
    for (const [list, name] of [
      ['tariffs', 'grounds'],
      ['fees', 'nothing'],
      ['code', 'code'],
      ['__proto__', '__proto__'],
    ] as const)
      expect([list, (await add('fees', list, name, 'جديد', 'New')).status]).toEqual([list, 400])
  })

  test('take a new question, open it, and keep what is typed of it', async () => {
    const { add, post, read } = await aDesigner(house)
    const added = await add('form', question, 'fields', 'كم يومًا؟', 'How many days', 'whole-number')
    expect(added.location).toContain('howManyDays')
    const open = `${question}/howManyDays`
    const saved = await post('form', {
      do: 'save',
      open,
      'label.ar': 'كم يومًا تبيع؟',
      'label.en': 'How many days',
      kind: 'whole-number',
      min: '١',
      max: '10',
      optional: 'yes',
      'hint.ar': 'أيام العيد.',
      'hint.en': 'Feast days.',
    })
    expect(saved.status).toBe(303)
    const [, field] = (await read()).content.form?.pages?.[0]?.fields ?? []
    expect(field).toEqual({
      id: 'howManyDays',
      kind: 'whole-number',
      label: { ar: 'كم يومًا تبيع؟', en: 'How many days' },
      hint: { ar: 'أيام العيد.', en: 'Feast days.' },
      optional: true,
      min: 1,
      max: 10,
    })
  })

  test('refuse what does not read, and show it as it was typed', async () => {
    const { post, read } = await aDesigner(house)
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
    const { add, post, read } = await aDesigner(house)
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
    const { add, post, read } = await aDesigner(house)
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
    const { post, read, edit } = await aDesigner(house)
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
    const { add, post, read } = await aDesigner(house)
    await add('form', question, 'fields', 'كم يومًا؟', 'Days', 'whole-number')
    await add('fees', 'fees', 'fees', 'رسم البسطة', 'Stall fee', 'after-decision')
    await post('fees', {
      do: 'save',
      open: 'fees/stall-fee',
      'name.ar': 'رسم البسطة',
      'name.en': 'Stall fee',
      at: 'after-decision',
      currency: 'ILS',
      dueKind: 'market-rent',
      'amount.was': 'money(0, "ILS")',
      'amount.formula': 'money(0, "ILS")',
      'when.was': '',
      'when.formula': '',
      'amount.o.p0.base': 'written',
      'amount.o.p0.amount': '٣',
      'amount.o.p0.times': ['days'],
    })
    const { content, faults } = await read()
    expect(content.fees?.[0]).toMatchObject({ amount: 'tariff.stallFee * days', dueKind: 'market-rent' })
    expect(content.tariffs?.[0]).toMatchObject({ key: 'stallFee', amount: '3', confirmed: false })
    expect(faults.flatMap(({ path, code }) => (path.startsWith('fees') ? code : []))).toEqual([
      'fee-never-paid',
    ])
  })

  test('show names in a message as people call them, and keep them as the service does', async () => {
    const { page, post, read } = await aDesigner(house)
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
    const { post, read } = await aDesigner(house)
    const ids = async () => (await read()).content.steps?.map(step => step.id)
    await post('path', { do: 'down:desk-review', list: 'steps' })
    expect(await ids()).toEqual(['decision', 'desk-review', 'close'])
    await post('path', { do: 'put:close:before:decision', list: 'steps' })
    expect(await ids()).toEqual(['close', 'decision', 'desk-review'])
    await post('path', { do: 'undo' })
    expect(await ids()).toEqual(['decision', 'desk-review', 'close'])
  })

  test('keep two people from overwriting one another, and show both', async () => {
    const { post, edit, read } = await aDesigner(house)
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
