import { sql } from 'kysely'
import type { MessageKind } from '../../../kernel/messages/index.ts'
import { Conflict, InvalidInput, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { answerKinds } from '../../messaging/index.ts'
import { todayOf } from '../../people/index.ts'
import { type ConsentText, holds, type Purpose, type PurposeKind, textOn, type Way } from './model.ts'
import { addEntry, entriesOf, purposesOf } from './store.ts'

type NewText = Pick<ConsentText, 'ar' | 'en' | 'from' | 'asksAgain'>
export type NewPurpose = {
  kind: PurposeKind
  name: { ar: string; en: string }
  institution?: string | undefined
  text: NewText
}

/** Opens a purpose with its first text; gives its code. Of what the program asks by its kind one is open at a time. */
export async function openPurpose(
  tx: Write,
  { kind, name, institution, text }: NewPurpose,
  by: AuditActor,
): Promise<string> {
  const open = (await purposesOf(tx)).filter(each => each.kind === kind && !each.endedAt)
  if (kind !== 'sharing' && open.length > 0)
    throw new InvalidInput([{ field: 'kind', code: 'purpose-there' }])
  const code = `${kind}-${newId(tx.now).slice(-8)}`
  await sql`
    insert into consent_purpose (municipality_id, purpose_code, kind, name_ar, name_en, institution, opened_by, opened_at)
    values (${tx.town}, ${code}, ${kind}, ${name.ar}, ${name.en}, ${kind === 'sharing' ? (institution ?? '') : null}, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await insertText(tx, code, 1, { ...text, asksAgain: false }, by)
  return code
}

async function insertText(
  tx: Write,
  code: string,
  version: number,
  text: NewText,
  by: AuditActor,
): Promise<void> {
  await sql`
    insert into consent_text (municipality_id, purpose_code, version, text_ar, text_en, valid_from, asks_again, written_by, written_at)
    values (${tx.town}, ${code}, ${version}, ${text.ar}, ${text.en}, ${text.from}::date, ${text.asksAgain}, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'consent.text-written',
    subjectKind: 'consent-purpose',
    subjectId: code,
    cause: String(version),
  })
}

async function getPurpose(tx: Read, code: string): Promise<Purpose> {
  const purpose = (await purposesOf(tx)).find(each => each.code === code)
  if (!purpose) throw new NotFound('no-such-purpose')
  return purpose
}

/** Adds a text; those before it stay as they were answered. */
export async function addText(tx: Write, code: string, text: NewText, by: AuditActor): Promise<number> {
  await sql`select 1 from consent_purpose where municipality_id = ${tx.town} and purpose_code = ${code} for update`.execute(
    tx.q,
  )
  const purpose = await getPurpose(tx, code)
  if (purpose.endedAt) throw new Conflict('purpose-ended')
  const version = Math.max(0, ...purpose.texts.map(each => each.version)) + 1
  await insertText(tx, code, version, text, by)
  return version
}

/** Ends a purpose for good: nothing is done by it any more, whatever was answered. */
export async function endPurpose(tx: Write, code: string, why: string, by: AuditActor): Promise<void> {
  const ended =
    await sql`update consent_purpose set ended_by = ${by.id}, ended_at = ${tx.now}, ended_why = ${why}
    where municipality_id = ${tx.town} and purpose_code = ${code} and ended_at is null`.execute(tx.q)
  if (ended.numAffectedRows === 0n) throw new Conflict('purpose-ended')
  await record(tx, {
    actor: by,
    act: 'consent.purpose-ended',
    subjectKind: 'consent-purpose',
    subjectId: code,
    cause: why,
  })
}

export type Answer = {
  personId: string
  purpose: string
  /** The text that was before them; another one meanwhile is a conflict. */
  version: number
  given: boolean
  way: Way
}

/**
 * Keeps somebody's answer. An answer like the one before is no entry. Of messages the kinds they do without are kept to the same answer.
 * @throws NotFound, Conflict (`purpose-ended`, `text-changed`)
 */
export async function answer(tx: Write, crypto: Crypto, given: Answer, by: AuditActor): Promise<void> {
  const purpose = await getPurpose(tx, given.purpose)
  const today = await todayOf(tx)
  if (given.given && purpose.endedAt) throw new Conflict('purpose-ended')
  const text = textOn(purpose, today)
  if (!text || (given.given && text.version !== given.version)) throw new Conflict('text-changed')
  const last = (await entriesOf(tx, given.personId)).find(each => each.purpose === given.purpose)
  if (given.given ? holds(purpose, last, today) : last?.given === false) return
  await addEntry(tx, given.personId, { ...given, version: text.version }, by)
  const kind = messageKindOf(purpose)
  if (kind)
    await answerKinds(
      tx,
      crypto,
      { personId: given.personId, kinds: [kind], wants: given.given, way: given.way },
      by,
    )
}

const messageKindOf = ({ kind }: Purpose): MessageKind | undefined =>
  kind === 'awareness' || kind === 'survey' ? kind : undefined

/** The kinds of message that go only by somebody's own word here today. */
export async function kindsAsked(tx: Read): Promise<ReadonlySet<MessageKind>> {
  const today = await todayOf(tx)
  return new Set(
    (await purposesOf(tx)).flatMap(purpose => {
      const kind = messageKindOf(purpose)
      return kind && !purpose.endedAt && textOn(purpose, today) ? [kind] : []
    }),
  )
}

/** Takes agreement back where a kind was left out by other ways: an «إيقاف», a clerk, a number taken over. */
export async function takeBack(
  tx: Write,
  { personId, kinds, way }: { personId: string; kinds: readonly MessageKind[]; way: Way },
  by: AuditActor,
): Promise<void> {
  const today = await todayOf(tx)
  const asked = (await purposesOf(tx)).filter(each => {
    const kind = messageKindOf(each)
    return kind !== undefined && kinds.includes(kind) && !each.endedAt
  })
  if (asked.length === 0) return
  const entries = await entriesOf(tx, personId)
  for (const purpose of asked) {
    const last = entries.find(each => each.purpose === purpose.code)
    const text = textOn(purpose, today)
    if (last?.given && text)
      await addEntry(tx, personId, { purpose: purpose.code, version: text.version, given: false, way }, by)
  }
}

/** What somebody is asked, with where they stand; purposes that ended are left to the history. */
export type Asked = {
  purpose: Purpose
  text: ConsentText
  given: boolean
  since: Date | undefined
  isNew: boolean
}

export async function askedOf(
  tx: Read,
  personId: string,
): Promise<{ asked: Asked[]; purposes: Purpose[]; entries: Awaited<ReturnType<typeof entriesOf>> }> {
  const today = await todayOf(tx)
  const purposes = await purposesOf(tx)
  const entries = await entriesOf(tx, personId)
  const asked = purposes.flatMap((purpose): Asked[] => {
    const text = textOn(purpose, today)
    if (purpose.endedAt || !text) return []
    const last = entries.find(each => each.purpose === purpose.code)
    const given = holds(purpose, last, today)
    return [{ purpose, text, given, since: last?.at, isNew: last?.given === true && !given }]
  })
  return { asked, purposes, entries }
}
