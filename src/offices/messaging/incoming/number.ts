import { sql } from 'kysely'
import type { Write } from '../../../platform/database/index.ts'
import { type Counted, lockMs, locksForgottenMs, mostWrong, wrongForgottenMs } from './limits.ts'

/** Counts texts of a number, the first statement of whatever is done with them: what one number sends is done one after another. */
export async function countTexts(tx: Write, index: Buffer, count: number): Promise<Counted> {
  const { rows } = await sql<{ in_hour: number; in_day: number }>`
    insert into incoming_number as n (municipality_id, phone_index, hour_from, in_hour, day_from, in_day, dropped, wrong, locks)
    values (${tx.town}, ${index}, ${tx.now}, ${count}, ${tx.now}, ${count}, 0, 0, 0)
    on conflict (municipality_id, phone_index) do update
      set in_hour = case when n.hour_from > ${tx.now}::timestamptz - interval '1 hour' then n.in_hour else 0 end + excluded.in_hour,
          hour_from = case when n.hour_from > ${tx.now}::timestamptz - interval '1 hour' then n.hour_from else excluded.hour_from end,
          in_day = case when n.day_from > ${tx.now}::timestamptz - interval '1 day' then n.in_day else 0 end + excluded.in_day,
          day_from = case when n.day_from > ${tx.now}::timestamptz - interval '1 day' then n.day_from else excluded.day_from end
    returning in_hour, in_day`.execute(tx.q)
  const [row] = rows
  return { inHour: row?.in_hour ?? count, inDay: row?.in_day ?? count }
}

/** Notes texts that were dropped; true where the number is to be told so, which happens once in an hour. */
export async function noteDropped(tx: Write, index: Buffer, count: number): Promise<boolean> {
  const { rows } = await sql<{ tell: boolean }>`
    with before as (
      select told_at from incoming_number where municipality_id = ${tx.town} and phone_index = ${index})
    update incoming_number n
       set dropped = n.dropped + ${count},
           told_at = case when b.told_at > ${tx.now}::timestamptz - interval '1 hour' then b.told_at else ${tx.now}::timestamptz end
      from before b where n.municipality_id = ${tx.town} and n.phone_index = ${index}
    returning b.told_at is null or b.told_at <= ${tx.now}::timestamptz - interval '1 hour' as tell`.execute(
    tx.q,
  )
  return rows[0]?.tell === true
}

/** Until when no number is answered to this telephone; undefined where it is not locked. */
export async function lockedUntil(tx: Write, index: Buffer): Promise<Date | undefined> {
  const { rows } = await sql<{ locked_until: Date }>`
    select locked_until from incoming_number
     where municipality_id = ${tx.town} and phone_index = ${index} and locked_until > ${tx.now}::timestamptz`.execute(
    tx.q,
  )
  return rows[0]?.locked_until
}

/** Notes a number that is none of theirs; gives until when the answers are locked, where this one locked them. */
export async function noteWrong(tx: Write, index: Buffer): Promise<Date | undefined> {
  const before = await sql<{ wrong: number; wrong_at: Date | null; locks: number }>`
    select wrong, wrong_at, locks from incoming_number
     where municipality_id = ${tx.town} and phone_index = ${index} for update`.execute(tx.q)
  const [row] = before.rows
  const since = row?.wrong_at ? tx.now.getTime() - row.wrong_at.getTime() : Number.POSITIVE_INFINITY
  const wrong = (since < wrongForgottenMs ? (row?.wrong ?? 0) : 0) + 1
  const locks = since < locksForgottenMs ? (row?.locks ?? 0) : 0
  const locked = wrong >= mostWrong
  const until = locked ? new Date(tx.now.getTime() + lockMs(locks)) : undefined
  await sql`
    update incoming_number set wrong = ${locked ? 0 : wrong}, wrong_at = ${tx.now}, locks = ${locked ? locks + 1 : locks},
           locked_until = coalesce(${until ?? null}::timestamptz, locked_until)
     where municipality_id = ${tx.town} and phone_index = ${index}`.execute(tx.q)
  return until
}
