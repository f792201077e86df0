import { describe, expect, test } from 'vitest'
import { compileService, parseService } from '../../../kernel/definition/index.ts'
import { type Currency, money } from '../../../lib/money.ts'
import { type CatalogueService, loadServiceFiles } from '../../catalogue/index.ts'
import { isConfirmed, readRate, readTariff, type TariffRow, tariffLines } from './model.ts'

const some = (await loadServiceFiles()).filter(({ code }) => ['ADM-01', 'ELE-01', 'ELE-04'].includes(code))
const offered = some.map(({ source, commons, code, version }): CatalogueService => {
  const read = parseService(source, commons)
  if (!read.ok) throw new Error(`${code} cannot be read`)
  return { code, version, retired: false, service: compileService(read.definition) }
})
const row = (from: string, minor: number, over: Partial<TariffRow> = {}): TariffRow => ({
  key: 'applicationFee',
  from,
  amount: money(minor, 'ILS'),
  confirmed: true,
  setBy: 'somebody',
  ...over,
})
const today = '2026-03-01'
const lineOf = (rows: TariffRow[], key = 'applicationFee') => {
  const line = tariffLines(offered, rows, today).find(each => each.key === key)
  if (!line) throw new Error(`no ${key}`)
  return line
}

describe('the fees of the services on offer', () => {
  test('are each named once, by what people pay them for and where', () => {
    const lines = tariffLines(offered, [], today)
    expect(lines.map(each => each.key)).toEqual(['applicationFee', 'subscriptionFee', 'consumptionDeposit'])
    expect(lines[0]?.services).toHaveLength(2)
    expect(lines[1]).toMatchObject({ currency: 'JOD', names: [{ ar: 'رسم اشتراك كهرباء 1 فاز' }] })
  })

  test('are what came with the service until the town writes its own, even when the town’s begins earlier', () => {
    expect(lineOf([]).now).toMatchObject({ amount: money(1000, 'ILS'), confirmed: false })
    expect(lineOf([]).series).toHaveLength(1)
    expect(lineOf([row('2019-01-01', 700)]).now?.amount).toEqual(money(700, 'ILS'))
  })

  test('are those begun, the later writing of a day outdoing the earlier, and those to come stand apart', () => {
    const line = lineOf([
      row('2026-01-01', 100),
      row(today, 200),
      row(today, 300),
      row('2026-03-02', 400),
      row('2026-03-02', 500),
    ])
    expect(line.now?.amount.minor).toBe(300)
    expect(line.upcoming.map(each => each.amount.minor)).toEqual([500])
    expect(line.series).toHaveLength(5)
  })

  test('stand with the unconfirmed first', () => {
    const lines = tariffLines(offered, [row(today, 1)], today)
    expect(lines.map(isConfirmed)).toEqual([false, false, true])
    expect(isConfirmed(lineOf([row('2026-03-02', 1)]))).toBe(false)
  })
})

describe('a new amount as typed', () => {
  const read = (over: Partial<Parameters<typeof readTariff>[0]>, currency: Currency = 'ILS') =>
    readTariff({ amount: '15', from: '1/3/2026', decision: '12/2026', ...over }, { currency, today })
  const faults = (...of: Parameters<typeof read>) => {
    const reading = read(...of)
    return reading.ok ? [] : reading.faults.map(fault => `${fault.field} ${fault.code}`)
  }

  test('is read in either kind of digits', () => {
    expect(read({ amount: '١٥٫٥', from: '٢/٣/٢٠٢٦', decision: ' قرار  5 ' })).toEqual({
      ok: true,
      value: { amount: money(1550, 'ILS'), from: '2026-03-02', decision: 'قرار 5' },
    })
    expect(read({ amount: '0' })).toMatchObject({ ok: true, value: { amount: { minor: 0 } } })
    expect(read({ amount: '1.005' }, 'JOD')).toMatchObject({ ok: true, value: { amount: { minor: 1005 } } })
  })

  test.each([
    [{ amount: '' }, 'amount amount-missing'],
    [{ amount: '-1' }, 'amount amount-negative'],
    [{ amount: '1.005' }, 'amount amount-too-precise'],
    [{ amount: '1000000.01' }, 'amount amount-too-large'],
    [{ from: '' }, 'from not-a-date'],
    [{ from: '30/2/2026' }, 'from not-a-date'],
    [{ from: '28/2/2026' }, 'from date-in-past'],
    [{ from: '1/3/2062' }, 'from date-too-far'],
    [{ decision: ' ' }, 'decision decision-missing'],
    [{ decision: 'ق'.repeat(61) }, 'decision too-long'],
  ])('%j is refused', (typed, fault) => {
    expect(faults(typed)).toEqual([fault])
  })
})

describe('a rate as typed', () => {
  test.each([
    ['5.1', '5.1'],
    ['٣٫٦٢', '3.62'],
    ['1', '1'],
    ['20.0', '20'],
  ])('%s is read', (typed, rate) => {
    const read = readRate(typed)
    expect(read.ok && read.value.toString()).toBe(rate)
  })

  test.each([
    ['', 'rate-missing'],
    ['0', 'rate-absurd'],
    ['0.51', 'rate-absurd'],
    ['51', 'rate-absurd'],
    ['-5', 'rate-malformed'],
    ['5,1', 'rate-malformed'],
    ['خمسة', 'rate-malformed'],
    ['5e0', 'rate-malformed'],
    ['.', 'rate-malformed'],
    ['5.1234567', 'too-precise'],
  ])('«%s» is refused', (typed, code) => {
    expect(readRate(typed)).toEqual({ ok: false, code })
  })

  test('stands between what the town has set', () => {
    const bounds = { least: '0.5', most: '60' }
    expect(readRate('51', bounds).ok).toBe(true)
    expect(readRate('0.51', bounds).ok).toBe(true)
    expect(readRate('61', bounds)).toEqual({ ok: false, code: 'rate-absurd' })
  })
})
