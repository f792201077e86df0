import { expect, test } from 'vitest'
import { aTill, collector, collectorId, ils, jod } from '../../../test/builders/treasury.ts'
import { testDatabase } from '../../../test/database.ts'
import { rateOn, setRate } from './rates.ts'
import { loadDefaultTariffs, setTariff, tariffsOn } from './tariffs.ts'

const till = await aTill(await testDatabase())
const { write, read, db } = till
const on = async (key: string, date: string) => (await read(tx => tariffsOn(tx, date)))[key]
const standard = (key: string, from: string, amount: string) => ({
  key,
  from,
  amount,
  currency: 'JOD' as const,
  confirmed: false,
})

test('a tariff is in force from its day until the next, and a day written again counts as written last', async () => {
  const set = (from: string, minor: number) =>
    write(tx => setTariff(tx, { key: 'meter', from, amount: ils(minor), decision: '12/2026', by: collector }))
  await set('2026-01-01', 100)
  await set('2026-06-01', 200)
  expect(await on('meter', '2025-12-31')).toBeUndefined()
  expect(await on('meter', '2026-05-31')).toEqual(ils(100))
  expect(await on('meter', '2026-06-01')).toEqual(ils(200))
  db.clock.advance(1_000)
  await set('2026-01-01', 110)
  expect(await on('meter', '2026-05-31')).toEqual(ils(110))
  expect(await on('meter', '2026-06-01')).toEqual(ils(200))
})

test('defaults are written once, a corrected default replaces the old one, and a town that set its own keeps it', async () => {
  const load = (amount: string) =>
    write(tx => loadDefaultTariffs(tx, [standard('connection', '2020-01-01', amount)]))
  const count = () =>
    read(
      async tx =>
        (await tx.q.selectFrom('tariff').select('key').where('key', '=', 'connection').execute()).length,
    )
  await load('170')
  await load('170.000')
  expect([await count(), await on('connection', '2026-01-01')]).toEqual([1, jod(170_000)])
  db.clock.advance(1_000)
  await load('180')
  expect([await count(), await on('connection', '2026-01-01')]).toEqual([2, jod(180_000)])
  await write(tx =>
    setTariff(tx, { key: 'connection', from: '2026-01-01', amount: jod(150_000), by: collector }),
  )
  await load('190')
  await write(tx => loadDefaultTariffs(tx, [standard('connection', '2026-02-01', '200')]))
  expect(await on('connection', '2026-03-01')).toEqual(jod(150_000))
  await expect(load('1.2345')).rejects.toThrow('amount-too-precise')
})

test('a rate is in force from its instant on, and a rate that is no rate is refused', async () => {
  const start = db.clock.now()
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.03', setBy: collectorId }))
  db.clock.advance(1_000)
  await write(tx => setRate(tx, { currency: 'JOD', rate: '5.1', setBy: collectorId }))
  const rate = async (at: Date) => (await read(tx => rateOn(tx, 'JOD', at)))?.rate.toString()
  expect(await rate(new Date(start.getTime() - 1))).toBeUndefined()
  expect(await rate(start)).toBe('5.03')
  expect(await rate(db.clock.now())).toBe('5.1')
  expect(await read(tx => rateOn(tx, 'USD', db.clock.now()))).toBeUndefined()
  for (const wrong of ['0', '-5', 'خمسة', '5.1234567', '1000000'])
    await expect(
      write(tx => setRate(tx, { currency: 'USD', rate: wrong, setBy: collectorId })),
    ).rejects.toThrow('rate-malformed')
})
