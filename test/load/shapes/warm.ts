import { Drive } from '../driver/drive.ts'
import type { Order, Outcome } from '../shape.ts'

/** Part of the time a shape is measured for, and no longer than so many seconds. */
const share = 0.2
const longest = 20

/**
 * Drives a shape a while before anything is measured: code is compiled, statements are known, pages of tables are in memory. What was
 * acknowledged meanwhile counts as told, and what failed as failed.
 */
export async function afterWarming(
  order: Order,
  how: ConstructorParameters<typeof Drive>[1],
  body: (drive: Drive, seconds: number) => Promise<void>,
): Promise<Outcome> {
  const { seconds } = order.size
  const warm = new Drive({ ...order, seed: order.seed + 1 }, how)
  await body(warm, Math.min(longest, share * seconds))
  const before = await warm.end()
  const drive = new Drive(order, how)
  await body(drive, seconds)
  const outcome = await drive.end()
  return {
    ...outcome,
    told: [...before.told, ...outcome.told],
    begun: [...before.begun, ...outcome.begun],
    samples: [...before.samples, ...outcome.samples],
    failures: { ...named(before.failures), ...outcome.failures },
  }
}

const named = (failures: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(failures).map(([name, count]) => [`while warming, ${name}`, count]))
