import { sql } from 'kysely'
import { firstWhy, held, heldPerson, type KindQuery, ownRule, within } from './model.ts'

/** Papers of the town's own that are never a rule's: what it issued goes with its request, what speaks of destruction stays. */
const ourOwn = ['destruction-minutes', 'destruction-certificate']

/** Papers people brought, from the day they came or the last request that rests on them was closed. */
export const papers: KindQuery = question => {
  const { town, today, scope, except } = question
  const uses = sql`(
    select p.request_id from request_paper p where p.municipality_id = ${town} and p.document_id = d.document_id
    union all select l.request_id from letter l where l.municipality_id = ${town} and l.document_id = d.document_id
    union all select s.request_id from hand_signing s where s.municipality_id = ${town} and s.scan_document_id = d.document_id
    union all select y.request_id from request_party y where y.municipality_id = ${town} and y.proof_document_id = d.document_id)`
  return sql`
    select d.document_id as id, greatest(d.added_at, (
             select max(coalesce(r.closed_at, r.filed_at)) from request r where r.municipality_id = ${town} and r.request_id in ${uses})) as at,
           d.kind || ' · ' || to_char(d.added_at at time zone 'UTC', 'YYYY-MM-DD') as label, d.size as bytes,
           ${firstWhy([
             [
               'open',
               sql`exists (select from request r where r.municipality_id = ${town} and r.request_id in ${uses} and r.closed_at is null)`,
             ],
             ['own-rule', ownRule(sql`d.kind`, except)],
             [
               'held',
               sql`(${held(question, sql`d.document_id`)} or (d.owner_id is not null and ${heldPerson(question, sql`d.owner_id`)})
                 or exists (select from request r where r.municipality_id = ${town} and r.request_id in ${uses} and ${held(question, sql`r.request_id`)}))`,
             ],
             ['valid', sql`d.valid_until >= ${today}::date`],
             [
               'correction',
               sql`exists (select from correction_paper c join correction x on x.municipality_id = ${town} and x.correction_id = c.correction_id
                   where c.municipality_id = ${town} and c.document_id = d.document_id and x.decided_at is null)`,
             ],
             [
               'in-use',
               sql`exists (select from draft w where w.municipality_id = ${town} and w.request_id is null
                     and (w.owner_id = d.owner_id::text or w.person_id = d.owner_id) and position(d.document_id::text in w.papers::text) > 0)`,
             ],
           ])} as why
      from document d
     where d.municipality_id = ${town} and d.destroyed_at is null and d.source <> 'issued' and d.kind <> all (${ourOwn}::text[])
       and ${within(sql`d.kind`, scope)}`
}
