import { type RawBuilder, sql } from 'kysely'
import { NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { type Currency, type Money, money } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { Intent, IntentState, PaymentEvent, Refund, RefundScope, RefundState } from './model.ts'

type Row = {
  intent_id: string
  person_id: string
  request_id: string | null
  currency: Currency
  amount_minor: number
  state: IntentState
  created_at: Date
  expires_at: Date
  answered_at: Date | null
  bank_ref: string | null
  taken_currency: Currency | null
  taken_minor: number | null
  receipt_id: string | null
  lines: {
    charge_id: string
    account_id: string
    number: string
    label_ar: string
    label_en: string
    amount_minor: number
  }[]
}

const select = (tx: Read, which: RawBuilder<unknown>) => sql<Row>`
  select i.intent_id, i.person_id, i.request_id, i.currency, i.amount_minor, i.state, i.created_at, i.expires_at, i.answered_at,
         i.bank_ref, i.taken_currency, i.taken_minor, i.receipt_id,
         (select jsonb_agg(jsonb_build_object('charge_id', l.charge_id, 'account_id', l.account_id, 'number', a.number,
                   'label_ar', c.label_ar, 'label_en', c.label_en, 'amount_minor', l.amount_minor) order by l.line)
            from payment_intent_line l
            join charge c on c.municipality_id = l.municipality_id and c.charge_id = l.charge_id
            join account a on a.municipality_id = l.municipality_id and a.account_id = l.account_id
           where l.municipality_id = i.municipality_id and l.intent_id = i.intent_id) as lines
    from payment_intent i
   where i.municipality_id = ${tx.town} and ${which}`

function toIntent(row: Row): Intent {
  const { taken_currency: currency, taken_minor: minor } = row
  return {
    id: row.intent_id,
    personId: row.person_id,
    requestId: row.request_id ?? undefined,
    amount: money(row.amount_minor, row.currency),
    state: row.state,
    lines: row.lines.map(line => ({
      chargeId: line.charge_id,
      accountId: line.account_id,
      accountNumber: line.number,
      label: { ar: line.label_ar, en: line.label_en },
      amount: money(line.amount_minor, row.currency),
    })),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    answeredAt: row.answered_at ?? undefined,
    bankRef: row.bank_ref ?? undefined,
    taken: currency === null || minor === null ? undefined : money(minor, currency),
    receiptId: row.receipt_id ?? undefined,
  }
}

/** One payment; of one person where one is named. */
export async function getIntent(tx: Read, intentId: string, personId?: string): Promise<Intent> {
  const whose = personId === undefined ? sql`true` : sql`i.person_id = ${personId}`
  const { rows } = await select(tx, sql`i.intent_id = ${intentId} and ${whose}`).execute(tx.q)
  if (!rows[0]) throw new NotFound('no-such-payment')
  return toIntent(rows[0])
}

/** The same, locked: whoever else hears of it waits. */
export async function lockIntent(tx: Write, intentId: string): Promise<Intent> {
  await sql`select 1 from payment_intent where municipality_id = ${tx.town} and intent_id = ${intentId} for update`.execute(
    tx.q,
  )
  return getIntent(tx, intentId)
}

/** A person's payments, the newest first. */
export async function intentsOf(tx: Read, personId: string, limit = 20): Promise<Intent[]> {
  const { rows } = await sql<Row>`${select(tx, sql`i.person_id = ${personId}`)}
    order by i.created_at desc, i.intent_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toIntent)
}

/** The town's payments, the newest first; of one state, before an instant. */
export async function listIntents(
  tx: Read,
  of: { state?: IntentState | undefined; before?: Date | undefined; limit?: number } = {},
): Promise<Intent[]> {
  const state = of.state === undefined ? sql`true` : sql`i.state = ${of.state}`
  const before = of.before === undefined ? sql`true` : sql`i.created_at < ${of.before}`
  const { rows } = await sql<Row>`${select(tx, sql`${state} and ${before}`)}
    order by i.created_at desc, i.intent_id desc limit ${of.limit ?? 50}`.execute(tx.q)
  return rows.map(toIntent)
}

/** Payments of which nothing is known, begun before an instant and not asked for since another. */
export async function unanswered(
  tx: Read,
  { begunBefore, askedBefore, since }: { begunBefore: Date; askedBefore: Date; since: Date },
): Promise<Intent[]> {
  const { rows } = await sql<Row>`${select(
    tx,
    sql`i.state in ('open', 'expired') and i.created_at < ${begunBefore} and i.created_at > ${since}
        and (i.asked_at is null or i.asked_at < ${askedBefore})`,
  )} order by i.created_at limit 50`.execute(tx.q)
  return rows.map(toIntent)
}

export type NewIntent = Pick<Intent, 'personId' | 'requestId' | 'amount' | 'expiresAt'> & {
  lines: Pick<Intent['lines'][number], 'chargeId' | 'accountId' | 'amount'>[]
}

export async function insertIntent(tx: Write, of: NewIntent): Promise<string> {
  const id = newId(tx.now)
  await sql`
    insert into payment_intent (municipality_id, intent_id, person_id, request_id, currency, amount_minor, state, created_at, expires_at)
    values (${tx.town}, ${id}, ${of.personId}, ${of.requestId ?? null}, ${of.amount.currency}, ${of.amount.minor}, 'open', ${tx.now},
            ${of.expiresAt})`.execute(tx.q)
  await sql`
    insert into payment_intent_line (municipality_id, intent_id, line, charge_id, account_id, amount_minor)
    select ${tx.town}::uuid, ${id}::uuid, l.line, l.charge_id, l.account_id, l.minor
      from unnest(${of.lines.map(line => line.chargeId)}::uuid[], ${of.lines.map(line => line.accountId)}::uuid[],
                  ${of.lines.map(line => line.amount.minor)}::bigint[]) with ordinality as l(charge_id, account_id, minor, line)`.execute(
    tx.q,
  )
  return id
}

export type Outcome = {
  state: IntentState
  bankRef?: string | undefined
  taken?: Money | undefined
  receiptId?: string | undefined
}

/** What became of a payment. */
export async function setOutcome(tx: Write, intentId: string, of: Outcome): Promise<void> {
  await sql`
    update payment_intent set state = ${of.state}, answered_at = coalesce(answered_at, ${tx.now}),
           bank_ref = coalesce(${of.bankRef || null}, bank_ref), taken_currency = coalesce(${of.taken?.currency ?? null}, taken_currency),
           taken_minor = coalesce(${of.taken?.minor ?? null}::bigint, taken_minor), receipt_id = coalesce(${of.receiptId ?? null}::uuid, receipt_id)
     where municipality_id = ${tx.town} and intent_id = ${intentId}`.execute(tx.q)
}

export const setAsked = (tx: Write, intentId: string) =>
  sql`update payment_intent set asked_at = ${tx.now} where municipality_id = ${tx.town} and intent_id = ${intentId}`.execute(
    tx.q,
  )

export type NewEvent = {
  kind: string
  by: { kind: string; id: string }
  nonce?: string | undefined
  facts?: Record<string, unknown>
}

/** Writes an event; false where its nonce was heard before, and then nothing is written. */
export async function addEvent(tx: Write, intentId: string, event: NewEvent): Promise<boolean> {
  const { rows } = await sql`
    insert into payment_event (municipality_id, event_id, intent_id, kind, at, by_kind, by_id, nonce, facts)
    values (${tx.town}, ${newId(tx.now)}, ${intentId}, ${event.kind}, ${tx.now}, ${event.by.kind}, ${event.by.id}, ${event.nonce ?? null},
            ${JSON.stringify(event.facts ?? {})}::jsonb)
    on conflict (municipality_id, nonce) where nonce is not null do nothing returning 1`.execute(tx.q)
  return rows.length > 0
}

/** All that happened to a payment, the first thing first. */
export async function eventsOf(tx: Read, intentId: string): Promise<PaymentEvent[]> {
  const { rows } = await sql<{
    event_id: string
    kind: string
    at: Date
    by_kind: string
    by_id: string
    facts: Record<string, unknown>
  }>`select event_id, kind, at, by_kind, by_id, facts from payment_event
      where municipality_id = ${tx.town} and intent_id = ${intentId} order by at, event_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.event_id,
    kind: row.kind,
    at: row.at,
    by: { kind: row.by_kind, id: row.by_id },
    facts: row.facts,
  }))
}

type RefundRow = {
  refund_id: string
  intent_id: string
  scope: RefundScope
  currency: Currency
  amount_minor: number
  reason: string
  state: RefundState
  asked_by_kind: string
  asked_by: string
  asked_at: Date
  decided_by: string | null
  bank_ref: string | null
  done_at: Date | null
}

/** Refunds of a payment, the newest first. */
export const refundsOf = (tx: Read, intentId: string): Promise<Refund[]> =>
  readRefunds(tx, sql`intent_id = ${intentId}`)

export async function getRefund(tx: Read, refundId: string): Promise<Refund> {
  const [refund] = await readRefunds(tx, sql`refund_id = ${refundId}`)
  if (!refund) throw new NotFound('no-such-refund')
  return refund
}

async function readRefunds(tx: Read, which: RawBuilder<unknown>): Promise<Refund[]> {
  const { rows } = await sql<RefundRow>`
    select refund_id, intent_id, scope, currency, amount_minor, reason, state, asked_by_kind, asked_by, asked_at, decided_by, bank_ref,
           done_at from payment_refund where municipality_id = ${tx.town} and ${which} order by asked_at desc, refund_id desc`.execute(
    tx.q,
  )
  return rows.map(row => ({
    id: row.refund_id,
    intentId: row.intent_id,
    scope: row.scope,
    reason: row.reason,
    state: row.state,
    amount: money(row.amount_minor, row.currency),
    askedBy: { kind: row.asked_by_kind, id: row.asked_by },
    askedAt: row.asked_at,
    decidedBy: row.decided_by ?? undefined,
    bankRef: row.bank_ref ?? undefined,
    doneAt: row.done_at ?? undefined,
  }))
}
