import { sql } from 'kysely'
import { firstWhy, heldPerson, type KindQuery } from './model.ts'

/** Forms somebody began and never filed, from the day they were touched last. */
export const drafts: KindQuery = question => sql`
  select d.draft_id as id, d.updated_at as at, d.service_code || ' · ' || to_char(d.updated_at at time zone 'UTC', 'YYYY-MM-DD') as label,
         pg_column_size(d.answers)::bigint as bytes,
         ${firstWhy([['held', sql`(d.person_id is not null and ${heldPerson(question, sql`d.person_id`)})`]])} as why
    from draft d where d.municipality_id = ${question.town} and d.request_id is null`

/** Visits, from their day: the figure stays, who it was goes. */
export const visits: KindQuery = question => sql`
  select v.visit_id as id, v.taken_at as at, v.day || ' · ' || v.purpose_code || coalesce(' · ' || v.number, '') as label, 0::bigint as bytes,
         ${firstWhy([
           ['open', sql`v.ended_at is null`],
           ['held', sql`(v.person_id is not null and ${heldPerson(question, sql`v.person_id`)})`],
         ])} as why
    from visit v
   where v.municipality_id = ${question.town} and (v.person_id is not null or v.phone_index is not null)`

/** Looks, as people are shown them. The entry of the audit stays sealed. */
export const looks: KindQuery = question => sql`
  select l.audit_id as id, l.at, l.cause_kind || ' · ' || to_char(l.at at time zone 'UTC', 'YYYY-MM-DD') as label, 0::bigint as bytes,
         ${firstWhy([
           [
             'asked',
             sql`exists (select from look_question q where q.municipality_id = ${question.town} and q.audit_id = l.audit_id
                   and q.answered_at is null)`,
           ],
           ['held', heldPerson(question, sql`l.person_id`)],
         ])} as why
    from look l where l.municipality_id = ${question.town}`

/** Log-ins that ended, and browsers that were signed out. */
export const logIns: KindQuery = question => {
  const { town, now } = question
  return sql`
    select md5(s.token_hash)::uuid as id, coalesce(s.ended_at, s.expires_at) as at,
           s.subject_kind || ' · ' || to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD') as label, 0::bigint as bytes,
           ${firstWhy([
             ['open', sql`s.ended_at is null and s.expires_at > ${now}`],
             ['held', sql`s.subject_kind = 'citizen' and ${heldPerson(question, sql`s.subject_id`)}`],
           ])} as why
      from session s where s.municipality_id = ${town}
    union all
    select d.device_id, coalesce(d.ended_at, d.last_at), 'device · ' || to_char(d.first_at at time zone 'UTC', 'YYYY-MM-DD'), 0,
           ${firstWhy([
             ['open', sql`d.ended_at is null`],
             ['held', heldPerson(question, sql`d.person_id`)],
           ])}
      from citizen_device d where d.municipality_id = ${town}`
}

/** Files the town's programs or staff brought, with their rows; what came of them stands in the registers. */
export const imports: KindQuery = question => {
  const { town } = question
  const onShelf = (sha256: ReturnType<typeof sql>) =>
    sql`exists (select from file f where f.municipality_id = ${town} and f.sha256 = ${sha256} and f.destroyed_at is null
      and not exists (select from document d where d.municipality_id = ${town} and d.sha256 = f.sha256 and d.destroyed_at is null))`
  return sql`
    select i.run_id as id, coalesce(i.applied_at, i.checked_at, i.started_at) as at,
           to_char(i.started_at at time zone 'UTC', 'YYYY-MM-DD') || ' · ' || i.rows_total as label,
           coalesce((select f.size from file f where f.municipality_id = ${town} and f.sha256 = i.sha256 and f.destroyed_at is null), 0)::bigint as bytes,
           ${firstWhy([
             ['open', sql`i.applied_at is null and i.failure is null and i.state <> 'dropped'`],
             [
               'asked',
               sql`exists (select from import_question q where q.municipality_id = ${town} and q.run_id = i.run_id and q.decided_at is null)`,
             ],
             [
               'held',
               sql`exists (select from import_row w join import_person x on x.municipality_id = w.municipality_id and x.source_id = i.source_id
                     and x.ident = w.ident
                   where w.municipality_id = ${town} and w.run_id = i.run_id and ${heldPerson(question, sql`x.person_id`)})`,
             ],
           ])} as why
      from import_run i
     where i.municipality_id = ${town}
       and (exists (select from import_row w where w.municipality_id = ${town} and w.run_id = i.run_id) or ${onShelf(sql`i.sha256`)})
    union all
    select b.bulletin_id, coalesce(b.ended_at, b.changed_at), 'numbers · ' || to_char(b.created_at at time zone 'UTC', 'YYYY-MM-DD'),
           coalesce((select f.size from file f where f.municipality_id = ${town} and f.sha256 = b.file_sha256 and f.destroyed_at is null), 0)::bigint,
           ${firstWhy([['open', sql`b.state not in ('done', 'stopped')`]])}
      from bulletin b
     where b.municipality_id = ${town} and b.file_sha256 is not null
       and (exists (select from bulletin_number n where n.municipality_id = ${town} and n.bulletin_id = b.bulletin_id) or ${onShelf(sql`b.file_sha256`)})`
}
