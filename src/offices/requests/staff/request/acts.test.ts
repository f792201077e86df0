import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aDocument } from '../../../../../test/builders/archive.ts'
import { everyCause, onlyOwnCauses } from '../../../../../test/builders/looks.ts'
import { aFiledRequest } from '../../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { addresses, fillAddress } from '../../../../lib/addresses.ts'
import { totpCode } from '../../../people/index.ts'
import { exceptionsFor } from '../../../treasury/index.ts'
import { actionsOf, attachPaper } from '../../index.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  bringTo,
  type OfficeTown,
  pageOf,
  post,
  type StaffName,
  sendAct,
  stateOf,
  supply,
  visit,
} from '../testing/office.ts'

const db = await testDatabase()
let town: OfficeTown

beforeAll(async () => {
  town = await anOfficeTown(db)
  onlyOwnCauses()
})

const inbox = fillAddress(addresses.inbox, {})
const send = (by: StaffName, id: string, name: string, fields?: Record<string, string | string[]>) =>
  sendAct(town, by, id, name, fields)
const lastOf = async (id: string) =>
  (await db.database.read(town.bench.town.id, tx => actionsOf(tx, id))).at(-1)

describe('acts', () => {
  test('approving moves the request on and opens the next task', async () => {
    const first = await aSubmitted(town)
    await aSubmitted(town)
    const answer = await send('clerk', first, 'approve')
    expect(answer.status).toBe(303)
    expect((await stateOf(town, first)).projection.step).toBe('planning-review')
    const next = answer.headers.get('location') ?? ''
    expect(next).toMatch(/\/office\/requests\//)
    expect(next).not.toContain(first)
  })

  test('the same form sent twice acts once and gets the same answer', async () => {
    const id = await aSubmitted(town)
    const { projection } = await stateOf(town, id)
    const task = projection.tasks.find(({ state }) => state === 'open')?.id ?? ''
    const path = fillAddress(addresses.officeAct, { id, act: 'approve' })
    const form = { _key: 'a-key-of-this-form', 'act.task': task }
    const once = await post(town, 'clerk', path, form)
    const twice = await post(town, 'clerk', path, form)
    expect([once.status, twice.status]).toEqual([303, 303])
    expect(twice.headers.get('location')).toBe(once.headers.get('location'))
    expect((await stateOf(town, id)).projection.lastSeq).toBe(projection.lastSeq + 1)
  })

  test('fields of the step are asked for, and what was typed stays', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    const refused = await send('engineer', id, 'approve', {
      amperes: 'كثير',
      poleDistance: '١٢٫٥',
      'act.note': 'كشفت اليوم',
    })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('value="كثير"')
    expect(html).toContain('value="١٢٫٥"')
    expect(html).toContain('كشفت اليوم')
    expect((await send('engineer', id, 'approve', { amperes: '٤٠', poleDistance: '١٢٫٥' })).status).toBe(303)
    expect((await stateOf(town, id)).projection.stepFields).toMatchObject({ amperes: 40, poleDistance: 12.5 })
  })

  test('a missing paper stops the clock, tells the applicant in the words shown before, and comes back to the same officer', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'planning')
    const fields = {
      'act.paper': 'property-tax-clearance',
      'act.words.property-tax-clearance': 'البراءة باسم المالك السابق',
    }
    const foreseen = await (await send('planner', id, 'ask-papers', { ...fields, _foresee: '1' })).text()
    const shown =
      /data-foreseen=.*?<p class="sms">(.*?)<\/p>/s.exec(foreseen)?.[1]?.replace(/<[^>]+>/g, '') ?? ''
    expect(shown).toContain('براءة ذمة من ضريبة الأملاك')
    expect((await stateOf(town, id)).projection.state).toBe('in-process')

    expect((await send('planner', id, 'ask-papers', fields)).status).toBe(303)
    const { rows } = await sql<{ body: string }>`
      select body from message where request_id = ${id} and event = 'papers-missing'`.execute(db.owner)
    expect(rows).toEqual([{ body: shown }])
    const stopped = (await stateOf(town, id)).projection
    expect(stopped).toMatchObject({
      state: 'awaiting-papers',
      missingPapers: [{ id: 'property-tax-clearance', words: 'البراءة باسم المالك السابق' }],
    })
    expect(stopped.pausedAt).toBeDefined()

    await supply(town, id, 'property-tax-clearance')
    const resumed = (await stateOf(town, id)).projection
    expect(resumed.tasks.find(({ state }) => state === 'open')?.assignee).toBe(town.staff.planner.id)
    expect(await (await visit(town, 'planner', inbox)).text()).toContain('وصلت النواقص')
    expect((await visit(town, 'planner', pageOf(id))).status).toBe(200)
  })

  test('asking for nothing, or for no paper of the service, is refused on the page', async () => {
    const id = await aSubmitted(town)
    expect((await send('clerk', id, 'ask-papers')).status).toBe(422)
    expect((await send('clerk', id, 'ask-papers', { 'act.paper': 'no-such-paper' })).status).toBe(422)
    expect((await stateOf(town, id)).projection.state).toBe('submitted')
  })

  test('a paper handed over at the office is attached and the request goes on', async () => {
    const id = await aSubmitted(town)
    await send('clerk', id, 'ask-papers', { 'act.paper': 'id-copy' })
    expect((await send('clerk', id, 'supply-papers')).status).toBe(422)
    const { aPicture } = await import('../testing/office.ts')
    const form = new FormData()
    form.set(
      'paper.id-copy',
      new File([new Uint8Array(await aPicture('هوية'))], 'id.jpg', { type: 'image/jpeg' }),
    )
    const answer = await town.door.fetch(
      new Request(`http://localhost${fillAddress(addresses.officeAct, { id, act: 'supply-papers' })}`, {
        method: 'POST',
        headers: { cookie: town.cookies.clerk, host: 'localhost', origin: 'http://localhost' },
        body: form,
      }),
    )
    expect(answer.status).toBe(303)
    expect((await stateOf(town, id)).projection.missingPapers).toEqual([])
  })

  test('an opinion goes out and comes back; the task waits meanwhile', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    expect((await send('engineer', id, 'refer', { 'act.to': 'planning' })).status).toBe(422)
    const referred = await send('engineer', id, 'refer', {
      'act.to': 'planning',
      'act.purpose': 'opinion',
      'act.phrase': 'place',
    })
    expect(referred.status).toBe(303)
    expect((await lastOf(id))?.note).toBe('يرجى الإفادة: هل الموقع مطابق للمخطط الهيكلي؟')
    expect((await stateOf(town, id)).projection.tasks.some(({ state }) => state === 'referred')).toBe(true)

    expect((await send('planner', id, 'refer-back')).status).toBe(422)
    expect((await send('planner', id, 'refer-back', { 'act.note': 'مطابق' })).status).toBe(303)
    const { tasks } = (await stateOf(town, id)).projection
    expect(tasks.find(({ purpose, state }) => purpose === 'step' && state === 'open')?.assignee).toBe(
      town.staff.engineer.id,
    )
    expect(await (await visit(town, 'engineer', inbox)).text()).toContain('عاد الرأي')
  })

  test('referring to a person by name gives the task to them', async () => {
    const id = await aSubmitted(town)
    const to = `planning/${town.staff.planner.id}`
    expect(
      (await send('clerk', id, 'refer', { 'act.to': to, 'act.purpose': 'information', 'act.note': 'للعلم' }))
        .status,
    ).toBe(303)
    const { tasks } = (await stateOf(town, id)).projection
    expect(tasks.find(({ purpose }) => purpose === 'information')?.assignee).toBe(town.staff.planner.id)
    expect((await stateOf(town, id)).projection.tasks.find(({ purpose }) => purpose === 'step')?.state).toBe(
      'open',
    )
  })

  test('rejecting, returning, withdrawing and reopening ask for the reason', async () => {
    // Others look on here, whose cause is beside the point.
    everyCause()
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    for (const [name, missing] of [
      ['reject', 'ground'],
      ['return', 'note'],
    ] as const) {
      const refused = await send('engineer', id, name, { 'act.step': 'planning-review' })
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain(`f-act-${missing}-err`)
    }
    expect(
      (await send('engineer', id, 'return', { 'act.step': 'planning-review', 'act.note': 'الحوض غير واضح' }))
        .status,
    ).toBe(303)
    expect((await stateOf(town, id)).projection.step).toBe('planning-review')
    expect((await send('planner', id, 'reject', { 'act.ground': 'outside-plan' })).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('rejected')
    expect((await send('manager', id, 'reopen')).status).toBe(422)
    expect((await send('manager', id, 'reopen', { 'act.note': 'قُبل اعتراضه' })).status).toBe(303)
    expect((await stateOf(town, id)).projection.step).toBe('planning-review')
    expect((await send('clerk', id, 'withdraw')).status).toBe(422)
    expect((await send('clerk', id, 'withdraw', { 'act.note': 'بطلبه في المركز' })).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('withdrawn')
    onlyOwnCauses()
  })

  test('a task is put off to the opening of a day, and not to one that has passed', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'inspection')
    expect(
      (await send('engineer', id, 'defer', { 'act.when': 'other', 'act.date': '1/1/2020' })).status,
    ).toBe(422)
    expect(
      (await send('engineer', id, 'defer', { 'act.when': 'other', 'act.date': '31/2/2027' })).status,
    ).toBe(422)
    // The clock of the tests stands on Sunday, 1 March 2026; 6 March is a Friday.
    expect(
      (await send('engineer', id, 'defer', { 'act.when': 'other', 'act.date': '6/3/2026' })).status,
    ).toBe(303)
    const { tasks } = (await stateOf(town, id)).projection
    expect(tasks.find(({ state }) => state === 'deferred')?.deferredUntil?.toISOString()).toBe(
      '2026-03-08T06:00:00.000Z',
    )
    expect(await (await visit(town, 'engineer', `${inbox}?box=deferred`)).text()).toContain(id)
  })

  test('signing asks the mayor again who they are, and a wrong code signs nothing', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'signature')
    const { password, totpSecret } = town.staff.mayor
    const code = totpCode(totpSecret, db.clock.now())
    expect((await send('mayor', id, 'sign')).status).toBe(422)
    const wrong = await send('mayor', id, 'sign', { password, code: code === '000000' ? '111111' : '000000' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).not.toContain(password)
    expect((await stateOf(town, id)).projection.step).toBe('signature')
    const signed = await send('mayor', id, 'sign', { password, code })
    expect(signed.status).toBe(303)
    expect((await stateOf(town, id)).projection).toMatchObject({ state: 'awaiting-fee', step: 'payment' })
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from certificate where request_id = ${id}`.execute(db.owner)
    expect(rows[0]?.n).toBe(1)
  })

  test('the head of an office does not sign for the mayor', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'signature')
    const { password, totpSecret } = town.staff.manager
    const code = totpCode(totpSecret, db.clock.now())
    const refused = await send('manager', id, 'sign', { password, code })
    expect(refused.status).toBe(409)
    expect((await stateOf(town, id)).projection.step).toBe('signature')
  })

  test('the manager lets a fee stay owed, by name and with a reason', async () => {
    const { requestId } = await aFiledRequest(town.bench, town.person.id, { serviceCode: 'ELE-01' })
    expect((await send('manager', requestId, 'pay')).status).toBe(422)
    expect((await send('manager', requestId, 'pay', { 'act.note': 'حالة اجتماعية' })).status).toBe(303)
    expect((await stateOf(town, requestId)).projection.step).toBe('desk-review')
    const excepted = await db.database.read(town.bench.town.id, tx => exceptionsFor(tx, { requestId }))
    expect(excepted).toMatchObject([{ scope: 'fee', by: town.staff.manager.id, reason: 'حالة اجتماعية' }])
    expect((await lastOf(requestId))?.data.exception?.by).toBe(town.staff.manager.name.ar)
  })

  test('originals must have been seen before anything is handed over', async () => {
    const id = await aSubmitted(town)
    await bringTo(town, id, 'signature')
    const { registerEffect } = await import('../../index.ts')
    registerEffect('utilities.open-subscription', async () => {})
    await act(town, id, 'mayor', 'sign')
    const { payAll } = await import('../testing/office.ts')
    await payAll(town, id)
    const by = { kind: 'staff', id: town.staff.engineer.id }
    const documentId = await db.database.write(town.bench.town.id, async tx => {
      const photo = await aDocument(tx, { kind: 'proof' })
      await attachPaper(tx, id, { paperId: 'meter-photo', documentId: photo, state: 'supplied' }, by)
      return photo
    })
    const fields = { meterNumber: 'M-1001', initialReading: 0 }
    await act(town, id, 'engineer', 'run-effect', {
      data: { fields, proofs: [{ id: 'meter-photo', documentId }] },
    })
    expect((await send('clerk', id, 'hand-over')).status).toBe(422)
    expect((await send('clerk', id, 'hand-over', { 'act.original': 'undertaking' })).status).toBe(303)
    expect((await stateOf(town, id)).projection.state).toBe('done')
    expect((await lastOf(id))?.note).toContain('تعهد عدلي')
  })
})
