import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import type { MessageKind } from '../../../kernel/messages/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { samePerson } from '../../people/index.ts'
import { requestVisible } from '../access.ts'

type Found = { request_id: string }

const citizen = (personId: string): Actor => ({ kind: 'citizen', personId, level: 'verified' })

/** A request of theirs by its number; without a year, the latest of the last years. */
export async function ownByNumber(
  tx: Read,
  personId: string,
  { number, years }: { number: number; years: readonly number[] },
): Promise<string | undefined> {
  const { rows } = await sql<Found>`
    select r.request_id from request r
     where r.municipality_id = ${tx.town} and r.year = any(${[...years]}::integer[]) and r.number = ${number}
       and ${requestVisible(citizen(personId), 'request.read')}
     order by r.year desc limit 1`.execute(tx.q)
  return rows[0]?.request_id
}

/** The request this telephone was asked an answer on last, and when; undefined where the answer is no longer waited for. */
export async function lastAsked(
  tx: Read,
  personId: string,
  index: Buffer,
): Promise<{ requestId: string; askedAt: Date } | undefined> {
  const { rows } = await sql<Found & { planned_at: Date }>`
    select m.request_id, m.planned_at
      from (select request_id, planned_at from message
             where municipality_id = ${tx.town} and to_index = ${index} and event = 'answer-asked' and request_id is not null
               and planned_at > ${tx.now}::timestamptz - interval '60 days'
             order by planned_at desc limit 5) m
      join request r on r.municipality_id = ${tx.town} and r.request_id = m.request_id
     where r.state = 'awaiting-answer' and r.applicant_id = any(${samePerson(personId)})
     order by m.planned_at desc limit 1`.execute(tx.q)
  const [row] = rows
  return row && { requestId: row.request_id, askedAt: row.planned_at }
}

/**
 * The request somebody who just writes is writing about: the one the staff wrote to this telephone in within a week, else the only one that
 * waits for them, else the last one this telephone was told of within a week.
 */
export async function conversationOf(tx: Read, personId: string, index: Buffer): Promise<string | undefined> {
  return (
    (await lastTold(tx, personId, index, ['thread'])) ??
    (await onlyWaiting(tx, personId)) ??
    (await lastTold(tx, personId, index, ['step', 'legal']))
  )
}

async function lastTold(
  tx: Read,
  personId: string,
  index: Buffer,
  kinds: readonly MessageKind[],
): Promise<string | undefined> {
  const { rows } = await sql<Found>`
    select r.request_id
      from (select request_id, planned_at from message
             where municipality_id = ${tx.town} and to_index = ${index} and planned_at > ${tx.now}::timestamptz - interval '7 days'
               and kind = any(${[...kinds]}::text[]) and request_id is not null
             order by planned_at desc limit 20) m
      join request r on r.municipality_id = ${tx.town} and r.request_id = m.request_id
     where r.closed_at is null and ${requestVisible(citizen(personId), 'request.read')}
     order by m.planned_at desc limit 1`.execute(tx.q)
  return rows[0]?.request_id
}

async function onlyWaiting(tx: Read, personId: string): Promise<string | undefined> {
  const { rows } = await sql<Found>`
    select request_id from request
     where municipality_id = ${tx.town} and applicant_id = any(${samePerson(personId)}) and closed_at is null
       and state in ('awaiting-papers', 'awaiting-fee', 'awaiting-answer') limit 2`.execute(tx.q)
  return rows.length === 1 ? rows[0]?.request_id : undefined
}
