import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { daysOpen, type LinkKind, readCode, type ShortLink } from './model.ts'
import type { PlannedLink } from './plan.ts'

const dayMs = 86_400_000

type Keys = Pick<House, 'crypto'>
const hashOf = ({ crypto }: Keys, town: string, code: string): Buffer =>
  crypto.blindIndex(town, 'short-link', code)

/** A link as its row is written: of its code the hash alone, under the town's own key. Bytes are base64. */
export function linkRow(
  house: Keys,
  at: { town: string; now: Date },
  { code, kind, about = [] }: PlannedLink,
) {
  return {
    link_id: newId(at.now),
    code_hash: hashOf(house, at.town, code).toString('base64'),
    kind,
    about: about.length > 0 ? about.join(' ') : null,
    expires_at: new Date(at.now.getTime() + daysOpen[kind] * dayMs),
  }
}

export type LinkRow = ReturnType<typeof linkRow>

/** Writes down the links of a message, in the transaction that plans it. */
export async function addLinks(tx: Write, house: Keys, links: readonly PlannedLink[]): Promise<void> {
  for (const link of links) {
    const { link_id: id, code_hash: hash, kind, about, expires_at: expiresAt } = linkRow(house, tx, link)
    await sql`
      insert into short_link (municipality_id, link_id, code_hash, kind, request_id, about, made_at, expires_at, tries)
      values (${tx.town}, ${id}, decode(${hash}, 'base64'), ${kind}, ${link.requestId}, ${about}, ${tx.now}, ${expiresAt}, 0)`.execute(
      tx.q,
    )
  }
}

type Row = {
  link_id: string
  kind: LinkKind
  request_id: string
  about: string | null
  expires_at: Date
  tries: number
}

/** The link of a code that has not expired; undefined else, and nothing tells why. */
export async function findLink(
  tx: Read,
  house: Keys,
  typed: string,
  lock = false,
): Promise<ShortLink | undefined> {
  const code = readCode(typed)
  if (!code) return undefined
  const { rows } = await sql<Row>`
    select link_id, kind, request_id, about, expires_at, tries from short_link
     where municipality_id = ${tx.town} and code_hash = ${hashOf(house, tx.town, code)} and expires_at > ${tx.now}
     ${lock ? sql`for update` : sql``}`.execute(tx.q)
  const [row] = rows
  return (
    row && {
      id: row.link_id,
      kind: row.kind,
      requestId: row.request_id,
      about: row.about?.split(' ') ?? [],
      expiresAt: row.expires_at,
      tries: row.tries,
    }
  )
}

/** Notes that a link was opened for the first time. */
export async function noteOpened(tx: Write, id: string): Promise<void> {
  await sql`update short_link set opened_at = ${tx.now}
    where municipality_id = ${tx.town} and link_id = ${id} and opened_at is null`.execute(tx.q)
}

/** Counts a sending through a link; gives which one it is. */
export async function countTry(tx: Write, id: string): Promise<number> {
  const { rows } = await sql<{ tries: number }>`update short_link set tries = tries + 1
    where municipality_id = ${tx.town} and link_id = ${id} returning tries`.execute(tx.q)
  return rows[0]?.tries ?? 0
}
