import { sql } from 'kysely'
import type { Commons } from '../../kernel/definition/index.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Localized } from '../../lib/localized.ts'
import type { Read } from '../../platform/database/transaction.ts'

/** A published version as its row says, without its text. */
export type ServiceVersion = {
  code: string
  version: number
  publishedAt: Date
  retiredAt: Date | undefined
  retireNotice: Localized | undefined
  /** The national version it is a town's version of. */
  baseVersion: number | undefined
}

/** The text a version was published from, with the common files it used. */
export type VersionText = { source: string; commons: Commons }

type Row = {
  service_code: string
  version: number
  published_at: Date
  retired_at: Date | null
  retire_notice: Localized | null
  base_version: number | null
}

/** Every version of every service, or of one, the newest first; those that begin on a day to come as well. */
export async function versionsOf(tx: Read, code?: string): Promise<ServiceVersion[]> {
  const { rows } = await sql<Row>`
    select service_code, version, published_at, retired_at, retire_notice, base_version from service_version
     where municipality_id = ${tx.town} and ${code === undefined ? sql`true` : sql`service_code = ${code}`}
     order by service_code, version desc`.execute(tx.q)
  return rows.map(row => ({
    code: row.service_code,
    version: row.version,
    publishedAt: row.published_at,
    retiredAt: row.retired_at ?? undefined,
    retireNotice: row.retire_notice ?? undefined,
    baseVersion: row.base_version ?? undefined,
  }))
}

type TextRow = { source: string; commons: Record<string, string> | null; base_version: number | null }
type BaseRow = TextRow & { base_source: string | null; base_commons: Record<string, string> | null }

/**
 * The text of a version, and the national text it was made from, where it is a town's version of one.
 * @throws NotFound `no-such-service`
 */
export async function textOfVersion(
  tx: Read,
  code: string,
  version: number,
): Promise<VersionText & { base: (VersionText & { version: number }) | undefined }> {
  const { rows } = await sql<BaseRow>`
    select source, commons, base_version, base_source, base_commons from service_version
     where municipality_id = ${tx.town} and service_code = ${code} and version = ${version}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-service', { code, version })
  return {
    source: row.source,
    commons: toCommons(row.commons),
    base:
      row.base_version !== null && row.base_source !== null
        ? { version: row.base_version, source: row.base_source, commons: toCommons(row.base_commons) }
        : undefined,
  }
}

const toCommons = (commons: Record<string, string> | null): Commons => new Map(Object.entries(commons ?? {}))

/** The codes of every service the town has published, retired ones among them. */
export async function serviceCodes(tx: Read): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct service_code as code from service_version where municipality_id = ${tx.town}`.execute(
    tx.q,
  )
  return rows.map(({ code }) => code)
}
