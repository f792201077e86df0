import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import type { RequestState } from '../../kernel/workflow/index.ts'
import type { Read } from '../../platform/database/transaction.ts'
import { samePerson } from '../people/index.ts'
import { notClosedTo, requestVisible, throughOffices } from './access.ts'
import { endedStates } from './model.ts'

/** A line of a list of requests. */
export type RequestLine = {
  id: string
  number: number
  year: number
  serviceCode: string
  serviceVersion: number
  applicant: string
  state: RequestState
  step: string | undefined
  filedAt: Date
  dueAt: Date | undefined
  pausedAt: Date | undefined
  closedAt: Date | undefined
  missingPapers: { id: string; words: string }[]
}

type LineRow = {
  request_id: string
  number: number
  year: number
  service_code: string
  service_version: number
  applicant: string
  state: RequestState
  step: string | null
  filed_at: Date
  due_at: Date | null
  paused_at: Date | null
  closed_at: Date | null
  missing_papers: { id: string; words: string }[]
}

const columns = sql`r.request_id, r.number, r.year, r.service_code, r.service_version, s.display_name as applicant, r.state, r.step,
  r.filed_at, r.due_at, r.paused_at, r.closed_at, r.missing_papers`
const applicant = sql`join person s on s.municipality_id = r.municipality_id and s.person_id = r.applicant_id`

/** Requests a citizen is the applicant of or a party to, the latest first. */
export async function requestsOfPerson(tx: Read, personId: string, limit = 50): Promise<RequestLine[]> {
  const { rows } = await sql<LineRow>`
    select ${columns} from (
      select request_id from request where municipality_id = ${tx.town} and applicant_id = any(${samePerson(personId)})
      union select request_id from request_party
        where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and ended_at is null
    ) mine
      join request r on r.municipality_id = ${tx.town} and r.request_id = mine.request_id ${applicant}
     order by r.filed_at desc limit ${limit}`.execute(tx.q)
  return rows.map(toLine)
}

export type RequestFilter = {
  state?: RequestState | 'open' | undefined
  serviceCode?: string | undefined
  /** Only those whose promise has passed. */
  late?: boolean | undefined
  /** Where the list goes on: the filing instant of the last line of the page before, and its id where others share the instant. */
  before?: Date | undefined
  beforeId?: string | undefined
}

/** Requests the actor may read, the latest first. */
export async function listRequests(
  tx: Read,
  actor: Actor,
  filter: RequestFilter,
  limit = 30,
): Promise<RequestLine[]> {
  const where: RawBuilder<unknown>[] = [
    sql`r.municipality_id = ${tx.town}`,
    requestVisible(actor, 'request.read'),
  ]
  if (filter.state === 'open') where.push(sql`r.closed_at is null`)
  else if (filter.state) {
    // Which of the two is known from the state; said to the planner too, it finds the index of the few.
    const ended = endedStates.includes(filter.state)
    where.push(sql`r.state = ${filter.state} and r.closed_at is ${ended ? sql`not null` : sql`null`}`)
  }
  if (filter.serviceCode) where.push(sql`r.service_code = ${filter.serviceCode}`)
  const offices = throughOffices(actor, 'request.read')
  if (offices && (filter.serviceCode || (filter.state && filter.state !== 'open'))) {
    // Said a second time in a way the planner can begin at: an office that is asked seldom has few among so many.
    where.push(sql`exists (select 1 from request_office o
      where o.municipality_id = r.municipality_id and o.office_code = any(${[...offices]}) and o.request_id = r.request_id)`)
  }
  if (filter.late) where.push(sql`r.closed_at is null and r.paused_at is null and r.due_at < ${tx.now}`)
  if (filter.before && filter.beforeId) {
    where.push(sql`(r.filed_at, r.request_id) < (${filter.before}, ${filter.beforeId}::uuid)`)
  } else if (filter.before) where.push(sql`r.filed_at < ${filter.before}`)
  const { rows } = await sql<LineRow>`
    select ${columns} from ${latest(tx, actor, filter, limit)} ${applicant} where ${sql.join(where, sql` and `)}
     order by r.filed_at desc, r.request_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toLine)
}

/**
 * The requests a list is taken from. Whoever reaches by offices alone, and narrows by nothing that has an index of its own, begins at the
 * latest of each of their offices: among those are the latest of all of them.
 */
function latest(tx: Read, actor: Actor, filter: RequestFilter, limit: number): RawBuilder<unknown> {
  const offices = throughOffices(actor, 'request.read')
  if (actor.kind !== 'staff' || !offices || filter.state || filter.serviceCode || filter.late)
    return sql`request r`
  const { before, beforeId } = filter
  const from =
    before && beforeId
      ? sql`and (o.filed_at, o.request_id) < (${before}, ${beforeId}::uuid)`
      : before
        ? sql`and o.filed_at < ${before}`
        : sql``
  return sql`(select distinct page.request_id from unnest(${[...offices]}::text[]) as office(code) cross join lateral (
      select o.request_id from request_office o
       where o.municipality_id = ${tx.town} and o.office_code = office.code ${from} and ${notClosedTo(actor.staffId, sql`o.request_id`)}
       order by o.filed_at desc, o.request_id desc limit ${limit}) page) mine
    join request r on r.municipality_id = ${tx.town} and r.request_id = mine.request_id`
}

/** The request of this number, if the actor may read it. */
export async function findByNumber(
  tx: Read,
  actor: Actor,
  number: number,
  year: number,
): Promise<RequestLine | undefined> {
  const { rows } = await sql<LineRow>`
    select ${columns} from request r ${applicant}
     where r.municipality_id = ${tx.town} and r.year = ${year} and r.number = ${number}
       and ${requestVisible(actor, 'request.read')}`.execute(tx.q)
  return rows.map(toLine)[0]
}

/** Requests of these people, as applicants or parties, that the actor may read; the latest first. */
export async function requestsVisibleOf(
  tx: Read,
  actor: Actor,
  personIds: readonly string[],
  limit = 10,
): Promise<RequestLine[]> {
  if (personIds.length === 0) return []
  // Before the list, so that each of its branches begins at an index with them.
  const { rows: records } = await sql<{ id: string }>`
    select distinct unnest(same_person(id)) as id from unnest(${[...personIds]}::uuid[]) as id`.execute(tx.q)
  const ids = records.map(({ id }) => id)
  const { rows } = await sql<LineRow>`
    select ${columns} from (
      select request_id from request where municipality_id = ${tx.town} and applicant_id = any(${ids}::uuid[])
      union select request_id from request_party where municipality_id = ${tx.town} and person_id = any(${ids}::uuid[])
         and ended_at is null
    ) theirs
      join request r on r.municipality_id = ${tx.town} and r.request_id = theirs.request_id ${applicant}
     where ${requestVisible(actor, 'request.read')}
     order by r.filed_at desc, r.request_id desc limit ${limit}`.execute(tx.q)
  return rows.map(toLine)
}

function toLine(row: LineRow): RequestLine {
  return {
    id: row.request_id,
    number: row.number,
    year: row.year,
    serviceCode: row.service_code,
    serviceVersion: row.service_version,
    applicant: row.applicant,
    state: row.state,
    step: row.step ?? undefined,
    filedAt: row.filed_at,
    dueAt: row.due_at ?? undefined,
    pausedAt: row.paused_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
    missingPapers: row.missing_papers,
  }
}
