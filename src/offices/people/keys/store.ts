import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'

/** A key of a partner's program; the key itself is known to nobody here. */
export type ApiKey = {
  id: string
  name: string
  scopes: string[]
  createdAt: Date
  /** Who of the staff made it; undefined where an operator did by command. */
  madeBy: string | undefined
  /** Within the hour. */
  usedAt: Date | undefined
  revokedAt: Date | undefined
}

type Row = {
  key_id: string
  name: string
  scopes: string[]
  created_at: Date
  made_by: string | null
  used_at: Date | null
  revoked_at: Date | null
}

const columns = sql`key_id, name, scopes, created_at, made_by, used_at, revoked_at`

const toKey = (row: Row): ApiKey => ({
  id: row.key_id,
  name: row.name,
  scopes: row.scopes,
  createdAt: row.created_at,
  madeBy: row.made_by ?? undefined,
  usedAt: row.used_at ?? undefined,
  revokedAt: row.revoked_at ?? undefined,
})

/** All keys of the town, those that open something first. */
export async function apiKeys(tx: Read): Promise<ApiKey[]> {
  const { rows } = await sql<Row>`
    select ${columns} from api_key where municipality_id = ${tx.town}
     order by (revoked_at is not null), created_at desc limit 200`.execute(tx.q)
  return rows.map(toKey)
}

/** The keys somebody made. */
export async function keysMadeBy(tx: Read, staffId: string): Promise<ApiKey[]> {
  const { rows } = await sql<Row>`
    select ${columns} from api_key where municipality_id = ${tx.town} and made_by = ${staffId}
     order by created_at desc limit 50`.execute(tx.q)
  return rows.map(toKey)
}

/** Ends a key; nothing opens by it any more. Gives its name. */
export async function revokeKey(tx: Write, id: string, by: AuditActor): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    update api_key set revoked_at = coalesce(revoked_at, ${tx.now}), revoked_by = coalesce(revoked_by, ${by.kind === 'staff' ? by.id : null})
     where municipality_id = ${tx.town} and key_id = ${id} returning name`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-key')
  await record(tx, {
    actor: by,
    act: 'people.api-key-revoked',
    subjectKind: 'api-key',
    subjectId: id,
    cause: row.name,
  })
  return row.name
}
