import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'

/** Somebody whose number was typed at a window where nobody was called: that they are there is what the clerk says. */
export type Claim = {
  visitId: string
  staffId: string
  office: string | undefined
  personId: string
  /** Read out what came to their telephone: it is more than what the clerk says. */
  proof?: 'code' | undefined
}

/**
 * Writes down that a visit stands on a typed number. True where it is new and nothing was done in it yet: then the person is told. A proof
 * that comes later is added.
 */
export async function claimPresence(tx: Write, of: Claim): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    insert into look_presence as p (municipality_id, visit_id, staff_id, office_code, person_id, at, day, proof)
    select m.municipality_id, ${of.visitId}::uuid, ${of.staffId}::uuid, ${of.office ?? null}, ${of.personId}::uuid, ${tx.now}::timestamptz,
           (${tx.now}::timestamptz at time zone m.time_zone)::date, ${of.proof ?? null}
      from municipality m
     where m.municipality_id = ${tx.town}
       and not exists (select 1 from visit_act a where a.municipality_id = m.municipality_id and a.visit_id = ${of.visitId}::uuid
                          and a.act <> 'person.identified')
    on conflict (municipality_id, visit_id) do update set proof = coalesce(p.proof, excluded.proof)
    returning (p.xmax = 0) as fresh`.execute(tx.q)
  return rows[0]?.fresh ?? false
}

/** A visit that nothing is added to for so long is over, and so is what was begun in it. */
const overMs = 45 * 60_000

/** What counts as done: anything that hangs on the visit, and any act of that clerk on that person's affairs; a look is none. */
const nothingDone = (now: Date) => sql`
  not exists (select 1 from visit_act a
               where a.municipality_id = p.municipality_id and a.visit_id = p.visit_id and a.act <> 'person.identified')
  and not exists (select 1 from audit a
               where a.municipality_id = p.municipality_id and a.person_id = p.person_id and a.actor_kind = 'staff'
                 and a.actor_id = p.staff_id::text and a.at >= p.at and a.at <= ${now}
                 and a.act not in ('counter.presence-proved', 'person.opened-outside-task')
                 and not exists (select 1 from look l where l.municipality_id = a.municipality_id and l.audit_id = a.audit_id))`

/** Says of visits that are over whether anything came of them. Gives who opened as many files in a day as raise a flag, with that day. */
export async function settlePresences(
  tx: Write,
  { idleADay }: { idleADay: number },
): Promise<{ staffId: string; day: string }[]> {
  const { rows } = await sql<{ staff_id: string; day: string; idle: number }>`
    with over as (
      select p.visit_id, (${nothingDone(tx.now)}) as idle from look_presence p
       where p.municipality_id = ${tx.town} and p.settled_at is null and p.at < ${new Date(tx.now.getTime() - overMs)}
       order by p.at limit 2000
    ), settled as (
      update look_presence p set settled_at = ${tx.now}, is_idle = o.idle from over o
       where p.municipality_id = ${tx.town} and p.visit_id = o.visit_id
      returning p.staff_id, p.day, p.is_idle, p.municipality_id
    )
    select staff_id, day, count(*) filter (where is_idle)::int as idle from settled group by staff_id, day`.execute(
    tx.q,
  )
  const days = rows.filter(({ idle }) => idle > 0)
  if (days.length === 0) return []
  const counted = await sql<{ staff_id: string; day: string; idle: number }>`
    select p.staff_id, p.day, count(*)::int as idle
      from unnest(${days.map(each => each.staff_id)}::uuid[], ${days.map(each => each.day)}::date[]) d (staff_id, day)
      join look_presence p on p.municipality_id = ${tx.town} and p.staff_id = d.staff_id and p.day = d.day and p.is_idle
     group by p.staff_id, p.day`.execute(tx.q)
  // Only the pass that goes over the line raises the flag: one a day.
  const before = new Map(days.map(each => [`${each.staff_id} ${each.day}`, each.idle]))
  return counted.rows
    .filter(
      ({ staff_id, day, idle }) =>
        idle >= idleADay && idle - (before.get(`${staff_id} ${day}`) ?? 0) < idleADay,
    )
    .map(({ staff_id: staffId, day }) => ({ staffId, day }))
}
