import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Read } from '../../platform/database/index.ts'
import { type Inspection, inBatches } from './model.ts'

type Row = {
  sha256: Buffer
  name: string
  size: number
  certificate: boolean
  destroyed: boolean
  listed: boolean
  removed: boolean
}

/** Every file the registers name is there, and what was lawfully destroyed is not; those of certificates, and with `deep` all, hold what their name says. */
export async function verifyFiles(inspection: Inspection): Promise<void> {
  const { town, files, deep, found } = inspection
  let known = 0
  let hashed = 0
  await inBatches(
    inspection,
    readFiles,
    row => row.name,
    async rows => {
      for (const row of rows) {
        known += 1
        const report = (code: string, details = {}) => found({ code, subject: row.name, details })
        if (row.destroyed) {
          if (!row.listed) report('emptied-without-act', { kind: 'file' })
          if (row.removed && (await files.exists(town.id, row.sha256))) report('destroyed-file-there')
        } else if (!(await files.exists(town.id, row.sha256)))
          report('file-missing', { certificate: row.certificate })
        else if (deep || row.certificate) {
          hashed += 1
          const held = await contentOf(inspection, row.sha256)
          if (held.sha256 !== row.name || held.size !== row.size)
            report('file-changed', { certificate: row.certificate, size: row.size, held: held.size })
        }
      }
    },
  )
  inspection.counted('files', known)
  inspection.counted('files read', hashed)
}

async function contentOf(
  { files, town }: Inspection,
  name: Buffer,
): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of await files.get(town.id, name)) {
    hash.update(chunk)
    size += chunk.length
  }
  return { sha256: hash.digest('hex'), size }
}

async function readFiles(tx: Read, after: string | undefined, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select f.sha256, encode(f.sha256, 'hex') as name, f.size, f.destroyed_at is not null as destroyed,
           coalesce(w.listed, false) as listed, coalesce(w.removed, false) as removed, exists (
             select 1 from certificate c where c.municipality_id = f.municipality_id and c.pdf_sha256 = f.sha256) as certificate
      from file f
      left join (select sha256, true as listed, bool_or(removed_at is not null) as removed from destruction_file
                  where municipality_id = ${tx.town} group by sha256) w on w.sha256 = f.sha256
     where f.municipality_id = ${tx.town} ${after === undefined ? sql`` : sql`and f.sha256 > decode(${after}, 'hex')`}
     order by f.sha256 limit ${limit}`.execute(tx.q)
  return rows
}
