/** Joins: when what was asked or filed side by side is enough to go on. */

import type { Join, Step } from '../definition/model.ts'
import type { PartOutcome, Task } from './model.ts'

/** Whether it goes on, waits for more, or can never go on because too few of those ended were granted. */
export type Joined = 'met' | 'awaited' | 'unmet'

/** How many of those there are it takes; more than there are counts as all. */
export const needed = (join: Join | undefined, of: number): number =>
  join === 'any' ? Math.min(1, of) : typeof join === 'object' ? Math.min(join.atLeast, of) : of

/** Opinions asked by a gathering: one is given once its task is closed, since only going on closes the others. */
export function joinOfOpinions(step: Step, gathering: Task, tasks: readonly Task[]): Joined {
  const asked = tasks.filter(task => task.purpose === 'branch' && task.parent === gathering.id)
  const given = asked.filter(({ state }) => state === 'closed')
  return given.length >= needed(step.join, asked.length) ? 'met' : 'awaited'
}

/** Parts: for `all` each must have ended, however; for `any` and a number, so many must have been done. */
export function joinOfParts(step: Step | undefined, parts: readonly PartOutcome[] = []): Joined {
  const running = parts.filter(({ state }) => state === 'running').length
  if (step?.join === undefined || step.join === 'all') return running === 0 ? 'met' : 'awaited'
  const done = parts.filter(({ state }) => state === 'done').length
  if (done >= needed(step.join, parts.length)) return 'met'
  return running > 0 ? 'awaited' : 'unmet'
}
