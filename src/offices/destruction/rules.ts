import { sql } from 'kysely'
import type { CalendarDate } from '../../lib/calendar.ts'
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { todayOf } from '../people/index.ts'
import { fates, inForce, isKind, type Kind, type Rule, type Term } from './model.ts'

type Row = {
  rule_id: string
  kind: string
  scope: string
  action: Rule['action']
  keep_for: number | null
  keep_unit: Term['unit'] | null
  source: string
  is_confirmed: boolean
  valid_from: CalendarDate
  written_by: string
  written_at: Date
  reviewed_by: string | null
  is_accepted: boolean | null
  review_note: string | null
}

/** Every rule that was ever written, the newest first. */
export async function rulesOf(tx: Read): Promise<Rule[]> {
  const { rows } = await sql<Row>`
    select rule_id, kind, scope, action, keep_for, keep_unit, source, is_confirmed, valid_from, written_by, written_at, reviewed_by,
           is_accepted, review_note
      from retention_rule where municipality_id = ${tx.town} order by written_at desc, rule_id desc limit 1000`.execute(
    tx.q,
  )
  return rows.flatMap(row => (isKind(row.kind) ? [toRule(row, row.kind)] : []))
}

const toRule = (row: Row, kind: Kind): Rule => ({
  id: row.rule_id,
  kind,
  scope: row.scope,
  action: row.action,
  source: row.source,
  term:
    row.keep_for === null || row.keep_unit === null ? undefined : { for: row.keep_for, unit: row.keep_unit },
  confirmed: row.is_confirmed,
  from: row.valid_from,
  writtenBy: row.written_by,
  writtenAt: row.written_at,
  reviewedBy: row.reviewed_by ?? undefined,
  accepted: row.is_accepted ?? undefined,
  note: row.review_note ?? undefined,
})

/** The rules in force today. */
export async function rulesInForce(tx: Read): Promise<Rule[]> {
  return inForce(await rulesOf(tx), await todayOf(tx))
}

export type NewRule = Pick<Rule, 'kind' | 'scope' | 'term' | 'source' | 'confirmed' | 'from'>

/** Writes a rule, which waits for another to adopt it; gives its id. Of one kind and scope one waits at a time. */
export async function writeRule(tx: Write, rule: NewRule, by: AuditActor): Promise<string> {
  const waits = (await rulesOf(tx)).some(
    each => each.accepted === undefined && each.kind === rule.kind && each.scope === rule.scope,
  )
  if (waits) throw new InvalidInput([{ field: 'kind', code: 'rule-waits' }])
  const id = newId(tx.now)
  await sql`
    insert into retention_rule (municipality_id, rule_id, kind, scope, action, keep_for, keep_unit, source, is_confirmed, valid_from,
                                written_by, written_at)
    values (${tx.town}, ${id}, ${rule.kind}, ${rule.scope}, ${rule.term ? fates[rule.kind] : 'keep'}, ${rule.term?.for ?? null},
            ${rule.term?.unit ?? null}, ${rule.source}, ${rule.confirmed}, ${rule.from}::date, ${by.id}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: by,
    act: 'retention.written',
    subjectKind: 'retention-rule',
    subjectId: id,
    cause: `${rule.kind} ${rule.scope}: ${rule.term ? `${rule.term.for} ${rule.term.unit}` : 'keep'}`.slice(
      0,
      300,
    ),
  })
  return id
}

/** Adopts a rule or returns it, by somebody else than its writer (Forbidden `own-rule`), once (Conflict `rule-decided`). */
export async function reviewRule(
  tx: Write,
  { id, accept, note }: { id: string; accept: boolean; note: string },
  by: AuditActor,
): Promise<void> {
  const rule = (await rulesOf(tx)).find(each => each.id === id)
  if (!rule) throw new NotFound('no-such-rule')
  if (rule.writtenBy === by.id) throw new Forbidden('own-rule')
  const settled = await sql`
    update retention_rule set reviewed_by = ${by.id}, reviewed_at = ${tx.now}, is_accepted = ${accept}, review_note = ${note || null}
     where municipality_id = ${tx.town} and rule_id = ${id} and reviewed_at is null`.execute(tx.q)
  if (settled.numAffectedRows === 0n) throw new Conflict('rule-decided')
  const act = accept ? 'retention.adopted' : 'retention.returned'
  await record(tx, { actor: by, act, subjectKind: 'retention-rule', subjectId: id, cause: note || undefined })
}
