import { sql } from 'kysely'
import { firstWhy, held, heldPerson, type KindQuery, ownRule, within } from './model.ts'

/** Requests, from the day they were closed. */
export const requests: KindQuery = question => {
  const { town, today, scope, except } = question
  const of = (table: string, so = sql`true`) =>
    sql`exists (select from ${sql.table(table)} x where x.municipality_id = ${town} and x.request_id = r.request_id and ${so})`
  const papers = sql`(
    select x.document_id from request_paper x where x.municipality_id = ${town} and x.request_id = r.request_id
    union all select x.document_id from letter x where x.municipality_id = ${town} and x.request_id = r.request_id
    union all select x.scan_document_id from hand_signing x where x.municipality_id = ${town} and x.request_id = r.request_id
    union all select x.proof_document_id from request_party x where x.municipality_id = ${town} and x.request_id = r.request_id
    union all select x.document_id from certificate x where x.municipality_id = ${town} and x.request_id = r.request_id)`
  return sql`
    select r.request_id as id, coalesce(r.closed_at, r.filed_at) as at, r.number || '/' || r.year || ' · ' || r.service_code as label,
           coalesce((select sum(d.size) from request_paper p
              join document d on d.municipality_id = p.municipality_id and d.document_id = p.document_id and d.destroyed_at is null
             where p.municipality_id = ${town} and p.request_id = r.request_id), 0)::bigint as bytes,
           ${firstWhy([
             ['open', sql`r.closed_at is null`],
             ['own-rule', ownRule(sql`r.service_code`, except, true)],
             [
               'held',
               sql`(${held(question, sql`r.request_id`)} or ${heldPerson(question, sql`r.applicant_id`)}
                 or ${of('request_party', heldPerson(question, sql`x.person_id`))}
                 or exists (select from document d where d.municipality_id = ${town} and d.destroyed_at is null and d.document_id in ${papers}
                       and (${held(question, sql`d.document_id`)} or (d.owner_id is not null and ${heldPerson(question, sql`d.owner_id`)}))))`,
             ],
             [
               'open',
               sql`exists (select from request f where f.municipality_id = ${town} and f.closed_at is null
                     and (f.parent_id = r.request_id or f.request_id = r.parent_id))`,
             ],
             ['debt', of('charge', sql`x.cancelled_at is null and x.settled_minor < x.amount_minor`)],
             [
               'certificate',
               of(
                 'certificate',
                 sql`x.destroyed_at is null and x.state = 'valid' and (x.valid_until is null or x.valid_until >= ${today}::date)`,
               ),
             ],
             ['original', of('paper_original', sql`x.given_at is null`)],
             [
               'payment',
               sql`(${of('payment_intent', sql`x.state in ('open', 'late', 'mismatch')`)}
                 or exists (select from payment_intent i join payment_refund f on f.municipality_id = ${town} and f.intent_id = i.intent_id
                     where i.municipality_id = ${town} and i.request_id = r.request_id and f.state in ('asked', 'approved')))`,
             ],
             ['complaint', of('complaint', sql`x.state = 'open'`)],
             [
               'correction',
               sql`exists (select from correction x where x.municipality_id = ${town} and x.person_id = r.applicant_id
                     and x.decided_at is null)`,
             ],
             [
               'mandate',
               of(
                 'request_party',
                 sql`x.ended_at is null and x.capacity = 'agent' and x.valid_until >= ${today}::date`,
               ),
             ],
           ])} as why
      from request r
     where r.municipality_id = ${town} and r.destroyed_at is null and ${within(sql`r.service_code`, scope, true)}`
}
