import type { Job, Order, Outcome } from '../shape.ts'
import { billDay } from './bill-day.ts'
import { everybody } from './everybody.ts'
import { bursts, lifecycle } from './lifecycle.ts'
import { morning } from './morning.ts'
import { steady } from './steady.ts'
import { thousand } from './thousand.ts'

/** What the driver does for each shape. */
export const shapes: Record<Job, (order: Order) => Promise<Outcome>> = {
  everybody,
  steady,
  lifecycle,
  bursts,
  morning,
  thousand,
  'bill-day': billDay,
}
