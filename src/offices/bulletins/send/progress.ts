import { sql } from 'kysely'
import type { Currency } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type BulkFigure, bulkFigures } from '../../messaging/index.ts'
import type { Bulletin, Progress } from '../model.ts'

/** Figures of a bulk as a bulletin keeps them. */
export function progressOf(figures: readonly BulkFigure[]): Progress {
  const states: Record<string, number> = {}
  const failures: Record<string, number> = {}
  const prices = new Map<Currency, number>()
  let parts = 0
  for (const { state, failure, messages, price, ...figure } of figures) {
    states[state] = (states[state] ?? 0) + messages
    if (failure && state !== 'planned' && state !== 'delivered')
      failures[failure] = (failures[failure] ?? 0) + messages
    if (state === 'sent' || state === 'delivered' || state === 'uncertain') parts += figure.parts
    if (price) prices.set(price.currency, (prices.get(price.currency) ?? 0) + price.milli)
  }
  return { states, failures, parts, prices: [...prices].map(([currency, milli]) => ({ currency, milli })) }
}

/** Counts where the messages stand and keeps it, so that pages need not count them. */
export async function countProgress(tx: Write, { id }: Pick<Bulletin, 'id'>): Promise<Progress> {
  const progress = progressOf(await bulkFigures(tx, id))
  await sql`
    update bulletin set progress = ${JSON.stringify(progress)}::jsonb, progress_at = ${tx.now}
     where municipality_id = ${tx.town} and bulletin_id = ${id}`.execute(tx.q)
  return progress
}

/** Ends a bulletin all of whose messages have left the house or never will. */
export async function finishIfDone(tx: Write, { id }: Pick<Bulletin, 'id'>): Promise<boolean> {
  const done = await sql`
    update bulletin b set state = 'done', ended_at = ${tx.now}
     where municipality_id = ${tx.town} and bulletin_id = ${id} and state = 'sending' and planned_no >= last_no
       and not exists (select 1 from jsonb_each_text(progress->'states') s
                        where s.key in ('waiting', 'planned', 'sending', 'held') and s.value::integer > 0)`.execute(
    tx.q,
  )
  return (done.numAffectedRows ?? 0n) > 0n
}
