import { sql } from 'kysely'
import { evenInstalments, monthsLater } from '../../kernel/dues/index.ts'
import { addDays, dateIn } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { type BankAnswer, beginPayment, hearAnswerOf, setBank } from '../payments/index.ts'
import {
  accountsOf,
  allocateCredit,
  decidePlan,
  duesOf,
  grantExemption,
  proposePlan,
  takeReceipt,
  transferDebt,
} from '../treasury/index.ts'
import { chance } from './random.ts'
import { at, type Person, type Stage, workerAt } from './stage.ts'

const day = 86_400_000
const seed = 20_261_122

/**
 * What is done about dues in these weeks: plans that are kept, late and waiting, exemptions by decision, debts that moved, money on account,
 * payments at the bank's page of every outcome. Each through its real act, at its own time.
 */
export async function settleDues(tx: Write, stage: Stage, until: Date): Promise<void> {
  const luck = chance(seed)
  const owing = await whoOwes(tx, stage, until)
  const take = (count: number): Person[] => owing.splice(0, count)
  await openBank(tx, stage, until)
  for (const [place, person] of take(9).entries()) await plan(tx, stage, person, until, place)
  for (const person of take(4)) await exempt(tx, stage, person, until)
  const sellers = take(3)
  for (const [place, seller] of sellers.entries()) {
    const buyer = owing[place + 20]
    if (buyer) await move(tx, stage, seller, buyer, until)
  }
  for (const [place, person] of take(24).entries())
    await payOnline(tx, stage, person, new Date(until.getTime() - luck.between(20, 12_000) * 60_000), place)
  for (const person of take(3)) await payAhead(tx, stage, person, until)
}

/** Those who owe on their own, who paid nothing today. */
async function whoOwes(tx: Write, stage: Stage, until: Date): Promise<Person[]> {
  const { rows } = await sql<{ debtor_id: string }>`
    select debtor_id from charge
     where municipality_id = ${tx.town} and cancelled_at is null and settled_minor < amount_minor and request_id is null
       and due_kind in ('electricity', 'water') and raised_at < ${new Date(until.getTime() - 9 * day)}
     group by debtor_id order by debtor_id limit 120`.execute(tx.q)
  const people = new Map(stage.people.map(person => [person.id, person]))
  return rows.flatMap(row => people.get(row.debtor_id) ?? [])
}

async function openBank(tx: Write, stage: Stage, until: Date): Promise<void> {
  // Until the pretended bank is up and says its own address and key.
  await setBank(
    at(tx, new Date(until.getTime() - 60 * day)),
    stage,
    {
      name: 'demo-bank',
      pageUrl: 'http://127.0.0.1:8090',
      apiUrl: 'http://127.0.0.1:8090/api',
      merchant: 'demo-town',
      key: 'until-the-pretended-bank-is-open',
      minutes: 30,
      late: 'on-account',
    },
    { kind: 'system', id: 'demo' },
  )
}

const chargesOf = async (tx: Write, stage: Stage, person: Person) =>
  (await duesOf(tx, person.id, dateIn(tx.now, stage.town.timeZone))).filter(
    due => due.debtorId === person.id && due.open.currency === 'ILS' && due.source === 'own',
  )

async function plan(tx: Write, stage: Stage, person: Person, until: Date, place: number): Promise<void> {
  const proposedAt = new Date(until.getTime() - (place < 6 ? 8 : 1) * day)
  const then = at(tx, proposedAt)
  const today = dateIn(proposedAt, stage.town.timeZone)
  const dues = await chargesOf(then, stage, person)
  const owed = dues.reduce((sum, due) => sum + due.open.minor, 0)
  if (owed < 1000) return
  const first = place % 3 === 0 ? addDays(today, 1) : monthsLater(today, 1)
  const clerk = workerAt(stage, 'service-centre', 'clerk')
  const planId = await proposePlan(then, {
    personId: person.id,
    chargeIds: dues.map(due => due.chargeId),
    today,
    instalments: evenInstalments({ minor: owed, currency: 'ILS' }, 3 + (place % 4), first),
    note: 'دخل محدود، طلب خطي من صاحبه',
    by: { kind: 'staff', id: clerk.id },
  })
  if (place >= 6) return
  const manager = workerAt(stage, 'service-centre', 'manager')
  await decidePlan(at(tx, new Date(proposedAt.getTime() + 2 * 3_600_000)), stage.house.events, {
    planId,
    accept: true,
    decision: `${41 + place}/${today.slice(0, 4)}`,
    today,
    by: { kind: 'staff', id: manager.id },
  })
}

async function exempt(tx: Write, stage: Stage, person: Person, until: Date): Promise<void> {
  const then = at(tx, new Date(until.getTime() - 6 * day))
  const from = dateIn(then.now, stage.town.timeZone)
  const manager = workerAt(stage, 'service-centre', 'manager')
  await grantExemption(then, {
    personId: person.id,
    accountId: undefined,
    dueKind: 'water',
    relieved: { percent: 50 },
    from,
    until: monthsLater(from, 12),
    decision: `مجلس 17/${from.slice(0, 4)}`,
    reason: 'كشف الشؤون الاجتماعية',
    by: { kind: 'staff', id: manager.id },
  })
}

async function move(tx: Write, stage: Stage, seller: Person, buyer: Person, until: Date): Promise<void> {
  const then = at(tx, new Date(until.getTime() - 4 * day))
  const dues = await chargesOf(then, stage, seller)
  if (dues.length === 0) return
  const treasurer = workerAt(stage, 'treasury', 'treasurer')
  await transferDebt(then, {
    fromPersonId: seller.id,
    toPersonId: buyer.id,
    chargeIds: dues.map(due => due.chargeId),
    reason: 'بيع البيت',
    proof: 'عقد بيع لدى كاتب العدل وإقرار المشتري بالدين',
    timeZone: stage.town.timeZone,
    by: { kind: 'staff', id: treasurer.id },
  })
}

async function payOnline(tx: Write, stage: Stage, person: Person, begun: Date, place: number): Promise<void> {
  const then = at(tx, begun)
  const [due] = await chargesOf(then, stage, person)
  if (!due) return
  const id = await beginPayment(then, stage, { personId: person.id, chargeIds: [due.chargeId] })
  if (place % 12 === 11) return
  const outcome = place % 8 === 5 ? 'refused' : place % 12 === 7 ? 'cancelled' : 'paid'
  const less = place === 3 ? 100 : 0
  const answer: BankAnswer = {
    paymentId: id,
    outcome,
    bankRef: outcome === 'cancelled' ? '' : `TB-DEMO${1000 + place}`,
    taken: outcome === 'paid' ? { ...due.open, minor: due.open.minor - less } : undefined,
    nonce: `demo-${id}`,
  }
  await hearAnswerOf(at(tx, new Date(begun.getTime() + 90_000)), stage, answer, 'call-back')
}

async function payAhead(tx: Write, stage: Stage, person: Person, until: Date): Promise<void> {
  const then = at(tx, new Date(until.getTime() - 3 * day))
  const on = dateIn(then.now, stage.town.timeZone)
  const [account] = await accountsOf(then, person.id, on)
  if (!account) return
  const amount = { minor: 30_000, currency: 'ILS' } as const
  await takeReceipt(then, stage.house.events, {
    payer: { personId: person.id, name: [person.name.first, person.name.family].join(' ') },
    lines: [{ onAccount: account.id, personId: person.id, amount, paid: amount }],
    by: { kind: 'system', id: 'payments' },
    book: 'E',
    tenders: [{ kind: 'online', amount, provider: 'demo-bank', reference: `TB-${person.id.slice(-6)}` }],
  })
  const collector = workerAt(stage, 'treasury', 'collector')
  const by = { kind: 'staff', id: collector.id } as const
  const dues = await duesOf(then, person.id, on)
  if (dues.some(due => due.open.currency === 'ILS'))
    await allocateCredit(then, stage.house.events, { personId: person.id, currency: 'ILS', on, by })
}
