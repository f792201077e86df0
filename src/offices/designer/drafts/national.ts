import { sql } from 'kysely'
import type { Commons } from '../../../kernel/definition/index.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import type { NationalBase } from '../model.ts'

/** The texts of services as they came with the product: what a town's versions are held against. */

type Row = { version: number; source: string; commons: Record<string, string> }

const toBase = ({ version, source, commons }: Row): NationalBase => ({
  version,
  source,
  commons: new Map(Object.entries(commons)),
})

/** The national text of a version; undefined for one the town wrote. */
export async function nationalVersion(
  tx: Read,
  code: string,
  version: number,
): Promise<NationalBase | undefined> {
  const { rows } = await sql<Row>`
    select version, source, commons from national_service
     where municipality_id = ${tx.town} and service_code = ${code} and version = ${version}`.execute(tx.q)
  return rows.map(toBase)[0]
}

/** The newest national text of each service. */
export async function newestNational(tx: Read): Promise<Map<string, NationalBase>> {
  const { rows } = await sql<Row & { service_code: string }>`
    select distinct on (service_code) service_code, version, source, commons from national_service
     where municipality_id = ${tx.town} order by service_code, version desc`.execute(tx.q)
  return new Map(rows.map(row => [row.service_code, toBase(row)]))
}

/** Keeps a text that came with the product; one that is kept already stays as it is. */
export async function rememberNational(
  tx: Write,
  of: { code: string; version: number; source: string; commons: Commons },
): Promise<void> {
  await sql`
    insert into national_service (municipality_id, service_code, version, source, commons, came_at)
    values (${tx.town}, ${of.code}, ${of.version}, ${of.source}, ${JSON.stringify(Object.fromEntries(of.commons))}::jsonb, ${tx.now})
    on conflict do nothing`.execute(tx.q)
}
