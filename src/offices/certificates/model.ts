import type { CalendarDate } from '../../lib/calendar.ts'

/** Who signs, as it stands on the paper. */
export type Signer = {
  readonly staffId: string
  readonly name: string
  readonly title: string
  /** Code of the office whose authority it is. */
  readonly office: string
}

/** Templates that ship with the house; a service's output names one. */
export const templateNames = ['residence-certificate', 'electricity-contract', 'letter'] as const
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
  /** What the template asks for beside the person (see `templates.ts`). Identity numbers and phones never stand in it. */
  data: Readonly<Record<string, unknown>>
  signer: Signer
  validDays?: number | undefined
}

export type IssuedCertificate = { certificateId: string; code: string; number: number; year: number; documentId: string }

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
  readonly title: string
  readonly holderName: string
  readonly data: Readonly<Record<string, unknown>>
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
