import { sql } from 'kysely'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { ScannerDown, type ScanVerdict } from '../../platform/scanner/index.ts'
import { recordMany } from '../audit/index.ts'
import { readContent } from './admit.ts'

/** Files asked about in one go of the job. */
const mostAtOnce = 200

/** Asks about everything that waits, the oldest first, until the scanner gives no verdict. Safe to run twice. */
export async function scanWaiting(house: House, town: string): Promise<void> {
  const { scanner } = house
  if (!scanner) return
  for (const sha256 of await house.database.read(town, waiting)) {
    const state = await scanner.scan(await readContent(house, town, sha256)).catch(error => {
      if (!(error instanceof ScannerDown)) throw error
      house.log.warn({ part: 'archive', err: error }, 'files wait for the virus scanner')
      return undefined
    })
    if (!state) return
    await house.database.write(town, tx => keepVerdict(tx, sha256, state))
  }
}

async function waiting(tx: Read): Promise<Buffer[]> {
  const { rows } = await sql<{ sha256: Buffer }>`
    select sha256 from file_scan where municipality_id = ${tx.town} and state = 'waiting'
     order by asked_at, sha256 limit ${mostAtOnce}`.execute(tx.q)
  return rows.map(row => row.sha256)
}

/** Writes a verdict, and for each document of infected content that it is not handed out any more. */
async function keepVerdict(tx: Write, sha256: Buffer, verdict: ScanVerdict): Promise<void> {
  const signature = verdict.state === 'infected' ? verdict.signature : null
  const kept = await sql`
    update file_scan set state = ${verdict.state}, signature = ${signature}, scanned_at = ${tx.now}
     where municipality_id = ${tx.town} and sha256 = ${sha256} and state = 'waiting'`.execute(tx.q)
  if (verdict.state === 'clean' || kept.numAffectedRows !== 1n) return
  const { rows } = await sql<{ document_id: string; owner_id: string | null }>`
    select document_id, owner_id from document where municipality_id = ${tx.town} and sha256 = ${sha256}`.execute(
    tx.q,
  )
  await recordMany(
    tx,
    rows.map(row => ({
      actor: { kind: 'system', id: 'scanner' },
      act: 'document.infected',
      subjectKind: 'document',
      subjectId: row.document_id,
      personId: row.owner_id ?? undefined,
      cause: verdict.signature,
    })),
  )
}
