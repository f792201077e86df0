import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { addDays, dateIn } from '../../src/lib/calendar.ts'
import { shortDate } from '../../src/lib/dates.ts'
import { type Money, money, subtract, toDecimal } from '../../src/lib/money.ts'
import { verifyTreasury } from '../../src/offices/treasury/index.ts'
import { cashDue } from '../../src/offices/treasury/tender.ts'
import { type DrawerKind, defaultDenominations } from '../../src/offices/treasury/till/model.ts'
import { pieceField, sumField } from '../../src/offices/treasury/till/read.ts'
import { dayBook, instantsOf } from '../../src/offices/treasury/till/reports.ts'
import { ar as till } from '../../src/offices/treasury/till/strings.ar.ts'
import { ar as visits } from '../../src/offices/visits/strings.ar.ts'
import { aMorning, type Debtor, Drawer, type Morning, piecesOf } from './morning.ts'
import { seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

const { counter } = words
const turns = { pay: 24, ask: 16 }

let morning: Morning
let collector: Visitor
const drawer = new Drawer()
/** Comes out of the treasury in the morning, and back with the rest. */
const float = money(20_000, 'ILS')
const paid: Money[] = []

beforeAll(async () => {
  morning = await aMorning(turns.pay)
  collector = await morning.at('collector')
}, 120_000)
afterAll(() => morning?.close())

const today = () => dateIn(new Date(), morning.town.timeZone)
const onPaper = (date: string) => shortDate(date, { locale: 'ar', timeZone: morning.town.timeZone })

test('forty people take a turn at the door, and the hall says who waits', async () => {
  const door = await morning.at()
  const desk = await morning.at('first')
  await desk.go(addresses.counterVisits, {})
  const doorAddress = await desk.page.locator(`a[href*="${addresses.hallTurn.pattern}"]`).getAttribute('href')
  await door.page.goto(doorAddress ?? '')
  for (let each = 0; each < turns.pay + turns.ask; each += 1) {
    const purpose = each % 5 < 3 ? 'pay' : 'ask'
    await door.page.locator(`button[name=purpose][value=${purpose}]`).click()
    await seen(door.page.locator('#slip'))
    await door.follow(visits['slip-done'])
  }
  await door.go(addresses.hall, {})
  await door.shot('morning-hall')
  const { rows } = await morning.inHouse(house =>
    house.database.read(morning.town.id, tx =>
      sql<{ purpose: string; taken: number; most: number }>`
        select purpose_code as purpose, count(*)::int as taken, max(number) as most from visit group by purpose_code`.execute(
        tx.q,
      ),
    ),
  )
  for (const { purpose, taken, most } of rows) expect([purpose, taken]).toEqual([purpose, most])
  expect(Object.fromEntries(rows.map(row => [row.purpose, row.taken]))).toEqual(turns)
})

test('two windows answer, the collector takes money in every way there is', async () => {
  await collector.go(addresses.till, {})
  await collector.page.locator('[name="float-ILS"]').fill(toDecimal(float))
  await collector.press(till['mine-open'])
  drawer.put('cash', float)
  await sitDown(collector, 3)
  const [first, second] = [await morning.at('first'), await morning.at('second')]
  await sitDown(first, 1)
  await sitDown(second, 2)
  await Promise.all([answer(first, 5), answer(second, 5), takeFrom(morning.debtors.slice(0, 11))])
  await collector.shot('morning-receipt')
})

/** The clerk in the middle of the morning, and two who paid by hand. */
const cut = 11
const byHand = [12, 14] as const

test('the power goes while money is being taken: what was acknowledged stands, what was not can be done again, once', async () => {
  const debtor = morning.debtors[cut] as Debtor
  await callNext(collector)
  await collector.go(addresses.counterPay, { person: debtor.id })
  const due = await dueOf(collector)
  await Promise.all([
    collector.button(counter.collect).click({ noWaitAfter: true }),
    new Promise<void>((done, fail) => setImmediate(() => morning.cutPower().then(done, fail))),
  ])
  await morning.powerBack()
  await collector.go(addresses.counterPay, { person: debtor.id })
  if (await collector.button(counter.collect).isVisible()) await collector.press(counter.collect)
  drawer.put('cash', due)
  paid.push(debtor.owes)
  await finish(collector)
  const kept = await morning.inHouse(house =>
    house.database.read(morning.town.id, async tx =>
      Number(
        (
          await sql<{ n: string }>`
            select count(*) as n from receipt_line l join charge c using (municipality_id, charge_id)
             where c.debtor_id = ${debtor.id}`.execute(tx.q)
        ).rows[0]?.n,
      ),
    ),
  )
  expect(kept).toBe(1)
})

test('what was written by hand meanwhile is entered with both its dates, each page once', async () => {
  const treasurer = await morning.at('treasurer')
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: morning.town.timeZone,
  })
  for (const [place, index] of byHand.entries()) {
    const debtor = morning.debtors[index] as Debtor
    const enter = async (serial: number) => {
      await treasurer.go(addresses.treasuryPage, {})
      for (const [name, text] of [
        ['serial', String(serial)],
        ['account', debtor.account],
        ['date', onPaper(today())],
        ['time', clock.format(new Date())],
        ['payer', debtor.name],
        ['amount', toDecimal(debtor.owes)],
      ] as const)
        await treasurer.page.locator(`[name=${name}]`).fill(text)
      await treasurer.press(till['page-verb'])
    }
    await enter(101 + place)
    if (place === 0) {
      await enter(101)
      await seen(treasurer.page.locator('.note.sumac, .errs').first())
    }
    drawer.put('cash', debtor.owes)
    paid.push(debtor.owes)
  }
  await treasurer.shot('morning-by-hand')
})

test('the rest of the hall is served', async () => {
  const [first, second] = [await morning.at('first'), await morning.at('second')]
  const rest = morning.debtors.filter((_, at) => at > cut && !byHand.some(each => each === at))
  await Promise.all([answer(first, 3), answer(second, 3), takeFrom(rest)])
  // Two whose money was taken by hand hold a turn still: they are called, and go.
  for (const _ of byHand) {
    await callNext(collector)
    await finish(collector)
  }
  const left = await morning.inHouse(house =>
    house.database.read(morning.town.id, async tx =>
      (await sql<{ state: string }>`select state from visit where state <> 'done'`.execute(tx.q)).rows.map(
        row => row.state,
      ),
    ),
  )
  expect(left).toEqual([])
})

test('the till is five shekels short, says why, is handed over; ledger, day book and receipts agree to the fils', async () => {
  await collector.go(addresses.tillClose, {})
  const counted = subtract(drawer.holds('cash', 'ILS'), money(500, 'ILS'))
  for (const amount of [counted, drawer.holds('cash', 'JOD')]) {
    const { currency } = amount
    for (const [face, count] of piecesOf(amount, defaultDenominations[currency]))
      await collector.page.locator(`[name="${pieceField(currency, face)}"]`).fill(String(count))
  }
  for (const kind of ['card', 'wallet', 'bank', 'cheque'] satisfies DrawerKind[])
    await collector.page
      .locator(`[name="${sumField(kind, 'ILS')}"]`)
      .fill(toDecimal(drawer.holds(kind, 'ILS')))
  await collector.press(till['close-verb'])
  await seen(collector.page.getByText(till['close-differs']))
  await collector.shot('morning-count')
  await collector.page.locator('[name=reason]').fill('قطعة خمسة شواكل سقطت خلف الدرج')
  await collector.press(till['close-verb'])
  expect(collector.page.url()).toMatch(/sessions/)

  const treasurer = await morning.at('treasurer')
  await treasurer.go(addresses.treasury, {})
  await treasurer.shot('morning-treasury')
  const session = collector.page.url().split('/').at(-1)?.split('?')[0] ?? ''
  await treasurer.go(addresses.treasuryHandOver, { session })
  await treasurer.press(till['hand-verb'])
  await treasurer.go(addresses.treasuryDayBook, {})
  await treasurer.shot('morning-day-book')

  await morning.inHouse(house =>
    house.database.read(morning.town.id, async tx => {
      const books = await sql<{ book: string; serials: number[] }>`
        select book, array_agg(serial order by serial) as serials from receipt group by book order by book`.execute(
        tx.q,
      )
      const onceEach = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)
      expect(books.rows).toEqual([
        { book: 'A', serials: onceEach(1, turns.pay - byHand.length) },
        { book: 'H', serials: onceEach(101, byHand.length) },
      ])
      const owedIn = (currency: string) =>
        morning.debtors
          .filter(each => each.owes.currency === currency)
          .reduce((sum, each) => sum + each.owes.minor, 0)
      const settled = await sql<{ currency: string; minor: number }>`
        select currency, sum(amount_minor)::bigint as minor from receipt_line group by currency order by currency`.execute(
        tx.q,
      )
      expect(settled.rows.map(row => [row.currency, Number(row.minor)])).toEqual([
        ['ILS', owedIn('ILS')],
        ['JOD', owedIn('JOD')],
      ])
      expect(paid.length).toBe(turns.pay)

      const lines = await dayBook(tx, await instantsOf(tx, { from: today(), to: today() }), 10_000)
      const inBook = new Map<string, number>()
      for (const line of lines)
        inBook.set(line.amount.currency, (inBook.get(line.amount.currency) ?? 0) + line.amount.minor)
      expect([...inBook.values()].every(sum => sum === 0)).toBe(true)
      const ledger = await sql<{ ledger: string; currency: string; minor: number }>`
        select ledger, currency, sum(amount_minor)::bigint as minor from voucher_line
         group by ledger, currency having sum(amount_minor) <> 0`.execute(tx.q)
      const left = new Map(ledger.rows.map(row => [`${row.ledger} ${row.currency}`, Number(row.minor)]))
      expect(left.get('over-short ILS')).toBe(500)
      // What the treasurer holds is what the collector counted, kind by kind.
      expect(left.get('treasury:cash ILS')).toBe(counted.minor - float.minor)
      expect(left.get('treasury:cash JOD')).toBe(drawer.holds('cash', 'JOD').minor)
      for (const kind of ['card', 'wallet', 'bank'] as const)
        expect(left.get(`treasury:${kind} ILS`)).toBe(drawer.holds(kind, 'ILS').minor)

      expect(await verifyTreasury(tx)).toEqual([])
    }),
  )
})

async function sitDown(visitor: Visitor, window: number): Promise<void> {
  await visitor.go(addresses.counter, {})
  await visitor.press(`شباك ${window}`)
}

/** Calls whoever is next; false where nobody waits for this window. */
async function callNext(visitor: Visitor): Promise<boolean> {
  await visitor.go(addresses.counter, {})
  await visitor.press(visits['call-next'])
  const called = visitor.button(visits.arrived)
  if (!(await called.isVisible())) return false
  await visitor.press(visits.arrived)
  return true
}

async function finish(visitor: Visitor): Promise<void> {
  await visitor.go(addresses.counter, {})
  await visitor.press(visits.done)
}

/** Somebody asks, and is answered. */
async function answer(visitor: Visitor, count: number): Promise<void> {
  for (let each = 0; each < count; each += 1) {
    expect(await callNext(visitor)).toBe(true)
    await finish(visitor)
  }
}

async function dueOf(visitor: Visitor): Promise<Money> {
  const gate = visitor.page.locator('[data-change]')
  const [total, digits] = [await gate.getAttribute('data-total'), await gate.getAttribute('data-digits')]
  const currency = digits === '3' ? 'JOD' : 'ILS'
  return money(Math.round(Number(total) * 10 ** Number(digits)), currency)
}

/** Each comes to the collector with another kind of money. */
async function takeFrom(debtors: readonly Debtor[]): Promise<void> {
  for (const debtor of debtors) {
    expect(await callNext(collector)).toBe(true)
    await take(debtor, morning.debtors.indexOf(debtor))
    await finish(collector)
  }
}

async function take({ id, owes, name }: Debtor, place: number): Promise<void> {
  const inDinars = owes.currency === 'JOD'
  await collector.go(addresses.counterPay, { person: id }, inDinars ? { in: 'JOD' } : {})
  await collector.page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true')
  const fill = (field: string, text: string) => collector.page.locator(`[name="${field}"]`).fill(text)
  const sum = toDecimal(owes)
  const rest = (taken: number): Money =>
    cashDue([money(owes.minor - taken, owes.currency)])[0]?.due ?? money(0, owes.currency)
  const kind = inDinars
    ? 'cash'
    : (['cash', 'note', 'card', 'cheque', 'wallet', 'cash', 'dinars', 'bank'] as const)[place % 8]
  switch (kind) {
    case 'note':
      await fill('received', '250')
      drawer.put('cash', rest(0))
      break
    case 'card':
      await fill('card-amount', sum)
      await fill('card-last4', '4177')
      await fill('card-slip', `7${place}`)
      drawer.put('card', owes)
      break
    case 'cheque':
      await fill('cheque-amount', sum)
      await fill('cheque-drawer', name)
      await fill('cheque-bank', 'بنك فلسطين')
      await fill('cheque-branch', 'الفرع الرئيسي')
      await fill('cheque-number', `30000${place}`)
      await fill('cheque-date', onPaper(addDays(today(), 10)))
      drawer.put('cheque', owes)
      break
    case 'wallet':
      await fill('wallet-amount', '20')
      await fill('wallet-reference', `W${place}`)
      drawer.put('wallet', money(2_000, 'ILS'))
      drawer.put('cash', rest(2_000))
      break
    case 'dinars':
      await fill('notes-JOD', '5')
      drawer.put('cash', money(5_000, 'JOD'))
      drawer.put('cash', rest(2_550))
      break
    case 'bank':
      await fill('bank-amount', sum)
      await fill('bank-bank', 'البنك العربي')
      await fill('bank-number', `D${place}`)
      await fill('bank-date', onPaper(today()))
      drawer.put('bank', owes)
      break
    default:
      drawer.put('cash', rest(0))
  }
  await collector.press(counter.collect)
  expect(collector.page.url()).toMatch(/receipts/)
  paid.push(owes)
}
