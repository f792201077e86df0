import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'

/**
 * Ends what an earlier day left open, before the first act of a new one: who still waited has left, who was called and never came did not
 * come, who was served was done with the last thing done for them, and whoever sat at a window got up.
 */
export async function endEarlierDays(tx: Write): Promise<void> {
  const today = sql`(select (${tx.now}::timestamptz at time zone m.time_zone)::date from municipality m where m.municipality_id = ${tx.town})`
  await sql`
    update visit set state = 'left', ended_at = greatest(taken_at, coalesce(returned_at, taken_at))
     where municipality_id = ${tx.town} and state = 'waiting' and day < ${today}`.execute(tx.q)
  await sql`
    update visit v
       set state = case when v.state = 'serving' then 'done' else 'no-show' end,
           identity_shown = case when v.state = 'serving' then coalesce(v.identity_shown, 'none') end,
           ended_at = coalesce((select max(a.at) from visit_act a where a.municipality_id = v.municipality_id and a.visit_id = v.visit_id),
                               v.served_from, v.called_at)
     where v.municipality_id = ${tx.town} and v.state in ('called', 'serving') and v.day < ${today}`.execute(
    tx.q,
  )
  await sql`
    update window_sitting s set closed_at = greatest(s.opened_at, (${today} + time '00:00') at time zone m.time_zone)
      from municipality m
     where m.municipality_id = s.municipality_id and s.municipality_id = ${tx.town} and s.closed_at is null
       and (s.opened_at at time zone m.time_zone)::date < ${today}`.execute(tx.q)
}
