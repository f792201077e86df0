import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'

/** Within so many opening minutes of the town nine of ten such requests were done lately, by how many cases that is known. */
export type Pace = { minutes: number; cases: number }

const lately = 180 * 86_400_000
const mostCases = 200
/** With fewer, nothing is said: a few quick cases are no promise. */
const fewestCases = 20

/** How long nine of ten requests for a service took lately; undefined where there are too few to say. Kept by the requests office as they close. */
export async function paceOf(tx: Read, code: string): Promise<Pace | undefined> {
  const { rows } = await sql<{ cases: string; minutes: number | null }>`
    select count(*) as cases, percentile_disc(0.9) within group (order by minutes) as minutes
      from (select minutes from request_pace
             where municipality_id = ${tx.town} and service_code = ${code}
               and closed_at > ${new Date(tx.now.getTime() - lately)} and closed_at <= ${tx.now}
             order by closed_at desc limit ${mostCases}) latest`.execute(tx.q)
  const cases = Number(rows[0]?.cases ?? 0)
  const minutes = rows[0]?.minutes
  return cases >= fewestCases && minutes !== null && minutes !== undefined ? { minutes, cases } : undefined
}
