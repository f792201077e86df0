import { sql } from 'kysely'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AdmittedFile, addDocument } from '../../archive/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { outgoingNumber } from '../model.ts'
import { getCertificate } from '../store.ts'

declare module '../../../platform/events.ts' {
  interface EventPayloads {
    /** A paper signed by hand came back and can be given out. */
    'certificates.hand-signed': { certificateId: string; requestId: string }
  }
}

/** Where a paper that is signed by hand stands. */
export type HandSigning = {
  certificateId: string
  requestId: string
  since: Date
  printedAt: Date | undefined
  returnedAt: Date | undefined
  scanId: string | undefined
}

type Row = {
  certificate_id: string
  request_id: string
  since: Date
  printed_at: Date | null
  returned_at: Date | null
  scan_document_id: string | null
}

const toHand = (row: Row): HandSigning => ({
  certificateId: row.certificate_id,
  requestId: row.request_id,
  since: row.since,
  printedAt: row.printed_at ?? undefined,
  returnedAt: row.returned_at ?? undefined,
  scanId: row.scan_document_id ?? undefined,
})

/** The paper goes to be signed by hand; from now on it waits. */
export async function sendToHand(tx: Write, certificateId: string, requestId: string): Promise<void> {
  await sql`insert into hand_signing (municipality_id, certificate_id, request_id, since)
    values (${tx.town}, ${certificateId}, ${requestId}, ${tx.now})`.execute(tx.q)
}

/** Where the papers of a request stand that are signed by hand. */
export async function handSigningsOf(tx: Read, requestId: string): Promise<HandSigning[]> {
  const { rows } =
    await sql<Row>`select certificate_id, request_id, since, printed_at, returned_at, scan_document_id from hand_signing
    where municipality_id = ${tx.town} and request_id = ${requestId} order by since`.execute(tx.q)
  return rows.map(toHand)
}

export async function handSigningOf(
  tx: Read,
  certificateId: string,
  lock = false,
): Promise<HandSigning | undefined> {
  const { rows } =
    await sql<Row>`select certificate_id, request_id, since, printed_at, returned_at, scan_document_id from hand_signing
    where municipality_id = ${tx.town} and certificate_id = ${certificateId} ${lock ? sql`for update` : sql``}`.execute(
      tx.q,
    )
  return rows.map(toHand)[0]
}

/** Papers out for a hand's signature, those out the longest first. */
export async function papersAtHand(tx: Read, limit = 100): Promise<HandSigning[]> {
  const { rows } =
    await sql<Row>`select certificate_id, request_id, since, printed_at, returned_at, scan_document_id from hand_signing
    where municipality_id = ${tx.town} and returned_at is null order by since limit ${limit}`.execute(tx.q)
  return rows.map(toHand)
}

/** Whether a request has a paper out for a hand's signature. */
export const isAtHand = async (tx: Read, requestId: string): Promise<boolean> =>
  (await handSigningsOf(tx, requestId)).some(({ returnedAt }) => returnedAt === undefined)

/** Nothing is given out that its signatory has still to sign by hand: Conflict `at-hand-signing`. */
export async function requireNoneAtHand(tx: Read, requestId: string, act: string): Promise<void> {
  if (await isAtHand(tx, requestId)) throw new Conflict('at-hand-signing', { act })
}

/** The sheet was printed to be signed; the first time counts. */
export async function markPrinted(tx: Write, certificateId: string, by: AuditActor): Promise<void> {
  const hand = await waitingHand(tx, certificateId)
  if (hand.printedAt) return
  await sql`update hand_signing set printed_at = ${tx.now}, printed_by = ${by.id}
    where municipality_id = ${tx.town} and certificate_id = ${certificateId}`.execute(tx.q)
  await recordFor(tx, certificateId, 'certificate.printed-for-hand', by)
}

/**
 * Takes the signed and sealed sheet back as a scan. `code` is what its QR code or the letters beside it say, or its outgoing number: it must
 * be this paper's, so that no sheet is filed under another.
 */
export async function takeBack(
  tx: Write,
  certificateId: string,
  input: { scan: AdmittedFile; code: string },
  by: AuditActor,
): Promise<{ scanId: string; requestId: string }> {
  const hand = await waitingHand(tx, certificateId)
  const certificate = await getCertificate(tx, certificateId)
  if (certificate.state !== 'valid') throw new Conflict('certificate-ended', { state: certificate.state })
  if (!names(input.code, certificate))
    throw new Conflict('another-paper', { number: outgoingNumber(certificate) })
  const scanId = await addDocument(tx, {
    admitted: input.scan,
    kind: certificate.kind,
    title: `${certificate.kept.title} ${outgoingNumber(certificate)}`,
    ownerId: certificate.personId,
    source: 'scan',
    by: { kind: by.kind, id: by.id },
  })
  await sql`update hand_signing set returned_at = ${tx.now}, returned_by = ${by.id}, scan_document_id = ${scanId},
      printed_at = coalesce(printed_at, ${tx.now}), printed_by = coalesce(printed_by, ${by.id})
    where municipality_id = ${tx.town} and certificate_id = ${certificateId}`.execute(tx.q)
  await recordFor(tx, certificateId, 'certificate.hand-signed', by)
  return { scanId, requestId: hand.requestId }
}

/** Whether what was read off a sheet names this paper: its code, the address in its QR code, or its number. */
export function names(read: string, of: { code: string; number: number; year: number }): boolean {
  const bare = (text: string) => text.toUpperCase().replace(/[^0-9A-Z/]/g, '')
  const typed = read.trim()
  if (bare(typed) === outgoingNumber(of)) return true
  return bare(typed.split('/').at(-1) ?? '') === bare(of.code)
}

async function waitingHand(tx: Write, certificateId: string): Promise<HandSigning> {
  const hand = await handSigningOf(tx, certificateId, true)
  if (!hand) throw new NotFound('not-by-hand')
  if (hand.returnedAt) throw new Conflict('already-hand-signed')
  return hand
}

async function recordFor(tx: Write, certificateId: string, act: string, by: AuditActor): Promise<void> {
  const { personId, requestId } = await getCertificate(tx, certificateId)
  await record(tx, {
    actor: by,
    act,
    subjectKind: 'certificate',
    subjectId: certificateId,
    personId,
    requestId,
  })
}
