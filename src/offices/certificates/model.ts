import type { CalendarDate } from '../../lib/calendar.ts'
import type { Body, Told } from './paper/body.ts'
import type { OutputForm } from './signing/register.ts'

/** Who signs, as it stands on the paper. */
export type Signer = {
  readonly staffId: string
  readonly name: string
  readonly title: string
  /** Code of the office whose authority it is. */
  readonly office: string
}

/** Templates that ship with the house; a service's output names one. */
const templateNames = [
  'residence-certificate',
  'electricity-contract',
  'water-contract',
  'clearance',
  'letter',
  'paper',
] as const
export type TemplateName = (typeof templateNames)[number]

export type IssueInput = {
  /** The output of the service's definition. */
  outputId: string
  /** certificate, contract, licence or letter; also the archive's kind of the document. */
  kind: string
  template: string
  /** What it is called: the output's name in Arabic. */
  title: string
  requestId: string
  personId: string
  /** What the request tells of itself: `requestNumber`, `answers`, `stepFields`, `read`. Of it only what the paper shows is kept. */
  data: Told
  signer: Signer
  validDays?: number | undefined
  /** How it is signed; as it is, unless said. */
  form?: OutputForm | undefined
}

export type IssuedCertificate = {
  certificateId: string
  code: string
  number: number
  year: number
  documentId: string
}

/** What is kept beside the columns, so that a paper can be verified and issued again. No identity numbers, no phones. */
export type Kept = {
  readonly title: string
  readonly requestNumber: string
  readonly validDays: number | null
  readonly signer: { readonly name: string; readonly title: string }
  /** The name whole, and as the public page shows it. */
  readonly holder: { readonly name: string; readonly masked: string }
  readonly body: Body
}

export type CertificateState = 'valid' | 'revoked' | 'replaced'

export type Certificate = {
  readonly id: string
  readonly outputId: string
  readonly kind: string
  readonly year: number
  readonly number: number
  readonly code: string
  readonly requestId: string
  readonly personId: string
  readonly template: string
  readonly kept: Kept
  readonly documentId: string
  readonly pdfSha256: Buffer
  readonly signer: Signer
  readonly signedAt: Date
  readonly validUntil: CalendarDate | undefined
  readonly state: CertificateState
  readonly stateReason: string | undefined
  readonly stateAt: Date | undefined
  readonly replacedBy: string | undefined
}

/** How a certificate stands on a day: its state, or the end of its term. */
export type Standing = CertificateState | 'expired'

export function standingOn(
  certificate: Pick<Certificate, 'state' | 'validUntil'>,
  day: CalendarDate,
): Standing {
  if (certificate.state !== 'valid') return certificate.state
  return certificate.validUntil !== undefined && certificate.validUntil < day ? 'expired' : 'valid'
}

/** «312/2026». */
export const outgoingNumber = (of: { number: number; year: number }): string => `${of.number}/${of.year}`

/**
 * A name by which whoever holds the paper can compare, and from which nobody else learns who it is: the first name whole, of the others
 * the first letter. An organisation's name is public.
 */
export function maskName(
  kind: 'natural' | 'organisation',
  name: { first: string; father: string; grandfather: string; family: string },
): string {
  if (kind === 'organisation') return name.first
  const letters = [name.father, name.grandfather, name.family]
    .map(part => Array.from(part.trim().replace(/^ال(?=..)/u, ''))[0])
    .filter(letter => letter !== undefined)
  return [name.first, ...letters.map(letter => `${letter}.`)].join(' ')
}
