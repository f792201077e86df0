import { briefDate } from '../../../lib/dates.ts'
import type { Write } from '../../../platform/database/index.ts'
import { worded } from '../templates/registry.ts'
import type { Outcome } from './hear.ts'
import type { Desk, Heard } from './model.ts'
import { lockedUntil, noteWrong } from './number.ts'
import { told } from './told.ts'

/**
 * A number somebody asks after. Whoever has it answers; a number that is none of the sender's gets the same words whether it exists or not,
 * and some of them lock the answers, longer each time. While they are locked not even a right one is answered.
 */
export async function hearNumber(
  tx: Write,
  { house, town }: Desk,
  { index }: Pick<Heard, 'index'>,
  ask: () => Promise<Outcome | undefined>,
): Promise<Outcome> {
  if (await lockedUntil(tx, index)) return { by: 'messaging' }
  const answered = await ask()
  if (answered) return answered
  const until = await noteWrong(tx, index)
  if (!until) return { by: 'messaging', reply: await worded(tx, house, told.unknown, {}) }
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: town.timeZone,
    hour: '2-digit',
    minute: '2-digit',
  })
  const when = { date: briefDate(until, town), hour: clock.format(until) }
  return { by: 'messaging', reply: await worded(tx, house, told.locked, when) }
}
