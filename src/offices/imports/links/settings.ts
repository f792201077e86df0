import { z } from 'zod'
import type { Fault } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { SourceKind } from '../model.ts'
import { sourceKeys } from '../sealed.ts'
import { sealedLink } from '../sources.ts'
import { refusalOf } from './statement.ts'

const longestStatement = 8_000

/** Where a present program keeps its data, and the statement that asks for it. Sealed wherever it is kept. */
export const link = z.object({
  host: z.string().min(1).max(200),
  port: z.number().int().min(1).max(65_535),
  database: z.string().min(1).max(120),
  user: z.string().min(1).max(120),
  password: z.string().max(200),
  tls: z.boolean(),
  statement: z.string().min(1).max(longestStatement),
})
export type Link = z.infer<typeof link>

export const usualPort: Record<Exclude<SourceKind, 'file'>, number> = { postgresql: 5432, 'sql-server': 1433 }

export type TypedLink = Record<
  'host' | 'port' | 'database' | 'user' | 'password' | 'tls' | 'statement',
  string
>

/** Reads a link as typed; a password left empty is the one that is kept. */
export function readLink(
  typed: TypedLink,
  kept: Link | undefined,
): { ok: true; value: Link } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  for (const field of ['host', 'database', 'user', 'statement'] as const)
    if (typed[field].trim() === '') faults.push({ field, code: `${field}-missing` })
  const password = typed.password === '' ? kept?.password : typed.password
  if (password === undefined) faults.push({ field: 'password', code: 'password-missing' })
  const port = Number(typed.port)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    faults.push({ field: 'port', code: 'not-a-number' })
  const statement = typed.statement.trim()
  const isRead = statement !== '' && statement.length <= longestStatement
  const refusal = isRead ? refusalOf(statement) : undefined
  if (refusal) faults.push({ field: 'statement', code: refusal })
  if (faults.length > 0) return { ok: false, faults }
  const read = link.safeParse({
    host: typed.host.trim(),
    port,
    database: typed.database.trim(),
    user: typed.user.trim(),
    password,
    tls: typed.tls !== '',
    statement,
  })
  return read.success
    ? { ok: true, value: read.data }
    : {
        ok: false,
        faults: read.error.issues.map(each => ({ field: String(each.path[0]), code: 'too-long' })),
      }
}

/** The link of a source in clear; undefined where none is kept. */
export async function linkOf(
  tx: Read,
  house: Pick<House, 'crypto'>,
  sourceId: string,
): Promise<Link | undefined> {
  const sealed = await sealedLink(tx, sourceId)
  return sealed && link.parse(sourceKeys(house.crypto, tx.town, sourceId).open(sealed))
}
