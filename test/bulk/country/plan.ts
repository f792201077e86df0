import type { Chance } from '../../../src/offices/demo/random.ts'
import type { PatternLife } from './mould.ts'
import type { Times } from './times.ts'

const day = 86_400_000

/** Which life each request of a town lives, on which day, and whose it is; in the order in which they are filed. */
export type Plan = {
  life: Uint16Array
  days: Int32Array
  sway: Float64Array
  person: Uint32Array
  order: Uint32Array
}

export type Span = { morning: Date; start: Date; until: Date }

/** Of a hundred requests so many lie open, filed in the last weeks; the others came to an end. */
const openShare = 0.03

/** Plans the requests of a town: more each year, on working days, each person's as luck has it. */
export function planTown(
  chance: Chance,
  lives: readonly PatternLife[],
  of: { requests: number; people: number } & Span,
): Plan {
  const { requests, people } = of
  const plan: Plan = {
    life: new Uint16Array(requests),
    days: new Int32Array(requests),
    sway: new Float64Array(requests),
    person: new Uint32Array(requests),
    order: Uint32Array.from({ length: requests }, (_, at) => at),
  }
  const open = lives.flatMap((life, at) => (life.open ? [at] : []))
  const closed = lives.flatMap((life, at) => (life.open ? [] : [at]))
  for (let each = 0; each < requests; each++) {
    const life = chance.happens(openShare) ? chance.pick(open) : chance.pick(closed)
    const { days, times } = dayOf(chance, lives[life] as PatternLife, of)
    plan.life[each] = life
    plan.days[each] = days
    plan.sway[each] = Math.floor(chance.next() * times.sway)
    plan.person[each] = Math.floor(chance.next() * people)
  }
  const filed = (at: number) => (plan.days[at] ?? 0) * day + (plan.sway[at] ?? 0)
  plan.order.sort((a, b) => filed(a) - filed(b))
  return plan
}

/** A day on which this life may begin. */
export function dayOf(
  chance: Chance,
  { open, length, clock }: PatternLife,
  { morning, start, until }: Span,
): { days: number; times: Times } {
  const last = Math.floor((until.getTime() - length - morning.getTime()) / day) - 1
  const first = Math.ceil((start.getTime() - morning.getTime()) / day)
  for (let tries = 0; tries < 100; tries++) {
    const wished = open
      ? last - Math.floor(chance.next() * 4)
      : first + Math.floor(Math.sqrt(chance.next()) * (last - first))
    const days = working(wished)
    const times = clock(days)
    if (times) return { days, times }
  }
  throw new Error('a life fits on no day')
}

/** The morning is a Sunday: a Friday or Saturday moves to the Thursday before. */
function working(days: number): number {
  const weekday = ((days % 7) + 7) % 7
  return weekday > 4 ? days - (weekday - 4) : days
}
