import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { type CompiledService, compileService, parseService } from '../../kernel/definition/index.ts'
import { searchTokens } from '../../lib/arabic.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import type { ServiceText } from './text.ts'

/** A published version on the shelf. */
export type CatalogueService = {
  code: string
  version: number
  retired: boolean
  /** It ends on a day to come, and these are the words that say so. */
  ending?: { at: Date; words: Localized | undefined } | undefined
  service: CompiledService
}

/** What a town offers: the newest version of each service, and any version by number for requests that run under it. */
export type Catalogue = {
  /** The newest version of every service, those retired as well. */
  newest: CatalogueService[]
  /** Newest versions that are not retired, in the order of their codes. */
  offered: CatalogueService[]
  find(code: string): CatalogueService | undefined
  /** Whether this version is known: one published a moment ago may not be in a copy kept for seconds. */
  has(code: string, version: number): boolean
  /** The version a request runs under, also where a clock that was put back says that it is yet to come; versions are never removed. */
  get(code: string, version: number): CatalogueService
  search(text: string): CatalogueService[]
}

type Row = {
  service_code: string
  version: number
  hash: string
  published: boolean
  retired: boolean
  retired_at: Date | null
  retire_notice: Localized | null
}

/** Compiled services by hash of their text: the same text is compiled once for all towns. */
const compiled = new Map<string, CompiledService>()
/** Texts fetched and not looked at yet, by their hash. */
const unread = new Map<string, ServiceText>()

/** Which text is a version of a town's: a version keeps its text for good. */
const hashes = new Map<string, string>()

/** The service a request runs under; asks the database only where this process has not met the version before. */
export async function serviceOf(tx: Read, code: string, version: number): Promise<CompiledService> {
  const hash = hashes.get(`${tx.town} ${versionKey(code, version)}`)
  return hash === undefined ? (await catalogueOf(tx)).get(code, version).service : compiledBy(hash)
}

/** The town's catalogue as published at this instant: one query, and one more for texts not met before. */
export async function catalogueOf(tx: Read): Promise<Catalogue> {
  const { rows } = await sql<Row>`
    select service_code, version, hash, published_at <= ${tx.now} as published,
           (retired_at is not null and retired_at <= ${tx.now}) as retired, retired_at, retire_notice
      from service_version
     where municipality_id = ${tx.town}
     order by service_code, version`.execute(tx.q)
  await fetchUnknown(tx, rows)
  // What a transaction that writes has seen may be undone with it.
  if (tx.mode === 'read')
    for (const { service_code, version, hash } of rows)
      hashes.set(`${tx.town} ${versionKey(service_code, version)}`, hash)
  const all = rows.map(row => ({
    code: row.service_code,
    version: row.version,
    published: row.published,
    retired: row.retired,
    ending:
      row.retired_at && !row.retired
        ? { at: row.retired_at, words: row.retire_notice ?? undefined }
        : undefined,
    get service() {
      return compiledBy(row.hash)
    },
  }))
  const newest = new Map(all.filter(each => each.published).map(each => [each.code, each]))
  const versions = new Map(all.map(each => [versionKey(each.code, each.version), each]))
  const offered = [...newest.values()].filter(each => !each.retired)
  return {
    newest: [...newest.values()],
    offered,
    find: code => newest.get(code),
    has: (code, version) => versions.has(versionKey(code, version)),
    get(code, version) {
      const found = versions.get(versionKey(code, version))
      if (!found) throw new NotFound('no-such-service', { code, version })
      return found
    },
    search: text => searchServices(offered, text),
  }
}

const versionKey = (code: string, version: number): string => `${code}/${version}`

async function fetchUnknown(tx: Read, rows: Row[]): Promise<void> {
  const unknown = rows.filter(row => !compiled.has(row.hash) && !unread.has(row.hash)).map(row => row.hash)
  if (unknown.length === 0) return
  const texts = await sql<{ hash: string; source: string; commons: Record<string, string> }>`
    select distinct on (hash) hash, source, commons from service_version
     where municipality_id = ${tx.town} and hash = any(${unknown})`.execute(tx.q)
  for (const { hash, source, commons } of texts.rows) {
    unread.set(hash, { source, commons: new Map(Object.entries(commons)) })
  }
}

/** Reads and compiles a text when somebody first looks at the service: whoever asks for one does not wait for all. */
function compiledBy(hash: string): CompiledService {
  const known = compiled.get(hash)
  if (known) return known
  const text = unread.get(hash)
  if (!text) throw new Error(`service ${hash} was not fetched`)
  const read = parseService(text.source, text.commons)
  if (!read.ok) throw new Error(`a published service no longer reads: ${read.faults[0]?.path}`)
  const service = compileService(read.definition)
  compiled.set(hash, service)
  unread.delete(hash)
  return service
}

/** Services whose name, summary or keywords hold a word beginning with each word asked for; Arabic spelling variants are one. */
function searchServices(offered: CatalogueService[], text: string): CatalogueService[] {
  const asked = searchTokens(text)
  if (asked.length === 0) return offered
  return offered.filter(({ service }) => {
    const words = wordsOf(service)
    return asked.every(each => words.some(word => word.startsWith(each)))
  })
}

const words = new WeakMap<CompiledService, readonly string[]>()

/** What a service is found by; a word with its article is found without it too. */
function wordsOf(service: CompiledService): readonly string[] {
  let known = words.get(service)
  if (!known) {
    const { code, name, summary, keywords } = service.definition
    const all = searchTokens([code, name.ar, name.en, summary.ar, summary.en, ...keywords].join(' '))
    known = [...new Set(all.flatMap(word => [word, withoutArticle(word)]))]
    words.set(service, known)
  }
  return known
}

/** Reads what towns offer before anybody asks for it, a service at a time, so that nobody waits behind it. */
export async function readAhead(
  { database }: Pick<House, 'database'>,
  towns: readonly string[],
): Promise<void> {
  for (const town of towns) {
    const { offered } = await database.read(town, catalogueOf)
    for (const each of offered) {
      compiledOf(each)
      await setImmediate()
    }
  }
}

const compiledOf = ({ service }: CatalogueService): CompiledService => service

const withoutArticle = (word: string) => (word.startsWith('ال') && word.length > 4 ? word.slice(2) : word)
