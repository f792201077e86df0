import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { money } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { openTownDirectory } from '../../../web/town.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { getRequest, registerRequests, surroundingsOf } from '../../requests/index.ts'
import { setTariff, tariffsOfRequest } from '../../treasury/index.ts'
import { applyToTouched, touchedBy } from './touched.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)

const day = 86_400_000

async function aTownWithRequests() {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  const admin = { kind: 'staff', id: (await aStaffMember(place, 'admin')).id }
  const write = <T>(work: (tx: Write) => Promise<T>) => house.database.write(town.id, work)
  const read = <T>(work: (tx: Read) => Promise<T>) => house.database.read(town.id, work)
  const set = (from: string, minor: number) =>
    write(tx => setTariff(tx, { key: 'subscriptionFee', from, amount: money(minor, 'JOD'), by: admin }))
  await set('2026-01-01', 170_000)
  const version = (await read(catalogueOf)).find('ELE-01')?.version ?? 0
  const file = async () =>
    (
      await aFiledRequest({ house, town }, (await aPerson(place)).id, {
        serviceCode: 'ELE-01',
        serviceVersion: version,
      })
    ).requestId
  const first = await file()
  const of = (from: string) => ({ key: 'subscriptionFee', from, timeZone: town.timeZone })
  const amount = async (requestId: string, today: string) =>
    (await read(tx => tariffsOfRequest(tx, { requestId, filedOn: '2026-03-01', today }))).subscriptionFee
      ?.minor
  return { town, write, read, set, file, first, admin, of, amount }
}

describe('a change of a fee', () => {
  test('counts and lists the open requests whose fee is not raised yet, and no other', async () => {
    const { read, first, file, of } = await aTownWithRequests()
    const closed = await file()
    await db.owner
      .updateTable('request')
      .set({ closed_at: db.clock.now() })
      .where('request_id', '=', closed)
      .execute()
    const { count, some } = await read(tx => touchedBy(tx, of('2026-03-05')))
    expect([count, some.map(({ id, serviceCode }) => [id, serviceCode])]).toEqual([1, [[first, 'ELE-01']]])
    // Its application fee fell due on filing: a change of that amount touches nobody.
    expect((await read(tx => touchedBy(tx, { ...of('2026-03-05'), key: 'applicationFee' }))).count).toBe(0)
    // What is filed from the day on has the new amount by itself.
    expect((await read(tx => touchedBy(tx, of('2026-03-01')))).count).toBe(0)
  })

  test('leaves what is open on the amounts of its filing', async () => {
    const { set, first, amount, read, town } = await aTownWithRequests()
    await set('2026-03-05', 200_000)
    expect(await amount(first, '2026-03-20')).toBe(170_000)
    db.clock.advance(19 * day)
    // What an act on the request reckons with.
    const { book } = await read(async tx => {
      const request = await getRequest(tx, first)
      const { service } = (await catalogueOf(tx)).get('ELE-01', request.serviceVersion)
      return surroundingsOf(tx, { town }, request, service)
    })
    db.clock.advance(-19 * day)
    expect(book.tariffs.subscriptionFee?.minor).toBe(170_000)
  })

  test('reaches them where a decision says so, from its day on, and is written with its number', async () => {
    const { set, first, amount, write, of, admin, read } = await aTownWithRequests()
    await set('2026-03-05', 200_000)
    await expect(
      write(tx => applyToTouched(tx, { ...of('2026-03-05'), decision: ' ', by: admin })),
    ).rejects.toMatchObject({ code: 'decision-missing' })
    expect(
      await write(tx => applyToTouched(tx, { ...of('2026-03-05'), decision: '12/2026', by: admin })),
    ).toBe(1)
    expect([await amount(first, '2026-03-04'), await amount(first, '2026-03-05')]).toEqual([170_000, 200_000])
    expect((await read(tx => touchedBy(tx, of('2026-03-05')))).count).toBe(0)
    const acts = await db.owner
      .selectFrom('audit')
      .select(['request_id', 'cause'])
      .where('act', '=', 'treasury.tariff-applied')
      .execute()
    expect(acts).toEqual([{ request_id: first, cause: '12/2026' }])
  })
})
