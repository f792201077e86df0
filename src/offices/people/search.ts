import { type RawBuilder, sql } from 'kysely'
import { normaliseForSearch, searchTokens, stripControls, toWesternDigits } from '../../lib/arabic.ts'
import { maskId } from '../../lib/national-id.ts'
import { parsePhone } from '../../lib/phone.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read } from '../../platform/database/index.ts'
import { idCandidates, indexPhone, openId } from './identity.ts'
import type { FoundPerson, HomeAddress, PersonKind } from './model.ts'

export type FoundPeople = {
  /** How the text was understood; `nothing` when it is too short to look for. */
  by: 'name' | 'number' | 'nothing'
  people: FoundPerson[]
  /** More were found than are given. */
  more: boolean
}

export type FoundRow = {
  person_id: string
  kind: PersonKind
  display_name: string
  mother_name: string
  birth_date: string | null
  id_sealed: Buffer | null
  address: Partial<HomeAddress>
}

/** After every character a name can hold: the end of a range of texts that begin alike. */
const last = '\u{10FFFF}'
/** Before every sign a word can go on with. */
const first = '\u0001'
/** A word so many people have is not counted further. */
const common = 5_000
const shortestToken = 2

export const foundColumns = sql.raw(
  'p.person_id, p.kind, p.display_name, p.mother_name, p.birth_date, p.id_sealed, p.address',
)

/**
 * The one box that finds people: by name in any spelling, by telephone, by the number of a document. It uses only what row-level
 * security lets an index answer: equality, and ranges over normalised tokens.
 */
export async function findPeople(
  tx: Read,
  crypto: Crypto,
  text: string,
  { limit = 20 }: { limit?: number } = {},
): Promise<FoundPeople> {
  const asked = searchFor(tx, crypto, text, limit + 1)
  if (!asked) return { by: 'nothing', people: [], more: false }
  const { rows } = await asked.query.execute(tx.q)
  const people = rows.slice(0, limit).map(row => toFound(tx, crypto, row))
  return { by: asked.by, people, more: rows.length > limit }
}

/** The statement a text is looked for with; a test reads its plan. */
export function searchFor(
  tx: Read,
  crypto: Crypto,
  text: string,
  limit: number,
): { by: 'name' | 'number'; query: RawBuilder<FoundRow> } | undefined {
  const typed = toWesternDigits(stripControls(text)).trim().slice(0, 120)
  const by = /\d/.test(typed) ? 'number' : 'name'
  const query = by === 'number' ? byNumber(tx, crypto, typed, limit) : byName(tx, typed, limit)
  return query && { by, query }
}

/** People whose name has all these words, the last of which may be a beginning. Whole names come first, then beginnings, then the rest. */
export async function searchPeople(
  tx: Read,
  crypto: Crypto,
  text: string,
  { limit = 20 }: { limit?: number } = {},
): Promise<FoundPerson[]> {
  const query = byName(tx, stripControls(text).slice(0, 120), limit)
  return query ? (await query.execute(tx.q)).rows.map(row => toFound(tx, crypto, row)) : []
}

/**
 * Names that begin as typed stand ready in the order of an index, also as they are mostly typed: without the grandfather's, or first and family
 * name alone. Only when they do not fill the list are the words asked. So «محمد» reads some 60 rows and not the thousands who have it somewhere
 * in their name, and «محمد أحمد قطب» in a large town no more.
 */
function byName(tx: Read, text: string, limit: number): RawBuilder<FoundRow> | undefined {
  const whole = normaliseForSearch(text)
  const tokens = searchTokens(text)
  const prefix = tokens.pop()
  if (prefix === undefined || prefix.length < shortestToken) return undefined
  // Said as a number, so that a plan kept for any words reads in order and stops.
  const few = sql.lit(limit)
  const begins = (column: string, rank: number) => {
    const name = sql`${sql.ref(`p.${column}`)} collate "C"`
    return sql`(
      select coalesce(p.survivor_id, p.person_id) as person_id, p.sort_name, ${sql.lit(rank)} as rank from person p
       where p.municipality_id = ${tx.town} and ${name} >= ${whole} and ${name} < ${whole + last}
       order by ${name} limit ${few})`
  }
  return sql<FoundRow>`
    with recursive beginning as materialized (
      ${begins('sort_name', 1)} union all ${begins('name_without_third', 2)} union all ${begins('name_of_ends', 2)}),
    ${elsewhere(tx, { whole, tokens, prefix, limit })},
    named as (select person_id, sort_name, rank from beginning union all select person_id, sort_name, 3 from elsewhere),
    found as (select distinct on (person_id) person_id, sort_name, rank from named order by person_id, sort_name = ${whole} desc, rank)
    select ${foundColumns} from found f join person p on p.municipality_id = ${tx.town} and p.person_id = f.person_id
     order by f.sort_name = ${whole} desc, f.rank, f.sort_name collate "C", p.birth_date, p.person_id
     limit ${limit}`
}

/**
 * People with all these words anywhere in their name, in order, where the beginnings leave room. Each word of a name is listed with the whole
 * name: those who have the rarest are gone through in the index, the other words looked for in the name beside it, and only whoever seems to
 * have them all is visited. A word of which the beginning is typed stands for each that begins so, one list after another. (`offset 0`
 * keeps the index's order whatever PostgreSQL expects of the words beside it.)
 */
function elsewhere(
  tx: Read,
  { whole, tokens, prefix, limit }: { whole: string; tokens: string[]; prefix: string; limit: number },
): RawBuilder<unknown> {
  const words = [...tokens, prefix]
  const ends = [...tokens.map(token => token + first), prefix + last]
  const spelling = (from: RawBuilder<unknown>, upTo: RawBuilder<unknown>) => sql`
    (select t.token from person_token t where t.municipality_id = ${tx.town} and ${from} and t.token < ${upTo} order by t.token limit 1)`
  return sql`
    rarest as (
      select word.token, word.up_to from unnest(${words}::text[], ${ends}::text[]) with ordinality word(token, up_to, place)
       cross join lateral (
         select count(*) as people from (
           select from person_token t where t.municipality_id = ${tx.town} and t.token >= word.token and t.token < word.up_to
            limit ${sql.lit(words.length === 1 ? 0 : common)}) bearer) counted
       where (select count(distinct person_id) from beginning) < ${limit}
       order by counted.people, word.place desc limit 1),
    spelling as (
      select ${spelling(sql`t.token >= r.token`, sql`r.up_to`)} as token, r.up_to from rarest r
      union all
      select ${spelling(sql`t.token > s.token`, sql`s.up_to`)}, s.up_to from spelling s where s.token is not null),
    having_all as (
      select distinct each.person_id, each.sort_name
        from spelling s cross join lateral (
          select t.person_id, t.sort_name
            from (select person_id, sort_name from person_token
                   where municipality_id = ${tx.town} and token = s.token order by sort_name offset 0) t
           where not (t.sort_name >= ${whole} and t.sort_name < ${whole + last})
             and t.sort_name like all (${words.map(word => `%${word}%`)}::text[])
             and (select array_agg(o.token) @> ${tokens}::text[] and bool_or(o.token >= ${prefix} and o.token < ${prefix + last})
                    from person_token o where o.municipality_id = ${tx.town} and o.person_id = t.person_id)
           order by t.sort_name limit ${sql.lit(limit)}) each
       order by each.sort_name limit ${sql.lit(limit)}),
    elsewhere as (
      select coalesce(p.survivor_id, p.person_id) as person_id, h.sort_name
        from having_all h join person p on p.municipality_id = ${tx.town} and p.person_id = h.person_id)`
}

function byNumber(tx: Read, crypto: Crypto, typed: string, limit: number): RawBuilder<FoundRow> | undefined {
  const keys = { tx, crypto }
  const phone = parsePhone(typed)
  const ids = idCandidates(keys, typed)
  const phones = phone.ok ? [indexPhone(keys, phone.value.e164)] : []
  if (ids.length + phones.length === 0) return undefined
  return sql<FoundRow>`
    select ${foundColumns} from person p
     where p.municipality_id = ${tx.town} and p.person_id in (
       select coalesce(survivor_id, person_id) from person where municipality_id = ${tx.town} and id_index = any(${ids}::bytea[])
       union
       select l.person_id from citizen_login l where l.municipality_id = ${tx.town} and l.claimed_id_index = any(${ids}::bytea[])
       union
       select coalesce(o.survivor_id, o.person_id) from person_phone f
         join person o on o.municipality_id = f.municipality_id and o.person_id = f.person_id
        where f.municipality_id = ${tx.town} and f.phone_index = any(${phones}::bytea[]) and f.ended_at is null)
     order by p.sort_name collate "C", p.birth_date, p.person_id
     limit ${limit}`
}

export function toFound(tx: Read, crypto: Crypto, row: FoundRow): FoundPerson {
  return {
    id: row.person_id,
    kind: row.kind,
    displayName: row.display_name,
    motherName: row.mother_name,
    birthYear: row.birth_date === null ? undefined : Number(row.birth_date.slice(0, 4)),
    maskedId: row.id_sealed ? maskId(openId({ tx, crypto }, row.id_sealed)) : '',
    quarter: row.address.quarter ?? '',
  }
}
