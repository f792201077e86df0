import { sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { type Currency, money, negate } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { record } from '../../audit/index.ts'
import { samePerson } from '../../people/index.ts'
import { lockCharges } from '../charges.ts'
import type { By } from '../model.ts'
import { post } from '../vouchers.ts'
import { exemptOf, type Relieved } from './exempt.ts'
import { tellSettled, writeReliefs } from './reliefs.ts'
import { debtText } from './strings.ts'

/** إعفاء: by this decision, of this kind, person or account, between these days. What it does not name it holds for whatever it is. */
export type Exemption = {
  id: string
  dueKind: string | undefined
  personId: string | undefined
  accountId: string | undefined
  relieved: Relieved
  decision: string
  reason: string
  from: CalendarDate
  until: CalendarDate | undefined
  grantedBy: string
  grantedAt: Date
  endedAt: Date | undefined
}

export type NewExemption = Omit<Exemption, 'id' | 'grantedBy' | 'grantedAt' | 'endedAt'> & { by: By }

/** Writes down a decision that lets somebody off; charges raised from then on are raised with it. */
export async function grantExemption(tx: Write, input: NewExemption): Promise<string> {
  const faults: Fault[] = []
  if (input.decision.trim() === '') faults.push({ field: 'decision', code: 'decision-number-missing' })
  if (input.reason.trim() === '') faults.push({ field: 'reason', code: 'reason-missing' })
  if (!input.personId && !input.accountId && !input.dueKind)
    faults.push({ field: 'person', code: 'exemption-of-nothing' })
  if (input.until !== undefined && input.until < input.from)
    faults.push({ field: 'until', code: 'ends-before-start' })
  if ('percent' in input.relieved && !(input.relieved.percent >= 1 && input.relieved.percent <= 100))
    faults.push({ field: 'percent', code: 'percent-wrong' })
  if ('amount' in input.relieved && input.relieved.amount.minor <= 0)
    faults.push({ field: 'amount', code: 'amount-missing' })
  if (faults.length > 0) throw new InvalidInput(faults)
  const id = newId(tx.now)
  const { relieved } = input
  const sum = 'amount' in relieved ? relieved.amount : undefined
  await sql`
    insert into exemption (municipality_id, exemption_id, due_kind, person_id, account_id, percent, currency, amount_minor, decision, reason,
                           valid_from, valid_until, granted_by, granted_at)
    values (${tx.town}, ${id}, ${input.dueKind ?? null}, ${input.personId ?? null}, ${input.accountId ?? null},
            ${'percent' in relieved ? relieved.percent : null}, ${sum?.currency ?? null}, ${sum?.minor ?? null}, ${input.decision.trim()},
            ${input.reason.trim()}, ${input.from}::date, ${input.until ?? null}::date, ${input.by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: input.by,
    act: 'treasury.exemption-granted',
    subjectKind: 'exemption',
    subjectId: id,
    personId: input.personId,
    cause: input.decision.trim(),
  })
  return id
}

/** Ends a decision before its day; what was let off by it stays let off. */
export async function endExemption(tx: Write, exemptionId: string, by: By): Promise<void> {
  const ended = await sql`
    update exemption set ended_at = ${tx.now}, ended_by = ${by.id}
     where municipality_id = ${tx.town} and exemption_id = ${exemptionId} and ended_at is null returning 1`.execute(
    tx.q,
  )
  if (ended.rows.length === 0) throw new Conflict('exemption-ended')
  await record(tx, {
    actor: by,
    act: 'treasury.exemption-ended',
    subjectKind: 'exemption',
    subjectId: exemptionId,
  })
}

type Row = {
  exemption_id: string
  due_kind: string | null
  person_id: string | null
  account_id: string | null
  percent: number | null
  currency: Currency | null
  amount_minor: number | null
  decision: string
  reason: string
  valid_from: string
  valid_until: string | null
  granted_by: string
  granted_at: Date
  ended_at: Date | null
}

const columns = sql`exemption_id, due_kind, person_id, account_id, percent, currency, amount_minor, decision, reason, valid_from, valid_until,
  granted_by, granted_at, ended_at`

const toExemption = (row: Row): Exemption => ({
  id: row.exemption_id,
  dueKind: row.due_kind ?? undefined,
  personId: row.person_id ?? undefined,
  accountId: row.account_id ?? undefined,
  relieved:
    row.percent !== null
      ? { percent: row.percent }
      : { amount: money(row.amount_minor ?? 0, row.currency ?? 'ILS') },
  decision: row.decision,
  reason: row.reason,
  from: row.valid_from,
  until: row.valid_until ?? undefined,
  grantedBy: row.granted_by,
  grantedAt: row.granted_at,
  endedAt: row.ended_at ?? undefined,
})

/** The decisions that hold on a day, today unless said, for a charge of this kind, person and account. */
export async function exemptionsFor(
  tx: Read,
  of: { personId: string; accountId?: string | undefined; dueKind: string },
  on?: CalendarDate,
): Promise<Exemption[]> {
  const day = sql`coalesce(${on ?? null}::date, (${tx.now}::timestamptz at time zone m.time_zone)::date)`
  const { rows } = await sql<Row>`
    select ${columns} from exemption e join municipality m using (municipality_id)
     where e.municipality_id = ${tx.town} and ended_at is null and valid_from <= ${day}
       and (valid_until is null or valid_until >= ${day})
       and (person_id is null or person_id = any(${samePerson(of.personId)}))
       and (account_id is null or account_id = ${of.accountId ?? null}::uuid)
       and (due_kind is null or due_kind = ${of.dueKind})
     order by granted_at, exemption_id limit 100`.execute(tx.q)
  return rows.map(toExemption)
}

/** Every decision, the newest first; of one person where one is named. */
export async function listExemptions(
  tx: Read,
  of: { personId?: string | undefined; limit?: number } = {},
): Promise<Exemption[]> {
  const which = of.personId === undefined ? sql`` : sql`and person_id = ${of.personId}`
  const { rows } = await sql<Row>`
    select ${columns} from exemption where municipality_id = ${tx.town} ${which}
     order by granted_at desc, exemption_id desc limit ${of.limit ?? 100}`.execute(tx.q)
  return rows.map(toExemption)
}

/**
 * Lets off what a decision says of a charge that is there already, by a counter-entry: no more than is still open.
 * @throws Conflict `exemption-not-of-charge`, `exemption-used`, `charge-cancelled`, `charge-settled`
 */
export async function applyExemption(
  tx: Write,
  events: Events,
  input: { exemptionId: string; chargeId: string; timeZone: string; by: By },
): Promise<void> {
  const { exemptionId, chargeId, by } = input
  const charges = await lockCharges(tx, [chargeId])
  const charge = charges.find(row => row.charge_id === chargeId)
  if (!charge) throw new NotFound('no-such-charge')
  if (charge.cancelled_at) throw new Conflict('charge-cancelled', { chargeId })
  const of = { personId: charge.debtor_id, accountId: charge.account_id, dueKind: charge.due_kind }
  const decision = (await exemptionsFor(tx, of, dateIn(tx.now, input.timeZone))).find(
    each => each.id === exemptionId,
  )
  if (!decision) throw new Conflict('exemption-not-of-charge')
  const used =
    await sql`select 1 from charge_relief where municipality_id = ${tx.town} and charge_id = ${chargeId}
    and exemption_id = ${exemptionId} and reversed_by is null`.execute(tx.q)
  if (used.rows.length > 0) throw new Conflict('exemption-used', { decision: decision.decision })
  const open = charge.amount_minor - charge.settled_minor
  const whole = exemptOf(money(charge.amount_minor, charge.currency), decision.relieved)
  const off = money(Math.min(open, whole.minor), charge.currency)
  if (off.minor <= 0) throw new Conflict('charge-settled', { chargeId })
  await letOff(
    tx,
    { ...of, chargeId, requestId: charge.request_id ?? undefined, refundable: charge.refundable },
    decision,
    off,
    by,
  )
  charge.settled_minor += off.minor
  const words = debtText('ar', 'exempt-by', { decision: decision.decision })
  await tellSettled(tx, events, charges, { chargeIds: new Set([chargeId]), decision: words, by })
}

export type LetOff = {
  chargeId: string
  personId: string
  accountId: string
  dueKind: string
  requestId: string | undefined
  refundable: boolean
}

/** The counter-entry of a decision: less is receivable, and less is income. */
export async function letOff(
  tx: Write,
  charge: LetOff,
  decision: Pick<Exemption, 'id' | 'decision'>,
  off: { minor: number; currency: Currency },
  by: By,
): Promise<void> {
  const { chargeId, accountId, dueKind } = charge
  const description = debtText('ar', 'exempt-by', { decision: decision.decision })
  const voucherId = await post(
    tx,
    { kind: 'exemption', at: tx.now, description, by, requestId: charge.requestId },
    [
      { ledger: `receivable:${dueKind}`, amount: negate(off), accountId, chargeId },
      { ledger: `${charge.refundable ? 'deposit' : 'income'}:${dueKind}`, amount: off, chargeId },
    ],
  )
  await writeReliefs(
    tx,
    [{ kind: 'exemption', exemptionId: decision.id, chargeId, amount: off, voucherId }],
    by,
  )
  await record(tx, {
    actor: by,
    act: 'treasury.charge-exempted',
    subjectKind: 'charge',
    subjectId: chargeId,
    personId: charge.personId,
    requestId: charge.requestId,
    cause: decision.decision,
  })
}
