import { sql } from 'kysely'
import { isMessageKind } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { staffById } from '../../people/index.ts'

/** What is not sent for now: everything, a kind, or the words of one template. */
export type Paused = '*' | `kind:${string}` | `template:${string}`

export type Pause = {
  id: string
  what: Paused
  reason: string
  by: Localized | undefined
  at: Date
}

const templateKey = /^(?:\*|[A-Za-z0-9][A-Za-z0-9._-]{0,40})(?:[./][a-z0-9][a-z0-9._-]{0,60})?$/

/** Whether something can be paused under this name. */
export function isPausable(what: string): what is Paused {
  if (what === '*') return true
  if (what.startsWith('kind:')) return isMessageKind(what.slice(5))
  return what.startsWith('template:') && templateKey.test(what.slice(9))
}

/** What is paused now, the latest first, with who paused it. */
export async function pausesOf(tx: Read): Promise<Pause[]> {
  const { rows } = await sql<{
    pause_id: string
    what: Paused
    reason: string
    paused_by: string
    paused_at: Date
  }>`
    select pause_id, what, reason, paused_by, paused_at from message_pause
     where municipality_id = ${tx.town} and resumed_at is null order by paused_at desc, pause_id`.execute(
    tx.q,
  )
  const names = await staffById(tx, [...new Set(rows.map(row => row.paused_by))])
  return rows.map(row => ({
    id: row.pause_id,
    what: row.what,
    reason: row.reason,
    at: row.paused_at,
    by: names.get(row.paused_by)?.name,
  }))
}

/** Sends none of it from now on; false where it is paused already. */
export async function pause(
  tx: Write,
  input: { what: Paused; reason: string; by: string },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into message_pause (municipality_id, pause_id, what, reason, paused_by, paused_at)
    values (${tx.town}, ${newId(tx.now)}, ${input.what}, ${input.reason}, ${input.by}, ${tx.now})
    on conflict (municipality_id, what) where resumed_at is null do nothing`.execute(tx.q)
  return (numAffectedRows ?? 0n) > 0n
}

/** Sends it again; what was paused, undefined where it goes on already. */
export async function resume(tx: Write, input: { id: string; by: string }): Promise<Paused | undefined> {
  const { rows } = await sql<{ what: Paused }>`
    update message_pause set resumed_by = ${input.by}, resumed_at = ${tx.now}
     where municipality_id = ${tx.town} and pause_id = ${input.id} and resumed_at is null returning what`.execute(
    tx.q,
  )
  return rows[0]?.what
}
