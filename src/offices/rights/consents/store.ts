import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { samePerson, todayOf } from '../../people/index.ts'
import type { ConsentText, Entry, Purpose, PurposeKind, Way } from './model.ts'

type PurposeRow = {
  purpose_code: string
  kind: PurposeKind
  name_ar: string
  name_en: string
  institution: string | null
  ended_at: Date | null
  ended_why: string | null
  texts: {
    version: number
    text_ar: string
    text_en: string
    valid_from: CalendarDate
    asks_again: boolean
  }[]
}

/** Every purpose the town ever opened, those that ended last. */
export async function purposesOf(tx: Read): Promise<Purpose[]> {
  const { rows } = await sql<PurposeRow>`
    select p.*, coalesce((select json_agg(t order by t.version desc) from consent_text t
             where t.municipality_id = p.municipality_id and t.purpose_code = p.purpose_code), '[]') as texts
      from consent_purpose p where p.municipality_id = ${tx.town}
     order by p.ended_at nulls first, p.opened_at, p.purpose_code limit 200`.execute(tx.q)
  return rows.map(row => ({
    code: row.purpose_code,
    kind: row.kind,
    name: { ar: row.name_ar, en: row.name_en || row.name_ar },
    institution: row.institution ?? undefined,
    endedAt: row.ended_at ?? undefined,
    endedWhy: row.ended_why ?? undefined,
    texts: row.texts.map(
      (text): ConsentText => ({
        version: text.version,
        ar: text.text_ar,
        en: text.text_en || text.text_ar,
        from: text.valid_from,
        asksAgain: text.asks_again,
      }),
    ),
  }))
}

/** Everything somebody ever answered, the latest first; under any record of theirs. */
export async function entriesOf(tx: Read, personId: string): Promise<Entry[]> {
  const { rows } = await sql<{
    entry_id: string
    purpose_code: string
    version: number
    is_given: boolean
    at: Date
    way: Way
    by_kind: string
    by_id: string
  }>`
    select entry_id, purpose_code, version, is_given, at, way, by_kind, by_id from consent_entry
     where municipality_id = ${tx.town} and person_id = any (${samePerson(personId)})
     order by at desc, entry_id desc limit 500`.execute(tx.q)
  return rows.map(row => ({
    id: row.entry_id,
    purpose: row.purpose_code,
    version: row.version,
    given: row.is_given,
    at: row.at,
    way: row.way,
    by: { kind: row.by_kind, id: row.by_id },
  }))
}

/** Adds an answer to the ledger, with its act. */
export async function addEntry(
  tx: Write,
  personId: string,
  entry: Pick<Entry, 'purpose' | 'version' | 'given' | 'way'>,
  by: AuditActor,
): Promise<void> {
  await sql`
    insert into consent_entry (municipality_id, person_id, entry_id, purpose_code, version, is_given, at, way, by_kind, by_id)
    values (${tx.town}, ${personId}, ${newId(tx.now)}, ${entry.purpose}, ${entry.version}, ${entry.given}, ${tx.now}, ${entry.way}, ${by.kind},
            ${by.id})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: entry.given ? 'consent.given' : 'consent.withdrawn',
    subjectKind: 'person',
    subjectId: personId,
    personId,
    cause: `${entry.purpose} ${entry.version} ${entry.way}`,
  })
}

/** Whether the town may use somebody's data for a purpose now. What no purpose is open for may not be done. */
export async function mayUse(tx: Read, personId: string, purpose: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`
    select may_use(${personId}::uuid, ${purpose}, ${await todayOf(tx)}::date) as may`.execute(tx.q)
  return rows[0]?.may === true
}

/** The purpose the program asks for by its kind, once a text of it is in force; nothing where the town has opened none. */
export async function purposeOf(
  tx: Read,
  kind: Exclude<PurposeKind, 'sharing'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ code: string }>`
    select p.purpose_code as code from consent_purpose p
     where p.municipality_id = ${tx.town} and p.kind = ${kind} and p.ended_at is null
       and exists (select from consent_text t where t.municipality_id = p.municipality_id and t.purpose_code = p.purpose_code
             and t.valid_from <= ${await todayOf(tx)}::date)`.execute(tx.q)
  return rows[0]?.code
}

/**
 * A condition over a column with a person's id: may this kind of message go to them? Undefined where the kind needs nobody's word, since
 * the law has it told or the town has opened no purpose for it; then what they do without is all that counts.
 */
export async function mayTell(
  tx: Read,
  kind: string,
  person: RawBuilder<unknown>,
): Promise<RawBuilder<unknown> | undefined> {
  if (kind !== 'awareness' && kind !== 'survey') return undefined
  const purpose = await purposeOf(tx, kind)
  if (purpose === undefined) return undefined
  return sql`(${person} is not null and may_use(${person}, ${purpose}, ${await todayOf(tx)}::date))`
}
