import type { Write } from '../../../platform/database/transaction.ts'
import type { Desk } from '../desk.ts'
import type { Request } from '../model.ts'

/** Tells the open pages of the offices at work on a request that something was written in it. */
export async function tellWritten(
  tx: Write,
  { house }: Pick<Desk, 'house'>,
  request: Request,
): Promise<void> {
  const offices = request.projection.tasks.filter(({ state }) => state !== 'closed').map(task => task.office)
  await house.events.publish(tx, 'requests.written', {
    requestId: request.id,
    offices: [...new Set(offices)],
  })
}
