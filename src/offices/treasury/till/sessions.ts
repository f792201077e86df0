import { type RawBuilder, sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import { type Currency, money, negate } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { record } from '../../audit/index.ts'
import type { By } from '../model.ts'
import { treasuryText } from '../strings.ts'
import { post } from '../vouchers.ts'
import { bookOfTill } from './books.ts'
import type { DrawerKind, Figure, Notes, TillSession } from './model.ts'

export type StoredFigure = { tender: DrawerKind; currency: Currency; minor: number; notes?: Notes }

type Row = {
  session_id: string
  book: string
  collector_id: string
  opened_at: Date
  float: StoredFigure[]
  closed_at: Date | null
  counted: StoredFigure[] | null
  closing_reason: string | null
  handed_at: Date | null
  handed_to: string | null
  received: StoredFigure[] | null
  handing_reason: string | null
}

export const stored = (figures: readonly Figure[]): string =>
  JSON.stringify(
    figures.map(({ tender, amount, notes }) => ({
      tender,
      currency: amount.currency,
      minor: amount.minor,
      ...(notes && { notes }),
    })),
  )

const figures = (of: readonly StoredFigure[] | null): Figure[] =>
  (of ?? []).map(({ tender, currency, minor, notes }) => ({ tender, amount: money(minor, currency), notes }))

const toSession = (row: Row): TillSession => ({
  id: row.session_id,
  book: row.book,
  collectorId: row.collector_id,
  openedAt: row.opened_at,
  state: row.handed_at ? 'handed-over' : row.closed_at ? 'closed' : 'open',
  float: figures(row.float),
  closedAt: row.closed_at ?? undefined,
  counted: figures(row.counted),
  closingReason: row.closing_reason ?? undefined,
  handedAt: row.handed_at ?? undefined,
  handedTo: row.handed_to ?? undefined,
  received: figures(row.received),
  handingReason: row.handing_reason ?? undefined,
})

const select = (tx: Read, which: RawBuilder<unknown>) =>
  sql<Row>`select session_id, book, collector_id, opened_at, float, closed_at, counted, closing_reason, handed_at, handed_to,
                  received, handing_reason
             from till_session where municipality_id = ${tx.town} and ${which}`

/** One session; `lock` keeps everybody else from closing it, or from taking money into it. */
export async function getSession(tx: Read, id: string, lock?: 'lock'): Promise<TillSession> {
  const found = await select(tx, sql`session_id = ${id} ${lock ? sql`for update` : sql``}`).execute(tx.q)
  if (!found.rows[0]) throw new NotFound('no-such-till-session')
  return toSession(found.rows[0])
}

/** The session a collector has open now. */
export async function openSessionOf(tx: Read, collectorId: string): Promise<TillSession | undefined> {
  const found = await select(tx, sql`collector_id = ${collectorId} and closed_at is null`).execute(tx.q)
  return found.rows[0] && toSession(found.rows[0])
}

/** Sessions open now, at which till and whose. */
export async function openSessions(tx: Read): Promise<TillSession[]> {
  const found = await select(tx, sql`closed_at is null order by book`).execute(tx.q)
  return found.rows.map(toSession)
}

/** Counted and closed, and not yet in the treasurer's hand: the longest waiting first. */
export async function sessionsToHandOver(tx: Read): Promise<TillSession[]> {
  const waiting = sql`closed_at is not null and handed_at is null order by closed_at`
  return (await select(tx, waiting).execute(tx.q)).rows.map(toSession)
}

/** Sessions opened between two instants, the newest first. */
export async function sessionsBetween(
  tx: Read,
  { from, to }: { from: Date; to: Date },
): Promise<TillSession[]> {
  const between = sql`opened_at >= ${from} and opened_at < ${to} order by opened_at desc limit 500`
  return (await select(tx, between).execute(tx.q)).rows.map(toSession)
}

/** The newest session of a collector that waits for its hand-over. */
export async function lastClosedOf(tx: Read, collectorId: string): Promise<TillSession | undefined> {
  const waiting = sql`collector_id = ${collectorId} and closed_at is not null and handed_at is null order by closed_at desc limit 1`
  const found = await select(tx, waiting).execute(tx.q)
  return found.rows[0] && toSession(found.rows[0])
}

/**
 * The open session money goes into: closing it waits for the end of this transaction.
 * @throws Conflict `till-not-open` when the collector has none
 */
export async function sessionForTaking(
  tx: Write,
  collectorId: string,
): Promise<{ sessionId: string; till: string }> {
  const found = await sql<{ session_id: string; book: string }>`
    select session_id, book from till_session
     where municipality_id = ${tx.town} and collector_id = ${collectorId} and closed_at is null for share`.execute(
    tx.q,
  )
  const [row] = found.rows
  if (!row) throw new Conflict('till-not-open')
  return { sessionId: row.session_id, till: row.book }
}

/**
 * Opens a till for a collector with a counted float, which comes out of the treasury. A collector has one till at a time, and a till one
 * collector: two who try at once find out from the database.
 */
export async function openSession(
  tx: Write,
  {
    collectorId,
    book,
    float,
    by,
  }: { collectorId: string; book: string; float: Figure[]; by?: By | undefined },
): Promise<TillSession> {
  const actor = by ?? { kind: 'staff', id: collectorId }
  if (float.some(({ tender, amount }) => tender !== 'cash' || amount.minor < 0))
    throw new BadRequest('float-malformed')
  await bookOfTill(tx, book)
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tills ${tx.town}`}, 0))`.execute(tx.q)
  const open = await openSessions(tx)
  const own = open.find(each => each.collectorId === collectorId)
  if (own) throw new Conflict('collector-has-till', { book: own.book })
  const taken = open.find(each => each.book === book)
  if (taken) throw new Conflict('till-taken', { book, collectorId: taken.collectorId })
  const sessionId = newId(tx.now)
  const given = float.filter(each => each.amount.minor > 0)
  await sql`
    insert into till_session (municipality_id, session_id, book, collector_id, opened_at, float)
    values (${tx.town}, ${sessionId}, ${book}, ${collectorId}, ${tx.now}, ${stored(given)}::jsonb)`.execute(
    tx.q,
  )
  if (given.length > 0)
    await post(
      tx,
      {
        kind: 'float',
        at: tx.now,
        description: treasuryText('ar', 'voucher-float', { book }),
        by: actor,
        sessionId,
      },
      given.flatMap(({ amount }) => [
        { ledger: `cash:${book}` as const, amount },
        { ledger: 'treasury:cash' as const, amount: negate(amount) },
      ]),
    )
  await record(tx, {
    actor,
    act: 'treasury.till-opened',
    subjectKind: 'till-session',
    subjectId: sessionId,
    cause: book,
  })
  return {
    id: sessionId,
    book,
    collectorId,
    state: 'open',
    openedAt: tx.now,
    float: given,
    closedAt: undefined,
    counted: [],
    closingReason: undefined,
    handedAt: undefined,
    handedTo: undefined,
    received: [],
    handingReason: undefined,
  }
}
