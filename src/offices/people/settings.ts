import { sql } from 'kysely'
import type { z } from 'zod'
import type { CalendarDate } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { changeShared } from '../../platform/kept.ts'
import { type AuditActor, record } from '../audit/index.ts'

/** A setting as it stands on a day: of the rows begun by then the latest, and of two of one day the one written later. */
export type Setting<T> = {
  value: T
  from: CalendarDate
  decision: string | undefined
  confirmed: boolean
  setAt: Date
}

/** A setting of the town on a day; undefined where the town has set none, and its default holds. */
export async function settingOn<T>(
  tx: Read,
  key: string,
  shape: z.ZodType<T>,
  on: CalendarDate,
): Promise<Setting<T> | undefined> {
  const { rows } = await sql<{
    value: unknown
    valid_from: string
    decision: string | null
    confirmed: boolean
    set_at: Date
  }>`
    select value, valid_from, decision, confirmed, set_at from setting
     where municipality_id = ${tx.town} and key = ${key} and valid_from <= ${on}::date
     order by valid_from desc, set_at desc, setting_id desc limit 1`.execute(tx.q)
  const [row] = rows
  if (!row) return undefined
  return {
    value: shape.parse(row.value),
    from: row.valid_from,
    decision: row.decision ?? undefined,
    confirmed: row.confirmed,
    setAt: row.set_at,
  }
}

/** Adds a row to a setting's series: from a day on it is this, by this decision. Nothing is edited. */
export async function setSetting(
  tx: Write,
  input: { key: string; from: CalendarDate; value: unknown; decision?: string | undefined; by: AuditActor },
): Promise<void> {
  changeShared(tx)
  await sql`
    insert into setting (municipality_id, key, valid_from, setting_id, value, decision, confirmed, set_by, set_at)
    values (${tx.town}, ${input.key}, ${input.from}::date, ${newId(tx.now)}, ${JSON.stringify(input.value)}::jsonb,
            ${input.decision ?? null}, true, ${input.by.kind === 'staff' ? input.by.id : null}, ${tx.now})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: input.by,
    act: 'treasury.setting-set',
    subjectKind: 'setting',
    subjectId: input.key,
    cause: input.decision,
  })
}
