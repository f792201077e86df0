import { sql } from 'kysely'
import { firstWhy, held, heldPerson, type KindQuery, ownRule, within } from './model.ts'

/** What was sent and what people texted, from the day it was planned or received. */
export const messages: KindQuery = question => {
  const { town, scope, except } = question
  const open = sql`exists (select from request r where r.municipality_id = ${town} and r.request_id = m.request_id and r.closed_at is null)`
  const heldBack = (person: ReturnType<typeof sql>) =>
    sql`((m.request_id is not null and ${held(question, sql`m.request_id`)}) or (${person} is not null and ${heldPerson(question, person)}))`
  return sql`
    select m.message_id as id, m.planned_at as at, m.kind || ' · ' || m.channel || ' · ' || to_char(m.planned_at at time zone 'UTC', 'YYYY-MM-DD') as label,
           0::bigint as bytes,
           ${firstWhy([
             ['open', sql`(m.state in ('planned', 'waiting', 'held', 'sending') or ${open})`],
             ['own-rule', ownRule(sql`m.kind`, except)],
             ['held', heldBack(sql`m.person_id`)],
           ])} as why
      from message m
     where m.municipality_id = ${town} and (m.body <> '' or m.to_index is not null) and ${within(sql`m.kind`, scope)}
    union all
    select m.incoming_id, m.received_at, 'in · ' || to_char(m.received_at at time zone 'UTC', 'YYYY-MM-DD'), 0,
           ${firstWhy([
             ['open', sql`((m.handled_by is null and m.seen_at is null) or ${open})`],
             ['held', heldBack(sql`null::uuid`)],
           ])}
      from incoming_message m
     where m.municipality_id = ${town} and (m.text <> '' or m.from_index <> '') and ${scope === '' ? sql`true` : sql`false`}`
}

/** Complaints about the staff and messages to the management, from the day they were answered. */
export const complaints: KindQuery = question => {
  const { town } = question
  return sql`
    select c.complaint_id as id, coalesce(c.answered_at, c.filed_at) as at, 'C ' || c.number || '/' || c.year as label, 0::bigint as bytes,
           ${firstWhy([
             ['open', sql`c.state = 'open'`],
             [
               'held',
               sql`(${heldPerson(question, sql`c.person_id`)} or (c.request_id is not null and ${held(question, sql`c.request_id`)}))`,
             ],
           ])} as why
      from complaint c where c.municipality_id = ${town} and c.words <> ''
    union all
    select c.contact_id, c.moved_at, 'M ' || c.number || '/' || c.year, 0,
           ${firstWhy([
             ['open', sql`c.state = 'open'`],
             ['held', heldPerson(question, sql`c.person_id`)],
           ])}
      from contact c where c.municipality_id = ${town} and c.subject <> ''`
}
