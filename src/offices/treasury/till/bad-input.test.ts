import { expect, test } from 'vitest'
import {
  anOpenTill,
  aTill,
  collector,
  collectorId,
  collectorOf,
  ils,
  jod,
} from '../../../../test/builders/treasury.ts'
import { testDatabase } from '../../../../test/database.ts'
import { getCharge } from '../charges.ts'
import { setRate } from '../rates.ts'
import { reverseReceipt } from '../reverse.ts'
import { verifyTreasury } from '../verify.ts'
import { addBook } from './books.ts'
import { chequesIn, clearCheque } from './cheques.ts'
import { closeSession, handOver } from './close.ts'
import type { ChequeTender } from './model.ts'
import { decideReversal, openProposals, proposeReversal } from './proposals.ts'
import { returnCheque } from './return-cheque.ts'
import { openSession, openSessionOf } from './sessions.ts'
import { defaultTillSettings, setTillSettings } from './settings.ts'

const db = await testDatabase()
const till = await aTill(db)
const { write, read, charge, take, house } = till
const treasurer = { kind: 'staff' as const, id: '0198a000-0000-7000-8000-00000000c012' }
const person = await till.person()
await till.open('A')

let sheet = 0
const cheque = (over: Partial<ChequeTender> = {}): ChequeTender => ({
  kind: 'cheque',
  amount: ils(50_000),
  drawer: 'سمير قطب',
  bank: 'بنك فلسطين',
  branch: 'الظاهرية',
  number: String(++sheet).padStart(8, '0'),
  dueOn: '2026-03-01',
  ...over,
})
const paying = async (tender: ChequeTender) => {
  const chargeId = await charge(person, tender.amount)
  return { chargeId, lines: [{ chargeId, amount: tender.amount, paid: tender.amount }], tenders: [tender] }
}
const receiptsOf = () =>
  db.owner
    .selectFrom('receipt')
    .select(eb => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()

test('a cheque dated in the past is refused and nothing is written; the town may take those of a week', async () => {
  const before = await receiptsOf()
  const { lines, tenders, chargeId } = await paying(cheque({ dueOn: '2026-02-27' }))
  await expect(take(lines, { tenders })).rejects.toThrow('cheque-in-past')
  expect(await receiptsOf()).toEqual(before)
  expect((await read(tx => getCharge(tx, chargeId))).settled).toEqual(ils(0))
  expect(await read(tx => chequesIn(tx, 'held'))).toEqual([])
  const settings = { ...defaultTillSettings, chequePastDays: 7, chequeAheadDays: 0 }
  await write(tx => setTillSettings(tx, { from: '2026-03-01', settings, by: treasurer }))
  await take(lines, { tenders })
  const ahead = await paying(cheque({ dueOn: '2026-03-02' }))
  await expect(take(ahead.lines, { tenders: ahead.tenders })).rejects.toThrow('cheque-too-far')
  db.clock.advance(1_000)
  await write(tx => setTillSettings(tx, { from: '2026-03-01', settings: defaultTillSettings, by: treasurer }))
})

test('one cheque is not taken twice, nor with a date that is none, nor without its drawer', async () => {
  const one = cheque()
  const first = await paying(one)
  await take(first.lines, { tenders: first.tenders })
  const again = await paying(one)
  await expect(take(again.lines, { tenders: again.tenders })).rejects.toThrow('cheque-entered')
  for (const [over, code] of [
    [{ dueOn: '2026-02-30' }, 'cheque-date-malformed'],
    [{ drawer: ' ' }, 'cheque-drawer-missing'],
    [{ number: 'x/1' }, 'cheque-number-malformed'],
    [{ amount: ils(0) }, 'tender-negative'],
  ] as const) {
    const chargeId = await charge(person, ils(50_000))
    const lines = [{ chargeId, amount: ils(50_000), paid: ils(50_000) }]
    await expect(take(lines, { tenders: [cheque(over)] })).rejects.toThrow(code)
  }
})

test('more than is owed is refused, and taken where the surplus is expressly put on account', async () => {
  const chargeId = await charge(person, ils(1_000))
  const line = { chargeId, amount: ils(1_000), paid: ils(1_000) }
  await expect(take([{ chargeId, amount: ils(1_200), paid: ils(1_200) }])).rejects.toThrow('charge-overpaid')
  await expect(
    take([line], { tenders: [{ kind: 'cash', received: [ils(1_200)], change: [] }] }),
  ).rejects.toThrow('change-wrong')
  const { accountId } = await read(tx => getCharge(tx, chargeId))
  const receipt = await take([line, { onAccount: accountId, amount: ils(200), paid: ils(200) }])
  expect(receipt.totals).toEqual([ils(1_200)])
  expect(receipt.lines[1]?.creditId).toBeDefined()
})

test('change comes out of cash alone', async () => {
  const chargeId = await charge(person, ils(1_000))
  const line = { chargeId, amount: ils(1_000), paid: ils(1_000) }
  const card = { kind: 'card' as const, amount: ils(1_500), last4: '4242', slip: '7' }
  const change = { kind: 'cash' as const, received: [], change: [ils(500)] }
  await expect(take([line], { tenders: [card, change] })).rejects.toThrow('change-without-cash')
  await expect(take([line], { tenders: [{ ...card, amount: ils(1_000), last4: '42' }] })).rejects.toThrow(
    'card-digits-malformed',
  )
})

test('two collectors on one till, and one collector on two, are refused also when they try at once', async () => {
  await expect(
    write(tx => openSession(tx, { collectorId: treasurer.id, book: 'A', float: [] })),
  ).rejects.toThrow('till-taken')
  await expect(write(tx => openSession(tx, { collectorId, book: 'A', float: [] }))).rejects.toThrow(
    'collector-has-till',
  )
  await write(tx => addBook(tx, { book: 'Z', kind: 'printed', description: '', by: collector }))
  const both = ['X1', 'X2'].map(name => collectorOf(name))
  const tries = await Promise.allSettled(
    both.map(who => write(tx => openSession(tx, { collectorId: who, book: 'Z', float: [] }))),
  )
  expect(tries.map(each => (each.status === 'fulfilled' ? 'open' : each.reason.code)).sort()).toEqual([
    'open',
    'till-taken',
  ])
  const insert = db.owner
    .insertInto('till_session')
    .values({
      municipality_id: till.town.id,
      session_id: '0198a000-0000-7000-8000-0000000000f1',
      book: 'Z',
      collector_id: treasurer.id,
      opened_at: db.clock.now(),
      float: JSON.stringify([]),
    })
    .execute()
  await expect(insert).rejects.toThrow('till_session_of_book')
})

test('a rate of zero is refused, and no money is taken without an open till', async () => {
  await expect(write(tx => setRate(tx, { currency: 'JOD', rate: '0', setBy: treasurer.id }))).rejects.toThrow(
    'rate-malformed',
  )
  const chargeId = await charge(person, jod(1_000))
  await expect(take([{ chargeId, amount: jod(1_000), paid: ils(510) }])).rejects.toThrow('no-exchange-rate')
  await till.open('N')
  await expect(
    take([{ chargeId, amount: jod(1_000), paid: jod(1_000) }], { book: 'N', collectorId: treasurer.id }),
  ).rejects.toThrow('till-not-open')
})

test('a returned cheque opens its charge again, tells of the payer, and is returned once', async () => {
  const told: unknown[] = []
  house.events.on('treasury.cheque-returned', (_tx, payload) => void told.push(payload))
  const { chargeId, lines, tenders } = await paying(cheque({ dueOn: '2026-04-01' }))
  await take(lines, { tenders, payer: { personId: person.id, name: person.displayName } })
  const [waiting] = (await read(tx => chequesIn(tx, 'held'))).filter(each => each.dueOn === '2026-04-01')
  const id = waiting?.id ?? ''
  await expect(write(tx => clearCheque(tx, id, { by: treasurer }))).rejects.toThrow('cheque-not-due')
  const back = () =>
    write(tx => returnCheque(tx, house.events, id, { by: treasurer, reason: 'لا يوجد رصيد' }))
  await expect(
    write(tx => returnCheque(tx, house.events, id, { by: treasurer, reason: ' ' })),
  ).rejects.toThrow('reason-missing')
  await back()
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(ils(50_000))
  expect(told).toMatchObject([{ personId: person.id, amount: ils(50_000), reason: 'لا يوجد رصيد' }])
  await expect(back()).rejects.toThrow('cheque-settled')
})

test('a page of a hand-written book is entered once, in its range, with both dates', async () => {
  const pages = { first: 101, last: 150 }
  await write(tx =>
    addBook(tx, { book: 'H', kind: 'hand-written', description: 'دفتر الطوارئ', pages, by: collector }),
  )
  const chargeId = await charge(person, ils(900))
  const line = { chargeId, amount: ils(300), paid: ils(300) }
  const receivedAt = new Date(db.clock.now().getTime() - 7_200_000)
  const write_ = (serial: number) =>
    take([line], { handWritten: { book: 'H', serial }, receivedAt, by: treasurer })
  const receipt = await write_(104)
  expect(receipt).toMatchObject({
    number: 'H-104/2026',
    receivedAt,
    enteredAt: db.clock.now(),
    handWritten: true,
  })
  expect([receipt.collectorId, receipt.enteredBy]).toEqual([collectorId, treasurer.id])
  await expect(write_(104)).rejects.toThrow('page-entered')
  await expect(write_(100)).rejects.toThrow('page-out-of-book')
  await expect(write_(151)).rejects.toThrow('page-out-of-book')
  await expect(take([line], { handWritten: { book: 'A', serial: 1 } })).rejects.toThrow('no-such-book')
})

test('a difference is explained, a closed session stays closed, and nobody takes over from themselves', async () => {
  const who = collectorOf('S')
  const by = { kind: 'staff' as const, id: who }
  await write(tx => anOpenTill(tx, who, 'S'))
  const chargeId = await charge(person, ils(10_000))
  await take([{ chargeId, amount: ils(10_000), paid: ils(10_000) }], { book: 'S' })
  const sessionId = (await read(tx => openSessionOf(tx, who)))?.id ?? ''
  const counted = [{ tender: 'cash' as const, amount: ils(9_500), notes: { 5000: 1, 2000: 2, 500: 1 } }]
  const close = (reason?: string) => write(tx => closeSession(tx, { sessionId, counted, reason, by }))
  await expect(close()).rejects.toThrow('difference-unexplained')
  await expect(
    write(tx =>
      closeSession(tx, { sessionId, counted: counted.map(each => ({ ...each, notes: { 5000: 2 } })), by }),
    ),
  ).rejects.toThrow('count-malformed')
  expect(await close('خطأ في رد الباقي')).toMatchObject({
    state: 'closed',
    closingReason: 'خطأ في رد الباقي',
  })
  await expect(close('مرة أخرى')).rejects.toThrow('till-session-closed')
  const hand = (from: typeof by, received = counted, reason?: string) =>
    write(tx => handOver(tx, { sessionId, received, reason, by: from }))
  await expect(hand(by)).rejects.toThrow('hand-over-to-oneself')
  const less = [{ tender: 'cash' as const, amount: ils(9_000) }]
  await expect(hand(treasurer, less as typeof counted)).rejects.toThrow('difference-unexplained')
  expect(await hand(treasurer)).toMatchObject({ state: 'handed-over', handedTo: treasurer.id })
  await expect(hand(treasurer)).rejects.toThrow('handed-over-already')
  await expect(
    db.owner
      .updateTable('till_session')
      .set({ counted: JSON.stringify([]) })
      .where('session_id', '=', sessionId)
      .execute(),
  ).rejects.toThrow('is closed')
})

test('taking back above the ceiling waits for a second person, who is another', async () => {
  const chargeId = await charge(person, ils(200_000))
  const receipt = await take([{ chargeId, amount: ils(200_000), paid: ils(200_000) }])
  const by = { kind: 'staff' as const, id: collectorId }
  const reason = 'قُبض عن غيره'
  await expect(write(tx => reverseReceipt(tx, house.events, receipt.id, { by, reason }))).rejects.toThrow(
    'second-person-needed',
  )
  await write(tx => proposeReversal(tx, receipt.id, { by, reason }))
  await expect(write(tx => proposeReversal(tx, receipt.id, { by, reason }))).rejects.toThrow('reversal-waits')
  const [waiting] = await read(openProposals)
  const decide = (who: typeof by) =>
    write(tx => decideReversal(tx, house.events, waiting?.id ?? '', { by: who, accept: true }))
  await expect(decide(by)).rejects.toThrow('second-person-same')
  await decide(treasurer)
  expect((await read(tx => getCharge(tx, chargeId))).open).toEqual(ils(200_000))
  await expect(decide(treasurer)).rejects.toThrow('proposal-decided')
})

test('after all of this the books agree', async () => {
  expect(await read(verifyTreasury)).toEqual([])
})
