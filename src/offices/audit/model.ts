import { createHash } from 'node:crypto'

/** Who did it: the kind and id of `actorKey`, and the office they stood for. */
export type AuditActor = { kind: string; id: string; office?: string | undefined }

/** One thing that was done or looked at, as an office tells it. */
export type AuditEntry = {
  actor: AuditActor
  /** A stable name, `office.act`: `people.registered`, `receipt.taken`. */
  act: string
  subjectKind: string
  subjectId: string
  /** Whose data it is; the citizen's page of looks is read by it. */
  personId?: string | undefined
  requestId?: string | undefined
  cause?: string | undefined
  /** Personal fields that belong to the record. They are kept in clear beside their salt, and only hashed in what the chain proves. */
  personal?: Readonly<Record<string, string>> | undefined
}

/** Fields in clear with their salt: the column that can lawfully be emptied. */
export type SaltedFields = Readonly<Record<string, { value: string; salt: string }>>

/** What an audit row proves of itself, besides the entry: its own id, its town and its instant. */
export type AuditPlace = { auditId: string; town: string; at: Date }

type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json }

/** JSON with sorted keys and nothing undefined: the same facts are always the same bytes. */
export function canonicalJson(value: Json): string {
  if (value === undefined) throw new TypeError('undefined has no canonical form')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value)

/** What stands for a personal field in the chain: nobody can guess the value from it without the salt. */
export function saltedHash(salt: string, value: string): string {
  return createHash('sha256').update(salt, 'utf8').update('\u0000').update(value, 'utf8').digest('hex')
}

/**
 * The bytes a row is proved by: `canonicalJson` of its facts, written out field by field because every act pays for it. The personal
 * fields are in them as salted hashes only.
 */
export function canonicalBytes(place: AuditPlace, entry: AuditEntry, personal: SaltedFields): Buffer {
  const hashes = Object.entries(personal).map(([name, { salt, value }]) => [name, saltedHash(salt, value)])
  return Buffer.from(canonicalText(place, entry, Object.fromEntries(hashes)), 'utf8')
}

/** The same with the salted hashes given. */
export function canonicalText(
  { auditId, town, at }: AuditPlace,
  { actor, act, subjectKind, subjectId, personId, requestId, cause }: AuditEntry,
  hashes: Readonly<Record<string, string>>,
): string {
  const say = JSON.stringify
  const office = actor.office === undefined ? '' : `,"office":${say(actor.office)}`
  const causeSaid = cause === undefined ? '' : `,"cause":${say(cause)}`
  const person = personId === undefined ? '' : `,"personId":${say(personId)}`
  const request = requestId === undefined ? '' : `,"requestId":${say(requestId)}`
  return (
    `{"act":${say(act)},"actor":{"id":${say(actor.id)},"kind":${say(actor.kind)}${office}},"at":"${at.toISOString()}",` +
    `"auditId":${say(auditId)}${causeSaid}${person},"personal":${canonicalJson(hashes)}${request},` +
    `"subjectId":${say(subjectId)},"subjectKind":${say(subjectKind)},"town":${say(town)}}`
  )
}

/** Whether a value and its salt are what the row was written with: proves a field that was erased and is shown again from elsewhere. */
export function provesField(canonical: Buffer, name: string, salt: string, value: string): boolean {
  const { personal } = JSON.parse(canonical.toString('utf8')) as { personal: Record<string, string> }
  return Object.hasOwn(personal, name) && personal[name] === saltedHash(salt, value)
}
