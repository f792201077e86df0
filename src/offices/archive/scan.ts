import { Conflict } from '../../lib/errors.ts'
import type { House } from '../../platform/house.ts'
import { ScannerDown } from '../../platform/scanner/index.ts'
import type { ArchiveDocument, ScanState } from './model.ts'

/**
 * Shows bytes at the door to the scanner of the installation; undefined where it has none. A scanner that gives no verdict stops nobody
 * from handing in: the file waits, and is asked about again.
 */
export async function scanState(
  { scanner, log }: Pick<House, 'scanner' | 'log'>,
  bytes: Buffer,
): Promise<ScanState | undefined> {
  if (!scanner) return undefined
  try {
    return (await scanner.scan(bytes)).state
  } catch (error) {
    if (!(error instanceof ScannerDown)) throw error
    log.warn({ part: 'archive', err: error }, 'the virus scanner gives no verdict')
    return 'waiting'
  }
}

/** Refuses anything of a document the scanner found something in, its pictures included. */
export function refuseInfected({ scan }: Pick<ArchiveDocument, 'scan'>): void {
  if (scan === 'infected') throw new Conflict('document-infected')
}

/** Refuses to hand out the bytes as they came while they wait. Their pictures are drawn anew by us, and may be looked at. */
export function refuseUnscanned(document: Pick<ArchiveDocument, 'scan'>): void {
  refuseInfected(document)
  if (document.scan === 'waiting') throw new Conflict('document-waits-for-scan')
}
