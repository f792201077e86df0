import { sql } from 'kysely'
import type { Read, Write } from '../../../platform/database/index.ts'

/** How a paper is signed: by hand, by the town's seal on the printed sheet, or as it is. */
export const outputForms = ['wet', 'sealed', 'electronic'] as const
export type OutputForm = (typeof outputForms)[number]

/** A line of the register of what goes out (سجل الصادر). */
export type Outgoing = {
  year: number
  number: number
  title: string
  kind: string
  certificateId: string | undefined
  requestId: string | undefined
  personId: string | undefined
  addressee: string
  signedBy: string
  signer: { ar: string; en: string } | undefined
  office: string
  form: OutputForm
  enteredAt: Date
  /** By hand and not yet scanned back. */
  atHand: boolean
}

type Row = {
  year: number
  number: number
  title: string
  kind: string
  certificate_id: string | null
  request_id: string | null
  person_id: string | null
  addressee: string
  signed_by: string
  name_ar: string | null
  name_en: string | null
  office: string
  form: OutputForm
  entered_at: Date
  at_hand: boolean
}

export type NewOutgoing = Omit<Outgoing, 'enteredAt' | 'atHand' | 'signer'>

/** Enters what goes out under its number, in the transaction that took the number. */
export async function enterOutgoing(tx: Write, it: NewOutgoing): Promise<void> {
  await sql`insert into outgoing (municipality_id, year, number, title, kind, certificate_id, request_id, person_id, addressee, signed_by,
      office, form, entered_at)
    values (${tx.town}, ${it.year}, ${it.number}, ${it.title}, ${it.kind}, ${it.certificateId ?? null}, ${it.requestId ?? null},
      ${it.personId ?? null}, ${it.addressee}, ${it.signedBy}, ${it.office}, ${it.form}, ${tx.now})`.execute(
    tx.q,
  )
}

/** What went out in a year, the latest number first, on from below a number. */
export async function outgoingOf(
  tx: Read,
  year: number,
  before: number | undefined,
  limit = 50,
): Promise<Outgoing[]> {
  const { rows } = await sql<Row>`
    select o.year, o.number, o.title, o.kind, o.certificate_id, o.request_id, o.person_id, o.addressee, o.signed_by, s.name_ar, s.name_en,
           o.office, o.form, o.entered_at, h.certificate_id is not null as at_hand
      from outgoing o
      left join staff s on s.municipality_id = o.municipality_id and s.staff_id = o.signed_by
      left join hand_signing h on h.municipality_id = o.municipality_id and h.certificate_id = o.certificate_id and h.returned_at is null
     where o.municipality_id = ${tx.town} and o.year = ${year} ${before === undefined ? sql`` : sql`and o.number < ${before}`}
     order by o.number desc limit ${limit}`.execute(tx.q)
  return rows.map(toOutgoing)
}

/** How the paper of a certificate is signed. */
export async function formOf(tx: Read, certificateId: string): Promise<OutputForm> {
  const { rows } = await sql<{ form: OutputForm }>`select form from outgoing
    where municipality_id = ${tx.town} and certificate_id = ${certificateId}`.execute(tx.q)
  return rows[0]?.form ?? 'electronic'
}

/** Years something went out in, the latest first, with how many papers. */
export async function outgoingYears(tx: Read): Promise<{ year: number; count: number }[]> {
  const { rows } = await sql<{ year: number; count: number }>`select year, last as count from series
    where municipality_id = ${tx.town} and name = 'outgoing' order by year desc`.execute(tx.q)
  return rows
}

const toOutgoing = (row: Row): Outgoing => ({
  year: row.year,
  number: row.number,
  title: row.title,
  kind: row.kind,
  certificateId: row.certificate_id ?? undefined,
  requestId: row.request_id ?? undefined,
  personId: row.person_id ?? undefined,
  addressee: row.addressee,
  signedBy: row.signed_by,
  signer: row.name_ar === null ? undefined : { ar: row.name_ar, en: row.name_en ?? '' },
  office: row.office,
  form: row.form,
  enteredAt: row.entered_at,
  atHand: row.at_hand,
})

/** A paper as the report of a signing names it. */
export type SignedPaper = { id: string; title: string; number: string; signedBy: string; byHand: boolean }

/** What is told of papers just signed. */
export async function certificatesByIds(tx: Read, ids: readonly string[]): Promise<SignedPaper[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{
    id: string
    title: string
    number: string
    signed_by: string
    form: OutputForm
  }>`
    select certificate_id as id, title, number || '/' || year as number, signed_by, form from outgoing
     where municipality_id = ${tx.town} and certificate_id = any(${[...ids]}::uuid[]) order by year, outgoing.number`.execute(
    tx.q,
  )
  return rows.map(({ id, title, number, signed_by, form }) => ({
    id,
    title,
    number,
    signedBy: signed_by,
    byHand: form === 'wet',
  }))
}
