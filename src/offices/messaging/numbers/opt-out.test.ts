import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { messageKinds, optionalKinds } from '../../../kernel/messages/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { changePhone, indexPhone, takeEmail } from '../../people/index.ts'
import { carryWishes, leaveOut, leftOutOf, optedOut, optIn, optOut } from './opt-out.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = (await aTown(db)).id
const place = { house, town }
const read = <T>(work: (tx: Read) => Promise<T>) => db.database.read(town, work)
const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(town, work)
const indexOf = (e164: string) => indexPhone({ tx: { town }, crypto }, e164)
const acts = async (personId: string) =>
  (
    await db.owner
      .selectFrom('audit')
      .select(['act', 'cause'])
      .where('person_id', '=', personId)
      .where('act', 'like', 'messages.%')
      .orderBy('audit_id')
      .execute()
  ).map(row => `${row.act} ${row.cause}`)

describe('somebody who does without messages', () => {
  test('gets none of the kinds they left out, on any number, until they take them back', async () => {
    const to = [indexOf('+970599810001')]
    const wish = { to, kinds: ['bill', 'awareness'] as const, way: 'sms' as const }
    expect(await write(tx => optOut(tx, wish, builder))).toEqual(['bill', 'awareness'])
    expect(await write(tx => optOut(tx, { ...wish, kinds: ['bill', 'survey'] }, builder))).toEqual(['survey'])
    expect([...(await read(tx => optedOut(tx, to[0] as Buffer)))].sort()).toEqual([
      'awareness',
      'bill',
      'survey',
    ])
    expect(await write(tx => optIn(tx, { ...wish, kinds: ['bill', 'reminder'] }, builder))).toEqual(['bill'])
    expect(await write(tx => optOut(tx, { ...wish, kinds: ['bill'] }, builder))).toEqual(['bill'])
  })

  test('still gets what the law has the town tell, codes and word of who looked', async () => {
    const to = [indexOf('+970599810002')]
    const left = await write(tx => optOut(tx, { to, kinds: messageKinds, way: 'sms' }, builder))
    expect(left).toEqual(optionalKinds)
    expect(left).not.toContain('legal')
    const { rows } = await sql<{ kind: string }>`
      select kind from message_opt_out where municipality_id = ${town} and to_index = ${to[0]}`.execute(
      db.owner,
    )
    expect(rows.map(row => row.kind).sort()).toEqual([...optionalKinds].sort())
  })

  test('is spared at their e-mail address too, and on the number they change to', async () => {
    const person = await aPerson(place, { phone: '0599810003' })
    await write(tx => takeEmail(tx, crypto, person.id, 'huda@example.ps', builder))
    await write(tx =>
      leaveOut(tx, crypto, { personId: person.id, kinds: ['survey'], way: 'portal' }, builder),
    )
    await write(tx =>
      carryWishes(tx, crypto, { personId: person.id, way: 'counter' }, builder, () =>
        changePhone(tx, crypto, person.id, { e164: '+970569810003' }, builder),
      ),
    )
    expect([...(await read(tx => leftOutOf(tx, crypto, person.id)))]).toEqual(['survey'])
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from message_opt_out where municipality_id = ${town} and kind = 'survey' and ended_at is null
         and since >= ${db.clock.now()} and by_id = ${builder.id} and way in ('portal', 'counter')`.execute(
      db.owner,
    )
    expect(rows[0]?.count).toBe(3)
    await write(tx => leaveOut(tx, crypto, { personId: person.id, kinds: [], way: 'portal' }, builder))
    expect([...(await read(tx => leftOutOf(tx, crypto, person.id)))]).toEqual([])
    expect(await acts(person.id)).toEqual([
      'messages.opted-out portal: survey',
      'messages.opted-out counter: survey',
      'messages.opted-in portal: survey',
    ])
  })
})
