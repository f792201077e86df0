import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { ageingTerms, indexPhone, notePhoneOutcomes } from '../../people/index.ts'
import { doubtfulRoutes } from './doubtful.tsx'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(db, { hosts: ['town.test'] })
const place = { house, town: town.id }
const { knock } = aDoor(house, doubtfulRoutes)
const as = async (role: 'clerk' | 'manager' | 'officer') =>
  logInAs(place, { staffId: (await aStaffMember(place, role)).id })
const [clerk, manager, officer] = [await as('clerk'), await as('manager'), await as('officer')]
const path = '/office/messages/numbers'
const at = (day: number) => new Date(db.clock.now().getTime() - (30 - day) * 86_400_000)

/** Somebody whose number failed on two days. */
async function unreached(first: string, day: number) {
  const person = await aPerson(place, { first })
  await db.database.write(town.id, tx =>
    notePhoneOutcomes(
      tx,
      [day, day + 1].map(each => ({
        index: indexPhone({ tx, crypto: house.crypto }, person.phone),
        outcome: 'hard' as const,
        at: at(each),
      })),
    ),
  )
  return person
}

describe('numbers that messages do not reach', () => {
  test('are listed for the counter with their owners, the numbers masked, and each owner sees who looked', async () => {
    expect(await (await knock(path, { cookie: clerk })).text()).toContain('كل الأرقام تصلها الرسائل')
    const person = await unreached('زهران', 3)
    const page = await (await knock(path, { cookie: clerk })).text()
    expect(page).toContain('زهران')
    expect(page).not.toContain(person.phone.slice(-7))
    const looks = await db.owner
      .selectFrom('audit')
      .select(['act'])
      .where('person_id', '=', person.id)
      .where('act', '=', 'messages.numbers-listed')
      .execute()
    expect(looks).toHaveLength(1)
    expect((await knock(path, { cookie: officer })).status).toBe(403)
  })

  test('go on from page to page, and an address made up by hand opens the first', async () => {
    for (let count = 0; count < 31; count += 1)
      await unreached(`ضرار${String.fromCharCode(0x0621 + count)}`, 4)
    const first = await (await knock(path, { cookie: clerk })).text()
    const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1] ?? ''
    const second = await (await knock(next.replaceAll('&amp;', '&'), { cookie: clerk })).text()
    expect(second).toContain('زهران')
    expect(first).not.toContain('زهران')
    for (const query of ['?after=x', '?after=999999999999999.00', `?after=1.${'a'.repeat(64)}x`])
      expect((await knock(`${path}${query}`, { cookie: clerk })).status).toBe(200)
  })

  test('stop after as many failures and days as the town sets, within bounds', async () => {
    expect((await knock(path, { cookie: clerk, form: { failures: '4', days: '10' } })).status).toBe(403)
    const wrong = await knock(path, { cookie: manager, form: { failures: '1', days: 'often' } })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('value="often"')
    expect((await knock(path, { cookie: manager, form: { failures: '٤', days: '10' } })).status).toBe(303)
    expect(await db.database.read(town.id, ageingTerms)).toEqual({ failures: 4, days: 10 })
  })
})
