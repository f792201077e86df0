import { describe, expect, test } from 'vitest'
import { aDocument } from '../../../../test/builders/archive.ts'
import { anIdNumber, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { money } from '../../../lib/money.ts'
import { saveDraft } from '../../requests/index.ts'
import { callNext, openWindow, settleUsual, setWindow, takeTurn, visitsOf } from '../../visits/index.ts'
import { aCounter, due, residence } from '../testing/window.ts'

const db = await testDatabase()
// A Sunday morning on which the centre is open.
db.clock.advance(Date.parse('2026-11-22T08:00:00Z') - db.clock.now().getTime())
const counter = await aCounter(db)
const { ask, begin, staff, write, read, bench } = counter

const actsOf = async () =>
  (
    await db.owner
      .selectFrom('visit_act')
      .innerJoin('visit', join =>
        join
          .onRef('visit.municipality_id', '=', 'visit_act.municipality_id')
          .onRef('visit.visit_id', '=', 'visit_act.visit_id'),
      )
      .select(['visit.visit_id', 'visit.channel', 'visit.staff_id', 'visit_act.act', 'visit_act.request_id'])
      .where('visit.municipality_id', '=', counter.town.id)
      .orderBy('visit_act.act_id')
      .execute()
  ).map(row => ({ ...row, clerk: row.staff_id === staff.clerk.id ? 'clerk' : 'another' }))

describe('news of the hall', () => {
  test('refreshes the strip alone: nobody is looked at, and no list is used up', async () => {
    const by = { kind: 'staff', id: staff.clerk.id }
    const name = { ar: 'شباك 9', en: 'Window 9' }
    await write(async tx => {
      await settleUsual(tx)
      await setWindow(tx, { number: 9, name, room: name, purposes: ['file'], open: true }, by)
    })
    const person = await counter.person()
    const cookie = await logInAs(counter.place, { staffId: staff.clerk.id })
    const rows = async () => [
      await db.owner.selectFrom('audit').select('audit_id').where('person_id', '=', person.id).execute(),
      await db.owner.selectFrom('look_rows').selectAll().where('staff_id', '=', staff.clerk.id).execute(),
    ]
    const before = await rows()
    const here = [
      townUrl(counter.town, addresses.counterPerson, { person: person.id }),
      townUrl(counter.town, addresses.counter, {}, { q: person.name.family }),
    ]
    for (const path of here) {
      const answer = await counter.knock(path, { cookie, headers: { 'x-live': 'hall' } })
      const html = await answer.text()
      expect(answer.status).toBe(200)
      expect(html).toContain('data-live="hall"')
      expect(html).not.toContain(person.name.family)
    }
    expect(await rows()).toEqual(before)
    // What is sent otherwise is a look as any other.
    await counter.knock(here[0] ?? '', { cookie, headers: { 'x-live': '1' } })
    expect(await rows()).not.toEqual(before)
  })
})

describe('what is done at the counter', () => {
  test('hangs on a visit, also where no turn was called', async () => {
    const card = {
      kind: 'natural',
      firstName: 'سامر',
      fatherName: 'محمود',
      grandfatherName: 'أحمد',
      familyName: 'شديد',
      motherName: 'فاطمة',
      birthDate: '3/11/1988',
      sex: 'male',
      idKind: 'palestinian-id',
      idNumber: anIdNumber(),
      phone: '0599 000 777',
      quarter: 'حي السوق',
    }
    const registered = await ask('clerk', addresses.counterRegister, {}, { form: card })
    const person = /people\/([0-9a-f-]+)/.exec(registered.location)?.[1] ?? ''
    await ask('clerk', addresses.counterPhone, { person }, { form: { phone: '0599 000 778' } })
    const acts = await actsOf()
    expect(acts).toMatchObject([
      { act: 'person.registered', channel: 'walk-in', clerk: 'clerk' },
      { act: 'phone.changed', channel: 'walk-in' },
    ])
    expect(acts[0]?.visit_id).toBe(acts[1]?.visit_id)
  })

  test('hangs on the visit of whoever was called, which the page names, and counts for the request', async () => {
    const by = { kind: 'staff', id: staff.teller.id }
    const teller = { staffId: staff.teller.id, by }
    const name = { ar: 'شباك 1', en: 'Window 1' }
    await write(async tx => {
      await settleUsual(tx)
      await setWindow(tx, { number: 1, name, room: name, purposes: ['file'], open: true }, by)
      await openWindow(tx, { number: 1, ...teller })
      await takeTurn(tx, bench, { purpose: 'file', channel: 'clerk' }, by)
    })
    expect((await ask('teller', addresses.counter, {})).text).toContain('ينتظر شباكك شخص واحد')
    await write(tx => callNext(tx, bench, teller))
    const person = await counter.person()
    const draft = await begin('teller', person)
    await write(async tx => {
      const documentId = await aDocument(tx, { ownerId: person.id, kind: 'id-copy' })
      await saveDraft(tx, draft, { papers: { 'id-copy': [{ documentId, state: 'supplied' }] } })
    })
    const page = await ask('teller', addresses.counterDraft, { draft })
    expect(page.text).toContain('أ 001')
    const form = { ...residence, confirmed: 'yes', do: 'collect', payIn: 'ILS', due: due(money(1000, 'ILS')) }
    const filed = await ask('teller', addresses.counterFile, { draft }, { form })
    expect(filed.status).toBe(303)
    const requestId = /requests\/([0-9a-f-]+)/.exec(filed.location)?.[1] ?? ''
    expect((await actsOf()).slice(-2)).toMatchObject([
      { act: 'request.filed', channel: 'clerk', request_id: requestId },
      { act: 'receipt.taken', channel: 'clerk', request_id: requestId },
    ])
    expect(await read(tx => visitsOf(tx, requestId))).toMatchObject({ count: 1 })
  })
})
