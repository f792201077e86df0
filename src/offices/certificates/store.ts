import { type RawBuilder, sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { samePerson } from '../people/index.ts'
import type { Certificate, CertificateState, Kept } from './model.ts'

type Row = {
  certificate_id: string
  output_id: string
  kind: string
  year: number
  number: number
  code: string
  request_id: string
  person_id: string
  template: string
  data: Kept
  document_id: string
  pdf_sha256: Buffer
  signed_by: string
  signed_office: string
  signed_at: Date
  valid_until: string | null
  state: CertificateState
  state_reason: string | null
  state_at: Date | null
  replaced_by: string | null
}

const columns = sql`c.certificate_id, c.output_id, c.kind, c.year, c.number, c.code, c.request_id, c.person_id, c.template, c.data,
  c.document_id, c.pdf_sha256, c.signed_by, c.signed_office, c.signed_at, c.valid_until::text, c.state, c.state_reason, c.state_at,
  c.replaced_by`

async function find(tx: Read, where: RawBuilder<unknown>): Promise<Certificate[]> {
  const { rows } = await sql<Row>`select ${columns} from certificate c
    where c.municipality_id = ${tx.town} and ${where}`.execute(tx.q)
  return rows.map(toCertificate)
}

export async function findByCode(tx: Read, code: string): Promise<Certificate | undefined> {
  return (await find(tx, sql`c.code = ${code}`))[0]
}

/** By the file as it was issued: any change to it makes it another file. */
export async function findByFile(tx: Read, sha256: Buffer): Promise<Certificate | undefined> {
  return (await find(tx, sql`c.pdf_sha256 = ${sha256}`))[0]
}

/** The certificate, whoever asks: the caller has already decided that they may. */
export async function getCertificate(tx: Read, id: string, lock = false): Promise<Certificate> {
  const [certificate] = await find(tx, sql`c.certificate_id = ${id} ${lock ? sql`for update` : sql``}`)
  if (!certificate) throw new NotFound('no-such-certificate')
  return certificate
}

/** The certificate if its request is one the actor may see; `visible` is a condition over `request r`. */
export async function findVisible(
  tx: Read,
  id: string,
  visible: RawBuilder<boolean>,
): Promise<Certificate | undefined> {
  const seen = sql`exists (select 1 from request r where r.municipality_id = c.municipality_id and r.request_id = c.request_id
    and ${visible})`
  return (await find(tx, sql`c.certificate_id = ${id} and ${seen}`))[0]
}

/** What a request ended in, in the order of issue. */
export function certificatesOfRequest(tx: Read, requestId: string): Promise<Certificate[]> {
  return find(tx, sql`c.request_id = ${requestId} order by c.signed_at, c.certificate_id`)
}

export function certificatesOfPerson(tx: Read, personId: string, limit = 50): Promise<Certificate[]> {
  return find(tx, sql`c.person_id = any(${samePerson(personId)}) order by c.signed_at desc limit ${limit}`)
}

export type NewCertificate = Omit<Certificate, 'state' | 'stateReason' | 'stateAt' | 'replacedBy'>

export async function insertCertificate(tx: Write, it: NewCertificate): Promise<void> {
  await sql`insert into certificate (municipality_id, certificate_id, output_id, kind, year, number, code, request_id, person_id,
      template, data, document_id, pdf_sha256, signed_by, signed_office, signed_at, valid_until, state)
    values (${tx.town}, ${it.id}, ${it.outputId}, ${it.kind}, ${it.year}, ${it.number}, ${it.code}, ${it.requestId}, ${it.personId},
      ${it.template}, ${JSON.stringify(it.kept)}, ${it.documentId}, ${it.pdfSha256}, ${it.signer.staffId}, ${it.signer.office},
      ${it.signedAt}, ${it.validUntil ?? null}, 'valid')`.execute(tx.q)
}

/** Ends a valid certificate: revoked, or replaced by another. Nothing else of it can ever be changed. */
export async function endCertificate(
  tx: Write,
  id: string,
  end: { state: 'revoked' | 'replaced'; reason: string; replacedBy?: string },
): Promise<void> {
  await sql`update certificate set state = ${end.state}, state_reason = ${end.reason}, state_at = ${tx.now},
      replaced_by = ${end.replacedBy ?? null}
    where municipality_id = ${tx.town} and certificate_id = ${id}`.execute(tx.q)
}

/** The next outgoing number (صادر) of a year, without gaps: it is given back if the transaction is undone. */
export async function nextOutgoing(tx: Write, year: number): Promise<number> {
  const { rows } = await sql<{
    number: number
  }>`select next_number('outgoing', ${year}::int) as number`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error('the series gave no number')
  return row.number
}

function toCertificate(row: Row): Certificate {
  return {
    id: row.certificate_id,
    outputId: row.output_id,
    kind: row.kind,
    year: row.year,
    number: row.number,
    code: row.code,
    requestId: row.request_id,
    personId: row.person_id,
    template: row.template,
    kept: row.data,
    documentId: row.document_id,
    pdfSha256: row.pdf_sha256,
    signer: { staffId: row.signed_by, office: row.signed_office, ...row.data.signer },
    signedAt: row.signed_at,
    validUntil: (row.valid_until as CalendarDate | null) ?? undefined,
    state: row.state,
    stateReason: row.state_reason ?? undefined,
    stateAt: row.state_at ?? undefined,
    replacedBy: row.replaced_by ?? undefined,
  }
}
