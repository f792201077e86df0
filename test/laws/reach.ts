import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../src/platform/database/connection.ts'

/** Columns that lead to somebody: a table with one of them holds people's data. */
export const leading = [
  'person_id',
  'applicant_id',
  'owner_id',
  'debtor_id',
  'payer_id',
  'from_person',
  'to_person',
  'principal_id',
  'request_id',
  'account_id',
  'charge_id',
  'receipt_id',
  'message_id',
  'document_id',
  'certificate_id',
  'intent_id',
  'plan_id',
  'visit_id',
  'complaint_id',
  'contact_id',
  'subscription_id',
  'subject_id',
  'phone_index',
  'email_index',
  'to_index',
  'from_index',
  'phone_sealed',
  'content_sealed',
]

/** Tables with such a column and without a reach of their own, and why. */
export const unreached: Record<string, string> = {
  phone_health: 'how often a number refused messages, under a blind index of it; it names nobody',
  message_opt_out: 'under a blind index of a number or address; it names nobody',
  incoming_number: 'counts wrong words of a number under its blind index',
  request_pace: 'minutes and service of closed requests, for figures; it names nobody',
  seal_leaf: 'a hash and an id for each entry; published',
  message_handing: 'which ids a sender is handing over just now; asked by senders alone',
  message_due: 'which ids wait to leave, by which channel and when; kept by a trigger',
  destruction_item: 'ids and numbers of what an act is about; whoever reads it reads no row of those',
  legal_hold: 'which thing may not go, by its id and number; it names nobody',
  sign_on_link: 'asked by the subject a provider names, before anybody is known',
}

/** Tables with people's data and no reach, and reaches given to no such table. */
export async function withoutReach(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string; has: boolean }>`
    select c.relname as name, exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'reach' and not p.polpermissive) as has
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p')
       and exists (select from pg_attribute a where a.attrelid = c.oid and not a.attisdropped and a.attname = any(${leading}))
     order by 1`.execute(db)
  const bare = rows
    .filter(({ name, has }) => !has && !(name in unreached))
    .map(({ name }) => `${name}: no reach`)
  const both = rows
    .filter(({ name, has }) => has && name in unreached)
    .map(({ name }) => `${name}: excused and held`)
  return [...bare, ...both]
}

/** Functions that set the town themselves and are not asked as the house (`call as_house(…)`), and those whose definition says as whom. */
export async function speechless(db: Kysely<Tables>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and (array_to_string(p.proconfig, ',') like '%app.reach=%'
       or (p.prosrc like '%set_config(''app.municipality''%' and not exists (
         select from pg_proc w where w.pronamespace = p.pronamespace and w.proname || '_within' = p.proname
            and w.prosrc like '%set_config(''app.reach'', ''house'', true)%')))
     order by 1`.execute(db)
  return rows.map(({ name }) => name)
}
