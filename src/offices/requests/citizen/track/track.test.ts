import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aBareRequest } from '../../../../../test/builders/certificates.ts'
import { aHouse } from '../../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../../test/builders/people.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { codeTerms, readTrackingCode, sendTrackingCode } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)

const minute = 60_000
const sentIn = async (town: string) =>
  (
    await sql<{ n: number }>`select count(*)::int as n from tracking_code
      where municipality_id = ${town} and request_id is not null`.execute(db.owner)
  ).rows[0]?.n

test('codes for one request are ten a day, whoever asks; the answer is the same, and a day later they come again', async () => {
  const town = (await aTown(house)).id
  const person = await aPerson({ house, town })
  const id = await aBareRequest({ house, town }, person.id)
  const number = await house.database.write(town, async tx => {
    await sql`insert into request_party (municipality_id, request_id, person_id, capacity, added_at)
      values (${town}, ${id}, ${person.id}, 'principal', ${tx.now})`.execute(tx.q)
    const { rows } = await sql<{ number: number }>`select number from request`.execute(tx.q)
    return rows[0]?.number ?? 0
  })
  const ask = () =>
    house.database.write(town, tx => sendTrackingCode(tx, house, { number, year: 2026, phone: person.phone }))
  for (let n = 0; n < 15; n++) {
    expect(await ask()).toMatch(/^[0-9a-f-]{36}$/)
    db.clock.advance(minute * 5)
  }
  expect(await sentIn(town)).toBe(codeTerms.day)
  const last = await ask()
  const tried = await house.database.write(town, tx => readTrackingCode(tx, last, '000000'))
  expect(tried).toEqual({ ok: false, code: 'code-wrong' })
  db.clock.advance(24 * 60 * minute)
  await ask()
  expect(await sentIn(town)).toBe(codeTerms.day + 1)
  db.clock.advance(3 * 24 * 60 * minute)
  await ask()
  expect(await sentIn(town)).toBe(1)
})
