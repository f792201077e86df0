import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder, type PersonOverrides } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { optionalKinds } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import { indexPhone, mergePeople, preferChannels, takeEmail } from '../../people/index.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(db)
const bench = { house, town }
await aWorkingTown(bench)
const { crypto } = house

/** The messages by which somebody was told that their request was filed. */
async function messagesTo(over: PersonOverrides, prepare: (tx: Write, id: string) => Promise<unknown>) {
  const person = await aPerson({ house, town: town.id }, over)
  await db.database.write(town.id, tx => prepare(tx, person.id))
  const { requestId } = await aFiledRequest(bench, person.id)
  return db.owner
    .selectFrom('message')
    .select(['channel', 'state', 'to_index'])
    .where('request_id', '=', requestId)
    .orderBy('channel')
    .execute()
}

/** The same as the ways with their state. */
const toldBy = async (...who: Parameters<typeof messagesTo>): Promise<string[]> =>
  (await messagesTo(...who)).map(row => `${row.channel} ${row.state}${row.to_index ? ' addressed' : ''}`)

test('a filing is told the way the applicant chose', async () => {
  const email = (tx: Write, id: string) => takeEmail(tx, crypto, id, `${id}@example.ps`, builder)
  expect(await toldBy({}, async () => {})).toEqual(['sms planned addressed'])
  expect(await toldBy({}, (tx, id) => preferChannels(tx, id, 'portal', builder))).toEqual(['portal planned'])
  expect(
    await toldBy({}, async (tx, id) => {
      await email(tx, id)
      await preferChannels(tx, id, 'sms+email', builder)
    }),
  ).toEqual(['email planned addressed', 'sms planned addressed'])
  expect(await toldBy({ phone: null }, email)).toEqual(['email planned addressed'])
  expect(await toldBy({ phone: null }, async () => {})).toEqual(['sms unaddressed'])
})

test('a filing by whoever has their number in a record that was merged is told there', async () => {
  const phone = '0599890001'
  const twin = await aPerson({ house, town: town.id }, { idKind: 'none', phone })
  const merge = (tx: Write, intoId: string) =>
    mergePeople(tx, { mergedId: twin.id, intoId, reason: 'سُجّل مرتين' }, { kind: 'staff', id: newId(tx.now) })
  // Of one instant: their ids say nothing of their order.
  expect(await messagesTo({ phone: null }, merge)).toEqual([
    {
      channel: 'sms',
      state: 'planned',
      to_index: indexPhone({ tx: { town: town.id }, crypto }, '+970599890001'),
    },
  ])
})

test('the kinds told on the portal alone are those somebody may do without', async () => {
  const sql = await readFile(
    new URL('../../../../migrations/0044-tell-filers-the-way-they-chose.sql', import.meta.url),
    'utf8',
  )
  const named = /m\.kind in \(([^)]*)\)/.exec(sql)?.[1]?.match(/\w+/g)
  expect(named?.sort()).toEqual([...optionalKinds].sort())
})
