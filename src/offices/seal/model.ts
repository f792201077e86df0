import { hash } from 'node:crypto'
import { canonicalJson } from '../audit/index.ts'

/** What is sealed, each under its own table's id. */
export const kinds = ['audit', 'document', 'certificate', 'receipt'] as const
export type Kind = (typeof kinds)[number]

/** How a column of a register stands in its leaf: as it is, as an instant, as bytes in hexadecimal, or by its SHA-256 alone. */
type Form = 'plain' | 'instant' | 'bytes' | 'digest'
type Register = { table: string; id: string; fields: Readonly<Record<string, Form>> }

/**
 * What of a register's row can never change, and so is sealed. What is personal in it stands by its digest; what the row came to later (a
 * certificate's state, a receipt's counter-entry) is an act of its own in the audit.
 */
export const registers: Readonly<Record<Exclude<Kind, 'audit'>, Register>> = {
  document: {
    table: 'document',
    id: 'document_id',
    fields: {
      sha256: 'bytes',
      type: 'plain',
      size: 'plain',
      pages: 'plain',
      kind: 'plain',
      owner_id: 'plain',
      valid_until: 'plain',
      source: 'plain',
      added_by_kind: 'plain',
      added_by: 'plain',
      added_at: 'instant',
    },
  },
  certificate: {
    table: 'certificate',
    id: 'certificate_id',
    fields: {
      output_id: 'plain',
      kind: 'plain',
      year: 'plain',
      number: 'plain',
      code: 'plain',
      request_id: 'plain',
      person_id: 'plain',
      template: 'plain',
      data: 'digest',
      document_id: 'plain',
      pdf_sha256: 'bytes',
      signed_by: 'plain',
      signed_office: 'plain',
      signed_at: 'instant',
      valid_until: 'plain',
    },
  },
  receipt: {
    table: 'receipt',
    id: 'receipt_id',
    fields: {
      book: 'plain',
      year: 'plain',
      serial: 'plain',
      payer_id: 'plain',
      payer_name: 'digest',
      received_at: 'instant',
      entered_at: 'instant',
      collector_id: 'plain',
      entered_by: 'plain',
      hand_written: 'plain',
      session_id: 'plain',
      tender: 'digest',
      request_id: 'plain',
      voucher_id: 'plain',
      lines: 'plain',
    },
  },
}

/** A row as PostgreSQL's driver or a folder of an export gives it. */
export type Row = Readonly<Record<string, unknown>>

/** Columns of a line of a receipt, in the order in which its leaf has them. */
export const lineColumns = [
  'line',
  'charge_id',
  'credit_id',
  'currency',
  'amount_minor',
  'paid_currency',
  'paid_minor',
  'rate',
] as const

/** The lines of a receipt as its leaf has them; a rate is a number, however many noughts it was written with. */
export const leafLines = (lines: readonly Row[]): (string | number | null)[][] =>
  lines
    .toSorted((a, b) => Number(a.line) - Number(b.line))
    .map(line =>
      lineColumns.map(name => {
        const value = (line[name] ?? null) as string | number | null
        return name === 'rate' && value !== null ? Number(value) : value
      }),
    )

/** The bytes a register's row is sealed by. */
export function leafOf(kind: Exclude<Kind, 'audit'>, town: string, row: Row): Buffer {
  const { id, fields } = registers[kind]
  const said = Object.entries(fields).map(([name, form]) => [name, sayIn(form, row[name])])
  return Buffer.from(
    canonicalJson({ ...Object.fromEntries(said), sealed: kind, town, id: String(row[id]) }),
    'utf8',
  )
}

function sayIn(form: Form, value: unknown): never {
  if (value === null || value === undefined) return undefined as never
  if (form === 'instant') return new Date(value as Date | string).toISOString() as never
  if (form === 'bytes')
    return (Buffer.isBuffer(value) ? value.toString('hex') : String(value).replace(/^\\x/, '')) as never
  if (form === 'digest') return hash('sha256', canonicalJson(value as never), 'hex') as never
  return value as never
}

/** The name of a town's log, and of the keys it signs with. */
export const originOf = (slug: string): string => `shubbak/${slug}`

/** An act that says that something sealed was lawfully taken away; its place in the log stays. */
export const releasedAct = 'seal.released'

/** What an act says of what it let go: by which decision, and the hash of the row as it was left, so that it cannot be rewritten afterwards. */
export const releasedCause = (decision: string, left: Buffer | undefined): string =>
  left ? `${decision} · sha256:${left.toString('hex')}` : decision

/** The hash a `releasedCause` has, in hexadecimal. */
export const releasedAs = (cause: unknown): string | undefined =>
  typeof cause === 'string' ? / · sha256:([0-9a-f]{64})$/.exec(cause)?.[1] : undefined

/** A root as people compare it: six groups of five digits, from its first 125 bits or so. */
export function groupsOf(root: Buffer): string[] {
  let rest = BigInt(`0x${root.subarray(0, 16).toString('hex')}`)
  const groups: string[] = []
  for (let each = 0; each < 6; each++) {
    groups.push(String(rest % 100_000n).padStart(5, '0'))
    rest /= 100_000n
  }
  return groups
}
