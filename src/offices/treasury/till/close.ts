import { sql } from 'kysely'
import { BadRequest, Conflict } from '../../../lib/errors.ts'
import { negate } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By, Ledger, VoucherLine } from '../model.ts'
import { treasuryText } from '../strings.ts'
import { post } from '../vouchers.ts'
import { expectedOf } from './expected.ts'
import { type Figure, type Reckoning, reckon, type TillSession } from './model.ts'
import { getSession, stored } from './sessions.ts'

/** The figures that name no amount of their kind say nothing, and the notes of a kind of money must come to its sum. */
export function checkFigures(figures: readonly Figure[]): void {
  for (const { amount, notes } of figures) {
    if (!notes) continue
    const sum = Object.entries(notes).reduce((total, [face, count]) => total + Number(face) * count, 0)
    if (sum !== amount.minor || Object.values(notes).some(count => !Number.isInteger(count) || count < 0))
      throw new BadRequest('count-malformed', { currency: amount.currency })
  }
}

const drawer = ({ tender }: Reckoning, till: string): Ledger =>
  tender === 'cheque' ? 'cheques' : `${tender}:${till}`

/** What a count found too much or too little, taken into the drawer's ledgers against over-short. */
export const differenceLines = (rows: readonly Reckoning[], till: string): VoucherLine[] =>
  rows.flatMap(row => [
    { ledger: drawer(row, till), amount: row.difference },
    { ledger: 'over-short' as const, amount: negate(row.difference) },
  ])

/**
 * Closes a session by its count. What differs from the books needs its reason and goes to a ledger of its own; a cheque is there or is not,
 * so cheques must agree. It is never opened again: the database holds that.
 * @throws Conflict `till-session-closed`, `cheques-differ`, `difference-unexplained`
 */
export async function closeSession(
  tx: Write,
  {
    sessionId,
    counted,
    reason,
    by,
  }: { sessionId: string; counted: Figure[]; reason?: string | undefined; by: By },
): Promise<TillSession> {
  const session = await getSession(tx, sessionId, 'lock')
  if (session.state !== 'open') throw new Conflict('till-session-closed')
  checkFigures(counted)
  const off = reckon(await expectedOf(tx, sessionId), counted).filter(row => row.difference.minor !== 0)
  const cheques = off.find(row => row.tender === 'cheque')
  if (cheques) throw new Conflict('cheques-differ', { expected: cheques.expected, counted: cheques.counted })
  const said = reason?.trim() ?? ''
  if (off.length > 0 && said === '')
    throw new Conflict('difference-unexplained', { differences: off.map(row => row.difference) })
  if (off.length > 0) {
    const description = treasuryText('ar', 'voucher-closing', { book: session.book })
    await post(
      tx,
      { kind: 'closing', at: tx.now, description, by, sessionId },
      differenceLines(off, session.book),
    )
  }
  await sql`
    update till_session set closed_at = ${tx.now}, closed_by = ${by.id}, counted = ${stored(counted)}::jsonb,
           closing_reason = ${off.length > 0 ? said : null}
     where municipality_id = ${tx.town} and session_id = ${sessionId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'treasury.till-closed',
    subjectKind: 'till-session',
    subjectId: sessionId,
    ...(off.length > 0 && { cause: said }),
  })
  const closingReason = off.length > 0 ? said : undefined
  return { ...session, state: 'closed', closedAt: tx.now, counted, closingReason }
}

/**
 * تسليم: the treasurer takes over what a closed session holds. What arrives may differ from the count, with a reason; nobody takes over
 * from themselves.
 * @throws Conflict `till-session-open`, `handed-over-already`, `hand-over-to-oneself`, `difference-unexplained`, `cheques-differ`
 */
export async function handOver(
  tx: Write,
  {
    sessionId,
    received,
    reason,
    by,
  }: { sessionId: string; received: Figure[]; reason?: string | undefined; by: By },
): Promise<TillSession> {
  const session = await getSession(tx, sessionId, 'lock')
  if (session.state === 'open') throw new Conflict('till-session-open')
  if (session.state === 'handed-over') throw new Conflict('handed-over-already')
  if (by.id === session.collectorId) throw new Conflict('hand-over-to-oneself')
  checkFigures(received)
  const rows = reckon(session.counted, received)
  const off = rows.filter(row => row.difference.minor !== 0)
  const cheques = off.find(row => row.tender === 'cheque')
  if (cheques) throw new Conflict('cheques-differ', { expected: cheques.expected, counted: cheques.counted })
  const said = reason?.trim() ?? ''
  if (off.length > 0 && said === '')
    throw new Conflict('difference-unexplained', { differences: off.map(row => row.difference) })
  const lines = rows.flatMap(row => moved(row, session.book))
  if (lines.length > 0) {
    const description = treasuryText('ar', 'voucher-hand-over', { book: session.book })
    await post(tx, { kind: 'hand-over', at: tx.now, description, by, sessionId }, lines)
  }
  await sql`
    update till_session set handed_at = ${tx.now}, handed_to = ${by.id}, received = ${stored(received)}::jsonb,
           handing_reason = ${off.length > 0 ? said : null}
     where municipality_id = ${tx.town} and session_id = ${sessionId}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'treasury.till-handed-over',
    subjectKind: 'till-session',
    subjectId: sessionId,
    ...(off.length > 0 && { cause: said }),
  })
  const handingReason = off.length > 0 ? said : undefined
  return { ...session, state: 'handed-over', handedAt: tx.now, handedTo: by.id, received, handingReason }
}

/** Out of the drawer what was counted, into the treasury what arrived; cheques keep their ledger until the bank has cleared them. */
function moved({ tender, expected, counted, difference }: Reckoning, till: string): VoucherLine[] {
  if (tender === 'cheque') return []
  return [
    { ledger: `${tender}:${till}` as const, amount: negate(expected) },
    { ledger: `treasury:${tender}` as const, amount: counted },
    { ledger: 'over-short' as const, amount: negate(difference) },
  ].filter(line => line.amount.minor !== 0)
}
