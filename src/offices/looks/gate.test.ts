import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { onlyOwnCauses } from '../../../test/builders/looks.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { aCounter } from '../counter/testing/window.ts'
import { callNext, openWindow, settleUsual, setWindow, takeTurn } from '../visits/index.ts'
import { lookRoutes } from './index.ts'

const db = await testDatabase()
// A Sunday morning on which the centre is open.
db.clock.advance(Date.parse('2026-11-22T08:00:00Z') - db.clock.now().getTime())
const counter = await aCounter(db, lookRoutes)
const { ask, write, staff } = counter

beforeAll(onlyOwnCauses)

const open = (by: Parameters<typeof ask>[0], person: { id: string }) =>
  ask(by, addresses.counterPerson, { person: person.id })
const looksAtOf = (personId: string) =>
  db.owner
    .selectFrom('look')
    .select(['cause_kind', 'grant_id', 'visit_id'])
    .where('person_id', '=', personId)
    .orderBy('at')
    .execute()

describe('a file without a cause', () => {
  test('stays shut, names nobody, and asks why', async () => {
    const person = await counter.person()
    const refused = await open('clerk', person)
    expect(refused.status).toBe(403)
    expect(refused.text).not.toContain(person.displayName)
    expect(refused.text).toContain('لماذا تفتح هذا الملف؟')
    expect(refused.html).toContain('data-key="Digit1"')
    expect(await looksAtOf(person.id)).toEqual([])
  })

  test('opens for a quarter of an hour on a reason of one key, and is told to the person at once', async () => {
    const person = await counter.person()
    const back = fillAddress(addresses.counterPerson, { person: person.id })
    const given = await ask(
      'clerk',
      addresses.why,
      {},
      { form: { person: person.id, back, reason: 'phone' } },
    )
    expect([given.status, given.location]).toEqual([303, back])
    expect((await open('clerk', person)).status).toBe(200)
    expect((await open('teller', person)).status).toBe(403)
    const told = await sql<{ body: string }>`
      select body from message where person_id = ${person.id} and event = 'file-opened'`.execute(db.owner)
    expect(told.rows).toHaveLength(1)
    expect(await looksAtOf(person.id)).toMatchObject([{ cause_kind: 'reason' }])
    db.clock.advance(15 * 60_000)
    expect((await open('clerk', person)).status).toBe(403)
  })

  test('is not opened by few letters, nor sent to another site', async () => {
    const person = await counter.person()
    const back = fillAddress(addresses.counterPerson, { person: person.id })
    const say = (form: Record<string, string>) =>
      ask('clerk', addresses.why, {}, { form: { person: person.id, back, ...form } })
    expect((await say({ words: '12345678901' })).status).toBe(422)
    expect((await say({ words: 'أريد' })).status).toBe(422)
    expect((await say({ reason: 'phone', back: '//elsewhere.example/x' })).status).toBe(400)
    expect((await say({ words: 'سؤال من المحكمة عن عنوانه' })).status).toBe(303)
  })

  test('keeps what was being sent when the reason ran out, and goes on with it', async () => {
    const person = await counter.person()
    const form = { phone: 'not a number' }
    const refused = await ask('clerk', addresses.counterPhone, { person: person.id }, { form })
    expect(refused.status).toBe(403)
    const back = /name="back" value="([^"]+)"/.exec(refused.html)?.[1] ?? ''
    expect(back).toMatch(/^\/continue\//)
    expect(refused.text).toContain('ما كتبته محفوظ')
  })
})

describe('an act', () => {
  test('on somebody’s record is no way round the gate', async () => {
    const person = await counter.person()
    const begun = await ask(
      'clerk',
      addresses.counterStart,
      { person: person.id, code: 'ADM-01' },
      { form: { seen: 'yes' } },
    )
    expect(begun.status).toBe(403)
    const changed = await ask(
      'clerk',
      addresses.counterPhone,
      { person: person.id },
      { form: { phone: '0599 123 456' } },
    )
    expect(changed.status).toBe(403)
    expect((await open('clerk', person)).status).toBe(403)
  })
})

describe('a visit at the window', () => {
  test('opens the file of whoever is served without one key more, and of nobody else', async () => {
    const by = { kind: 'staff', id: staff.teller.id }
    const name = { ar: 'شباك 1', en: 'Window 1' }
    await write(async tx => {
      await settleUsual(tx)
      await setWindow(tx, { number: 1, name, room: name, purposes: ['file'], open: true }, by)
      await openWindow(tx, { number: 1, staffId: staff.teller.id, by })
      await takeTurn(tx, counter.bench, { purpose: 'file', channel: 'clerk' }, by)
      await callNext(tx, counter.bench, { staffId: staff.teller.id, by })
    })
    const served = await counter.person()
    const other = await counter.person()
    expect((await open('teller', served)).status).toBe(200)
    // The visit is theirs now: a second file needs its own ground.
    expect((await open('teller', other)).status).toBe(403)
    expect((await open('teller', served)).status).toBe(200)
    expect((await looksAtOf(served.id)).map(each => each.cause_kind)).toEqual(['visit', 'visit'])
  })

  test('is nothing that a name in the search gives', async () => {
    const person = await counter.person()
    await ask('clerk', addresses.counter, {}, { query: { q: person.displayName } })
    expect((await open('clerk', person)).status).toBe(403)
  })
})
