import type { Write } from '../../platform/database/transaction.ts'
import type { Events } from '../../platform/events.ts'
import type { RequestActed } from './model.ts'

/** Tells the other offices of an act in its transaction, and open pages after it. */
export async function publishActed(events: Events, tx: Write, acted: RequestActed): Promise<void> {
  await events.publish(tx, 'requests.acted', acted)
  if (acted.state === 'done') await events.publish(tx, 'requests.done', { requestId: acted.requestId })
}

/** Whether anybody hears of this inside its transaction. */
export const heardInside = (events: Events, { state }: Pick<RequestActed, 'state'>): boolean =>
  events.heardInside('requests.acted') || (state === 'done' && events.heardInside('requests.done'))
