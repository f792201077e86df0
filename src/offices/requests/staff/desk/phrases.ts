import { sql } from 'kysely'
import { stripControls } from '../../../../lib/arabic.ts'
import { Conflict, type Fault, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import { newId } from '../../../../lib/ids.ts'
import type { Locale } from '../../../../lib/localized.ts'
import type { Read, Write } from '../../../../platform/database/transaction.ts'
import { type AuditActor, record } from '../../../audit/index.ts'
import { staffText } from '../strings.ts'

/** A ready phrase (عبارة جاهزة): somebody's own, or an office's. */
export type StoredPhrase = { id: string; owner: string; ownerKind: 'office' | 'staff'; text: string }

/** What stands in braces in a phrase, and is written out from the request it is used on. */
export const phraseVariables = ['number', 'name', 'service', 'filed', 'today', 'office'] as const
export type PhraseVariable = (typeof phraseVariables)[number]
export type PhraseValues = Record<PhraseVariable, string>

/** What is typed in braces, in either language: nobody changes the keyboard to write a phrase. */
const named = new Map<string, PhraseVariable>(
  phraseVariables.flatMap(name => [
    [name, name],
    [variableName('ar', name), name],
  ]),
)

/** The word of a variable as it is typed in braces. */
export function variableName(locale: Locale, name: PhraseVariable): string {
  return locale === 'ar' ? staffText('ar', `variable-word-${name}`) : name
}

/** The variables a phrase names. */
export const variablesIn = (text: string): (PhraseVariable | undefined)[] =>
  [...text.matchAll(/\{([^{}]*)\}/g)].map(([, word = '']) => named.get(word.trim()))

const longest = 500
/** With more nobody finds anything. */
const most = 30

/** The phrases of these owners (a person, their offices), one's own first. One query. */
export async function phrasesOf(tx: Read, owners: readonly string[]): Promise<StoredPhrase[]> {
  if (owners.length === 0) return []
  const { rows } = await sql<{
    phrase_id: string
    owner: string
    owner_kind: StoredPhrase['ownerKind']
    text: string
  }>`
    select phrase_id, owner, owner_kind, text from phrase
     where municipality_id = ${tx.town} and owner = any(${[...owners]}) and removed_at is null
     order by (owner_kind = 'office'), owner, position, phrase_id`.execute(tx.q)
  return rows.map(row => ({
    id: row.phrase_id,
    owner: row.owner,
    ownerKind: row.owner_kind,
    text: row.text,
  }))
}

/** A phrase with its variables written out; what is in braces and is none of them stays as it is. */
export const resolvePhrase = (text: string, values: PhraseValues): string =>
  text.replace(/\{([^{}]*)\}/g, (whole, word: string) => {
    const name = named.get(word.trim())
    return name ? values[name] : whole
  })

export type NewPhrase = Pick<StoredPhrase, 'owner' | 'ownerKind' | 'text'>

/** Keeps a phrase; gives its id. Faults are `InvalidInput` on `text`: none, too long, an unknown variable, there already, too many. */
export async function addPhrase(tx: Write, phrase: NewPhrase, by: AuditActor): Promise<string> {
  const text = stripControls(phrase.text).trim()
  const there = (await phrasesOf(tx, [phrase.owner])).filter(each => each.ownerKind === phrase.ownerKind)
  const fault = wrongPhrase(text, there)
  if (fault) throw new InvalidInput([fault])
  const id = newId(tx.now)
  await sql`
    insert into phrase (municipality_id, phrase_id, owner, owner_kind, position, text, added_at, added_by)
    values (${tx.town}, ${id}, ${phrase.owner}, ${phrase.ownerKind}, ${there.length + 1}, ${text}, ${tx.now}, ${by.id})`.execute(
    tx.q,
  )
  await record(tx, { actor: by, act: 'desk.phrase-added', subjectKind: 'phrase', subjectId: id })
  return id
}

function wrongPhrase(text: string, there: readonly StoredPhrase[]): Fault | undefined {
  if (text === '') return { field: 'text', code: 'phrase-missing' }
  if (text.length > longest) return { field: 'text', code: 'too-long', values: { max: longest } }
  const unknown = [...text.matchAll(/\{([^{}]*)\}/g)]
    .map(([, word = '']) => word)
    .find(word => !named.has(word.trim()))
  if (unknown !== undefined) {
    return { field: 'text', code: 'unknown-variable', values: { variable: `{${unknown}}` } }
  }
  if (there.some(each => each.text === text)) return { field: 'text', code: 'phrase-there' }
  return there.length >= most ? { field: 'text', code: 'too-many-phrases', values: { max: most } } : undefined
}

/** The phrase as it is kept; NotFound for one taken off. */
export async function getPhrase(tx: Read, id: string): Promise<StoredPhrase> {
  const { rows } = await sql<{ owner: string; owner_kind: StoredPhrase['ownerKind']; text: string }>`
    select owner, owner_kind, text from phrase
     where municipality_id = ${tx.town} and phrase_id = ${id} and removed_at is null`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-phrase')
  return { id, owner: row.owner, ownerKind: row.owner_kind, text: row.text }
}

/** Takes a phrase off the list. */
export async function removePhrase(tx: Write, id: string, by: AuditActor): Promise<void> {
  const { numAffectedRows } = await sql`
    update phrase set removed_at = ${tx.now}
     where municipality_id = ${tx.town} and phrase_id = ${id} and removed_at is null`.execute(tx.q)
  if (numAffectedRows === 0n) throw new Conflict('phrase-removed')
  await record(tx, { actor: by, act: 'desk.phrase-removed', subjectKind: 'phrase', subjectId: id })
}
