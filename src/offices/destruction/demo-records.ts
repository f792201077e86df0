import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/index.ts'
import type { AuditActor } from '../audit/index.ts'
import { placeHold } from './holds.ts'
import { type NewRule, reviewRule, writeRule } from './rules.ts'

const dayMs = 24 * 3_600_000

type Told = Pick<NewRule, 'kind' | 'term' | 'source'> & { ago: number; adopted: boolean }

/** What the town decided of its records; the last waits for somebody else than its writer. */
const told: readonly Told[] = [
  {
    kind: 'draft',
    term: { for: 90, unit: 'day' },
    ago: 240,
    adopted: true,
    source: 'قرار المجلس البلدي 9/2026، البند 1: ما بدأه المواطن ولم يقدمه',
  },
  {
    kind: 'log-in',
    term: { for: 2, unit: 'year' },
    ago: 240,
    adopted: true,
    source: 'قرار المجلس البلدي 9/2026، البند 2: مرات الدخول',
  },
  {
    kind: 'request',
    term: undefined,
    ago: 240,
    adopted: true,
    source: 'قرار المجلس البلدي 9/2026، البند 3: المعاملات سجل دائم',
  },
  {
    kind: 'message',
    term: { for: 5, unit: 'year' },
    ago: 4,
    adopted: false,
    source: 'مسودة للعرض على المجلس: نص الرسالة بعد خمس سنوات',
  },
]

/** Rules a demo town keeps its records by, and one request a court asked to be held. */
export async function demoRecords(
  tx: Write,
  by: { writer: AuditActor; reviewer: AuditActor },
  until: Date,
): Promise<void> {
  const ago = (days: number): Write => ({ ...tx, now: new Date(until.getTime() - days * dayMs) })
  for (const { ago: days, adopted, ...rule } of told) {
    const from = ago(days).now.toISOString().slice(0, 10) as CalendarDate
    const id = await writeRule(ago(days), { ...rule, scope: '', confirmed: adopted, from }, by.writer)
    if (adopted) await reviewRule(ago(days - 2), { id, accept: true, note: '' }, by.reviewer)
  }
  const { rows } = await sql<{ id: string; label: string }>`
    select request_id as id, number || '/' || year as label from request
     where municipality_id = ${tx.town} and filed_at < ${ago(60).now} order by filed_at desc limit 1`.execute(
    tx.q,
  )
  const [held] = rows
  if (held)
    await placeHold(
      ago(30),
      {
        kind: 'request',
        subjectId: held.id,
        label: held.label,
        until: undefined,
        reason: 'كتاب محكمة الصلح 212/2026: يُحفظ الملف حتى الحكم',
      },
      by.reviewer,
    )
}
