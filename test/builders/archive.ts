import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { addDocument } from '../../src/offices/archive/index.ts'
import type { Write } from '../../src/platform/database/transaction.ts'
import { builder } from './people.ts'

/** What their files hold: put where the files of a house are, the documents open. */
export const documentsMade: Buffer[] = []

/** A document that stands in the register only: its content is nowhere, which is enough for those who do not open it. */
export async function aDocument(
  tx: Write,
  of: { ownerId?: string; kind?: string; title?: string },
): Promise<string> {
  const made = documentsMade.length + 1
  const bytes = Buffer.from(`document ${made}`.padEnd(1000))
  documentsMade.push(bytes)
  const sha256 = createHash('sha256').update(bytes).digest()
  await sql`insert into file (municipality_id, sha256, size, type, stored_at)
            values (${tx.town}, ${sha256}, 1000, 'application/pdf', ${tx.now})`.execute(tx.q)
  return addDocument(tx, {
    admitted: { sha256, size: 1000, type: 'application/pdf', fileName: `paper-${made}.pdf`, pages: 1 },
    kind: of.kind ?? 'identity-card',
    title: of.title ?? 'paper',
    source: 'upload',
    by: builder,
    ...(of.ownerId !== undefined && { ownerId: of.ownerId }),
  })
}
