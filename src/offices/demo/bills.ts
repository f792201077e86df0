import { sql } from 'kysely'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { monthName } from '../../lib/dates.ts'
import { newId } from '../../lib/ids.ts'
import { type Money, money } from '../../lib/money.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { accountFor, raiseCharge, takeReceipt } from '../treasury/index.ts'
import { insertSubscription } from '../utilities/index.ts'
import type { Agenda } from './agenda.ts'
import { at, type Person, type Stage, whenOpen, workerAt } from './stage.ts'
import { handedOver } from './tenders.ts'
import { openTill } from './tills.ts'

const day = 86_400_000
/** Share of the accounts whose bills already run through Shubbak; the others are still billed by the program the town had before. */
const billedHere = 0.25

/**
 * The connections households had before the town began with Shubbak, and their bills of the last months: most are paid, some are late,
 * as towns know it. Nine households in ten have electricity, four in ten of them on a prepaid card.
 */
export async function connectHouseholds(tx: Write, stage: Stage, agenda: Agenda, now: Date): Promise<void> {
  const heads = [...Map.groupBy(stage.people, person => person.household).values()].flatMap(([head]) =>
    head ? [head] : [],
  )
  for (const head of heads) {
    if (!stage.chance.happens(0.9)) continue
    const opened = new Date(now.getTime() - stage.chance.between(1100, 5000) * day)
    const prepaid = stage.chance.happens(0.4)
    const electricity = await connect(
      at(tx, opened),
      stage,
      head,
      'electricity',
      prepaid ? 'prepaid' : 'billed',
    )
    if (!prepaid) planBills(stage, agenda, head, electricity, 'electricity', now)
    const water = await connect(at(tx, opened), stage, head, 'water', 'billed')
    planBills(stage, agenda, head, water, 'water', now)
  }
}

async function connect(
  tx: Write,
  { chance, town }: Stage,
  head: Person,
  utility: 'electricity' | 'water',
  billing: 'prepaid' | 'billed',
): Promise<string> {
  const id = newId(tx.now)
  const account = await accountFor(tx, {
    objectKind: 'subscription',
    objectId: id,
    kind: utility,
    holderId: head.id,
  })
  const { rows } = await sql<{ n: number }>`select next_number('subscription', 0) as n`.execute(tx.q)
  await insertSubscription(tx, {
    id,
    number: String(10_000 + (rows[0]?.n ?? 0)),
    utility,
    phases: utility === 'electricity' ? 1 : undefined,
    amperes: utility === 'electricity' ? chance.pick([20, 25, 32, 40]) : undefined,
    billing,
    meterNumber: `${utility === 'electricity' ? 'E' : 'W'}-${chance.between(100_000, 999_999)}`,
    address: head.address,
    accountId: account.id,
    holderId: head.id,
    capacity: 'holder',
    from: dateIn(tx.now, town.timeZone),
    requestId: undefined,
    // A line of the grid serves whole blocks.
    ...(utility === 'electricity' && { feeder: `مغذي ${1 + (Number(head.address.block) % 6)}` }),
  })
  return account.id
}

/** Bills of the last months, planned each at its time; how many of them stay open says how the household pays. */
function planBills(
  stage: Stage,
  agenda: Agenda,
  head: Person,
  accountId: string,
  kind: 'electricity' | 'water',
  now: Date,
): void {
  const { chance } = stage
  if (!chance.happens(billedHere)) return
  const payer = chance.weighted([
    ['prompt', 72],
    ['late', 22],
    ['stuck', 6],
  ] as const)
  const open = payer === 'prompt' ? 0 : payer === 'late' ? 1 : 2
  for (let back = 2; back >= 1; back--) {
    const raised = new Date(now.getTime() - back * 30 * day - chance.between(0, 180) * 60_000)
    const paid = whenOpen(stage, new Date(raised.getTime() + chance.between(2, 19) * day))
    const bill = { head, accountId, kind, amount: money(amountOf(chance, kind), 'ILS') }
    agenda.plan(raised, async tx => {
      const chargeId = await raiseBill(tx, stage, bill)
      if (back > open && paid < now) agenda.plan(paid, later => payBill(later, stage, bill, chargeId))
    })
  }
}

type Bill = { head: Person; accountId: string; kind: 'electricity' | 'water'; amount: Money }

const amountOf = (chance: Stage['chance'], kind: Bill['kind']): number =>
  kind === 'electricity' ? chance.between(600, 3_200) * 10 : chance.between(250, 1_100) * 10

async function raiseBill(
  tx: Write,
  { town }: Stage,
  { head, accountId, kind, amount }: Bill,
): Promise<string> {
  const month = new Date(tx.now.getTime() - 5 * day).getUTCMonth() + 1
  const words =
    kind === 'electricity'
      ? { ar: 'فاتورة كهرباء', en: 'Electricity bill' }
      : { ar: 'فاتورة مياه', en: 'Water bill' }
  return raiseCharge(tx, {
    accountId,
    debtorId: head.id,
    dueKind: kind,
    label: { ar: `${words.ar} عن ${monthName(month, 'ar')}`, en: `${words.en}, ${monthName(month, 'en')}` },
    amount,
    refundable: false,
    reasons: { source: 'demo' },
    dueOn: addDays(dateIn(tx.now, town.timeZone), 20),
    by: { kind: 'system', id: 'billing' },
  })
}

async function payBill(tx: Write, stage: Stage, { head, amount }: Bill, chargeId: string): Promise<void> {
  const collector = workerAt(stage, 'treasury', 'collector')
  await openTill(tx, stage, collector)
  const payer = [head.name.first, head.name.father, head.name.family].join(' ')
  await takeReceipt(tx, stage.house.events, {
    payer: { personId: head.id, name: payer },
    collectorId: collector.id,
    lines: [{ chargeId, amount, paid: amount }],
    tenders: handedOver(tx, stage, [amount], payer),
  })
}
