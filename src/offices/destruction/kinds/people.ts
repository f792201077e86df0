import { sql } from 'kysely'
import { firstWhy, held, heldPerson, type KindQuery } from './model.ts'

/** Receipts: amounts and numbers stay for ever, whose name stands on them does not. */
export const receipts: KindQuery = question => {
  const { town } = question
  return sql`
    select t.receipt_id as id, t.received_at as at, t.book || '-' || t.serial || '/' || t.year as label, 0::bigint as bytes,
           ${firstWhy([
             [
               'open',
               sql`exists (select from request r where r.municipality_id = ${town} and r.request_id = t.request_id and r.closed_at is null)`,
             ],
             [
               'held',
               sql`((t.payer_id is not null and ${heldPerson(question, sql`t.payer_id`)})
                 or (t.request_id is not null and ${held(question, sql`t.request_id`)}))`,
             ],
             [
               'cheque',
               sql`exists (select from cheque c where c.municipality_id = ${town} and c.receipt_id = t.receipt_id and c.settled_at is null)`,
             ],
             [
               'payment',
               sql`exists (select from reversal_proposal v where v.municipality_id = ${town} and v.receipt_id = t.receipt_id and v.decided_at is null)`,
             ],
             [
               'debt',
               sql`exists (select from receipt_line l join charge c on c.municipality_id = ${town} and c.charge_id = l.charge_id
                   where l.municipality_id = ${town} and l.receipt_id = t.receipt_id and c.cancelled_at is null
                     and c.settled_minor < c.amount_minor)`,
             ],
           ])} as why
      from receipt t where t.municipality_id = ${town} and t.destroyed_at is null`
}

/** People of whom nothing else is left, from the day they were entered. */
export const people: KindQuery = question => {
  const { town, today } = question
  const has = (table: string, column: string, so = sql`true`) =>
    sql`exists (select from ${sql.table(table)} x where x.municipality_id = ${town} and x.${sql.ref(column)} = p.person_id and ${so})`
  const runs = sql`(x.valid_until is null or x.valid_until >= ${today}::date)`
  return sql`
    select p.person_id as id, greatest(p.registered_at,
             (select max(v.taken_at) from visit v where v.municipality_id = ${town} and v.person_id = p.person_id),
             (select max(r.closed_at) from request r where r.municipality_id = ${town} and r.applicant_id = p.person_id)) as at,
           p.kind || ' · ' || to_char(p.registered_at at time zone 'UTC', 'YYYY-MM-DD') as label, 0::bigint as bytes,
           ${firstWhy([
             ['held', held(question, sql`p.person_id`)],
             ['has-others', sql`(p.survivor_id is not null or ${has('person', 'survivor_id')})`],
             [
               'has-requests',
               sql`exists (select from request r where r.municipality_id = ${town} and r.destroyed_at is null and (r.applicant_id = p.person_id
                     or r.request_id in (select x.request_id from request_party x where x.municipality_id = ${town} and x.person_id = p.person_id)))`,
             ],
             [
               'debt',
               has('charge', 'debtor_id', sql`x.cancelled_at is null and x.settled_minor < x.amount_minor`),
             ],
             [
               'has-account',
               sql`(${has('account_holder', 'person_id', runs)} or ${has('subscription_holder', 'person_id', runs)}
                 or ${has('account_credit', 'person_id', sql`x.used_minor < x.amount_minor`)} or ${has('exemption', 'person_id', sql`x.ended_at is null`)}
                 or ${has('instalment_plan', 'person_id', sql`x.state not in ('refused', 'ended')`)})`,
             ],
             ['has-receipts', has('receipt', 'payer_id', sql`x.destroyed_at is null`)],
             ['has-papers', has('document', 'owner_id', sql`x.destroyed_at is null`)],
             [
               'mandate',
               sql`exists (select from mandate x where x.municipality_id = ${town} and (x.principal_id = p.person_id or x.agent_id = p.person_id)
                     and x.ended_at is null and ${runs})`,
             ],
             [
               'complaint',
               sql`(${has('complaint', 'person_id', sql`x.words <> ''`)} or ${has('contact', 'person_id', sql`x.subject <> ''`)})`,
             ],
             ['correction', has('correction', 'person_id', sql`x.decided_at is null`)],
             ['original', has('paper_original', 'person_id', sql`x.given_at is null`)],
             ['uses-log-in', has('citizen_device', 'person_id', sql`x.ended_at is null`)],
           ])} as why
      from person p where p.municipality_id = ${town} and p.destroyed_at is null`
}
