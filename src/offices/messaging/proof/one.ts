import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { Finder } from './find.ts'
import { linesOf } from './lines.ts'
import type { MessageLine } from './model.ts'

/** A part as a provider took it. `try` counts from 1: a message that was refused by one may have gone with another. */
export type PartLine = {
  try: number
  part: number
  ref: string | undefined
  state: 'submitted' | 'delivered' | 'failed' | 'uncertain'
  failure: string | undefined
  provider: string | undefined
  submittedAt: Date
  reportedAt: Date | undefined
}

/** What befell a message besides its way. */
export type NoteLine = { at: Date; what: string; detail: string | undefined; by: string | undefined }

/** A report as it came, whether or not it changed anything. */
export type ReportLine = {
  ref: string
  state: 'accepted' | 'delivered' | 'failed'
  failure: string | undefined
  provider: string | undefined
  reportedAt: Date
  receivedAt: Date
}

export type WholeMessage = MessageLine & {
  notBefore: Date
  claimedAt: Date | undefined
  expiresAt: Date | undefined
  attempts: number
  bulkId: string | undefined
  writtenBy: string | undefined
  templateFrom: string | undefined
  partsSent: PartLine[]
  notes: NoteLine[]
  reports: ReportLine[]
}

type More = {
  not_before: Date
  claimed_at: Date | null
  expires_at: Date | null
  attempts: number
  bulk_id: string | null
  written_by: string | null
  template_from: string | null
}

const mostOfEach = 200

/** The message with all that is known of it, if the actor may read it. */
export async function getMessage(tx: Read, finder: Finder, id: string): Promise<WholeMessage> {
  const [line] = await linesOf(tx, finder, sql`m.message_id = ${id}::uuid`, { limit: 1 })
  if (!line) throw new NotFound('no-such-message')
  const { rows } = await sql<More>`
    select not_before, claimed_at, expires_at, attempts, bulk_id, written_by, template_from from message
     where municipality_id = ${tx.town} and message_id = ${id}::uuid`.execute(tx.q)
  const [more] = rows
  if (!more) throw new NotFound('no-such-message')
  return {
    ...line,
    notBefore: more.not_before,
    attempts: more.attempts,
    claimedAt: more.claimed_at ?? undefined,
    expiresAt: more.expires_at ?? undefined,
    bulkId: more.bulk_id ?? undefined,
    writtenBy: more.written_by ?? undefined,
    templateFrom: more.template_from ?? undefined,
    partsSent: await partsOf(tx, id),
    notes: await notesOf(tx, id),
    reports: await reportsOf(tx, id),
  }
}

async function partsOf(tx: Read, id: string): Promise<PartLine[]> {
  const { rows } = await sql<{
    try: number
    part: number
    provider_ref: string | null
    state: PartLine['state']
    failure: string | null
    provider: string | null
    submitted_at: Date
    reported_at: Date | null
  }>`
    select a.try, a.part, a.provider_ref, a.state, a.failure, v.name as provider, a.submitted_at, a.reported_at
      from message_part a
      left join message_provider v on v.municipality_id = a.municipality_id and v.provider_id = a.provider_id
     where a.municipality_id = ${tx.town} and a.message_id = ${id}::uuid
     order by a.try, a.part limit ${mostOfEach}`.execute(tx.q)
  return rows.map(row => ({
    try: row.try,
    part: row.part,
    ref: row.provider_ref ?? undefined,
    state: row.state,
    failure: row.failure ?? undefined,
    provider: row.provider ?? undefined,
    submittedAt: row.submitted_at,
    reportedAt: row.reported_at ?? undefined,
  }))
}

async function notesOf(tx: Read, id: string): Promise<NoteLine[]> {
  const { rows } = await sql<{ at: Date; what: string; detail: string | null; by_staff: string | null }>`
    select at, what, detail, by_staff from message_note
     where municipality_id = ${tx.town} and message_id = ${id}::uuid order by note_id limit ${mostOfEach}`.execute(
    tx.q,
  )
  return rows.map(({ at, what, detail, by_staff }) => ({
    at,
    what,
    detail: detail || undefined,
    by: by_staff ?? undefined,
  }))
}

async function reportsOf(tx: Read, id: string): Promise<ReportLine[]> {
  const { rows } = await sql<{
    provider_ref: string
    state: ReportLine['state']
    failure: string | null
    provider: string
    reported_at: Date
    received_at: Date
  }>`
    select t.provider_ref, t.state, t.failure, v.name as provider, t.reported_at, t.received_at
      from message_report t
      join message_provider v on v.municipality_id = t.municipality_id and v.provider_id = t.provider_id
     where t.municipality_id = ${tx.town} and t.message_id = ${id}::uuid
     order by t.received_at, t.report_id limit ${mostOfEach}`.execute(tx.q)
  return rows.map(row => ({
    ref: row.provider_ref,
    state: row.state,
    failure: row.failure ?? undefined,
    provider: row.provider,
    reportedAt: row.reported_at,
    receivedAt: row.received_at,
  }))
}
