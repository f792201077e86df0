import type { Call } from './call.ts'

/** Writes down that a budget (docs/threats.md) was used up, once for each time: what tries machines leave behind in the log. */
export function noteBudget(call: Pick<Call, 'house' | 'town'>, budget: string): void {
  call.house.log.warn({ part: 'access', budget, town: call.town.slug }, 'a budget is used up')
}
