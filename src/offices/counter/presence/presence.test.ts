import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { onlyOwnCauses } from '../../../../test/builders/looks.ts'
import { builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { lookRoutes, settlePresences } from '../../looks/index.ts'
import { setSetting } from '../../people/index.ts'
import { callNext, openWindow, settleUsual, setWindow, takeTurn } from '../../visits/index.ts'
import { aCounter } from '../testing/window.ts'

const db = await testDatabase()
// A Sunday morning on which the centre is open.
db.clock.advance(Date.parse('2026-11-22T08:00:00Z') - db.clock.now().getTime())
const counter = await aCounter(db, lookRoutes)
const { ask, write, staff } = counter

beforeAll(onlyOwnCauses)

const open = (by: Parameters<typeof ask>[0], person: { id: string }) =>
  ask(by, addresses.counterPerson, { person: person.id })

describe('a number typed whole at the window', () => {
  const byNumber = (person: { idNumber: string }) =>
    ask('clerk', addresses.counter, {}, { query: { q: person.idNumber } })
  const visitsOf = (person: { id: string }) =>
    db.owner
      .selectFrom('visit')
      .select(['channel', 'staff_id', 'identity_shown'])
      .where('person_id', '=', person.id)
      .execute()
  const toldOf = async (person: { id: string }) =>
    (
      await sql<{ event: string; body: string }>`
        select event, body from message where person_id = ${person.id} order by planned_at`.execute(db.owner)
    ).rows
  const settled = (value: object) =>
    write(tx => setSetting(tx, { key: 'looks.rules', from: '2026-01-01', value, by: builder }))

  test('begins with the number of a card typed whole where nobody was called; the person is told at once, once', async () => {
    const person = await counter.person()
    const found = await byNumber(person)
    expect(found.location).toBe(fillAddress(addresses.counterPerson, { person: person.id }))
    expect((await open('clerk', person)).status).toBe(200)
    await byNumber(person)
    expect(await visitsOf(person)).toMatchObject([{ channel: 'walk-in', staff_id: staff.clerk.id }])
    const told = await toldOf(person)
    expect(told.map(({ event }) => event)).toEqual(['counter.presence-claimed'])
    expect(told[0]?.body).toContain('اسأل')
    const causes = await db.owner
      .selectFrom('audit')
      .select('cause')
      .where('person_id', '=', person.id)
      .execute()
    expect(causes.map(({ cause }) => cause)).toContain('كُتب رقمك على الشباك')
  })

  test('of whoever was called is theirs, and tells nobody anything', async () => {
    const by = { kind: 'staff', id: staff.teller.id }
    const name = { ar: 'شباك 1', en: 'Window 1' }
    const person = await counter.person()
    await write(async tx => {
      await settleUsual(tx)
      await setWindow(tx, { number: 1, name, room: name, purposes: ['file'], open: true }, by)
      await openWindow(tx, { number: 1, staffId: staff.teller.id, by })
      await takeTurn(tx, counter.bench, { purpose: 'file', channel: 'door' }, by)
      await callNext(tx, counter.bench, { staffId: staff.teller.id, by })
    })
    await ask('teller', addresses.counter, {}, { query: { q: person.idNumber } })
    expect((await open('teller', person)).status).toBe(200)
    expect(await toldOf(person)).toEqual([])
  })

  test('that nothing comes of is told from one in which something was done, and flags its clerk once a day', async () => {
    const idle = await counter.person()
    const busy = await counter.person()
    for (const each of [idle, busy]) {
      await byNumber(each)
      await open('clerk', each)
    }
    await counter.begin('clerk', busy)
    expect(await write(tx => settlePresences(tx, { idleADay: 1 }))).toEqual([])
    db.clock.advance(46 * 60_000)
    const flags = await write(tx => settlePresences(tx, { idleADay: 1 }))
    expect(flags).toMatchObject([{ staffId: staff.clerk.id, day: '2026-11-22' }])
    expect(await write(tx => settlePresences(tx, { idleADay: 1 }))).toEqual([])
    const listed = await db.owner.selectFrom('look_presence').select(['person_id', 'is_idle']).execute()
    expect(listed).toContainEqual({ person_id: idle.id, is_idle: true })
    expect(listed).toContainEqual({ person_id: busy.id, is_idle: false })
  })

  test('opens nothing where the town wants turns', async () => {
    await settled({ cards: false })
    const next = await counter.person()
    await byNumber(next)
    expect((await open('clerk', next)).status).toBe(403)
    expect(await visitsOf(next)).toEqual([])
  })

  test('opens with the code of their telephone alone where the town wants presence proved', async () => {
    await settled({ presence: 'code' })
    const proven = async () => {
      const person = await counter.person()
      await db.owner
        .updateTable('person_phone')
        .set({ verified_at: db.clock.now(), verified_how: 'counter' })
        .where('person_id', '=', person.id)
        .execute()
      return person
    }
    const codes: string[] = []
    counter.house.events.on('people.code-sent', (_tx, { code }) => {
      codes.push(code)
    })
    const person = await proven()
    await byNumber(person)
    const why = await open('clerk', person)
    expect(why.status).toBe(403)
    expect(why.html).toContain(fillAddress(addresses.counterPresence, { person: person.id }))
    const prove = (form: Record<string, string>) =>
      ask('clerk', addresses.counterPresence, { person: person.id }, { form })
    const back = fillAddress(addresses.counterPerson, { person: person.id })
    const sent = await prove({ do: 'send', back })
    const codeId = new URL(sent.location, 'http://t').searchParams.get('code') ?? ''
    const wrong = codes[0] === '000000' ? '111111' : '000000'
    expect((await prove({ do: 'check', code_id: codeId, code: wrong, back })).status).toBe(422)
    expect((await open('clerk', person)).status).toBe(403)
    const right = await prove({ do: 'check', code_id: codeId, code: codes[0] ?? '', back })
    expect([right.status, right.location]).toEqual([303, back])
    expect((await open('clerk', person)).status).toBe(200)
    expect(await visitsOf(person)).toMatchObject([{ channel: 'walk-in', identity_shown: 'known-code' }])
    const other = await proven()
    const theirs = await ask(
      'clerk',
      addresses.counterPresence,
      { person: other.id },
      { form: { do: 'send' } },
    )
    const theirCode = new URL(theirs.location, 'http://t').searchParams.get('code') ?? ''
    // A code of somebody else opens nobody.
    await ask(
      'clerk',
      addresses.counterPresence,
      { person: (await counter.person()).id },
      { form: { do: 'check', code_id: theirCode, code: codes[1] ?? '' } },
    )
    expect((await open('clerk', other)).status).toBe(403)
    // The teller serves whoever was called before: a code of somebody else changes nothing of that visit, and is not sent.
    const visits = () =>
      db.owner.selectFrom('visit').selectAll().where('staff_id', '=', staff.teller.id).execute()
    const before = await visits()
    const asked = { person: other.id }
    const refused = await ask('teller', addresses.counterPresence, asked, { form: { do: 'send' } })
    expect(refused.location).toBe(fillAddress(addresses.counterPerson, asked))
    const form = { do: 'check', code_id: theirCode, code: codes[1] ?? '' }
    await ask('teller', addresses.counterPresence, asked, { form })
    expect(codes).toHaveLength(2)
    expect(await visits()).toEqual(before)
    expect((await open('teller', other)).status).toBe(403)
    await settled({ presence: 'told' })
  })
})
