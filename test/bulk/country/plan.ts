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
/** Of the closed and of the open: how many of a hundred are for which service. Most of what people want of a town is small. */
const shares: Readonly<Record<string, number>> = {
  'ADM-05': 0.66,
  'ADM-01': 0.3,
  'WAT-01': 0.025,
  'ELE-01': 0.015,
}
/** Each life begins on every so many days only, each on others: the deadlines of a day are worked out once. */
const spacing = 3

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
  const open = byService(lives, true)
  const closed = byService(lives, false)
  for (let each = 0; each < requests; each++) {
    const life = chance.pick(chance.weighted(chance.happens(openShare) ? open : closed))
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

type Kinds = (readonly [readonly number[], number])[]

function byService(lives: readonly PatternLife[], open: boolean): Kinds {
  return Object.entries(shares).flatMap(([service, share]): Kinds => {
    const some = lives.flatMap((life, at) => (life.service === service && life.open === open ? [at] : []))
    return some.length === 0 ? [] : [[some, share]]
  })
}

/** A day on which this life may begin. */
export function dayOf(
  chance: Chance,
  { open, length, clock, place }: PatternLife,
  { morning, start, until }: Span,
): { days: number; times: Times } {
  const last = Math.floor((until.getTime() - length - morning.getTime()) / day) - 1
  const first = Math.ceil((start.getTime() - morning.getTime()) / day)
  for (let tries = 0; tries < 100; tries++) {
    const wished = open
      ? last - Math.floor(chance.next() * 4)
      : first + Math.floor(Math.sqrt(chance.next()) * (last - first))
    const days = working(open ? wished : wished - modulo(wished + place, spacing))
    const times = clock(days)
    if (times) return { days, times }
  }
  throw new Error('a life fits on no day')
}

/** The morning is a Sunday: a Friday or Saturday moves to the Thursday before. */
function working(days: number): number {
  const weekday = modulo(days, 7)
  return weekday > 4 ? days - (weekday - 4) : days
}

const modulo = (number: number, by: number): number => ((number % by) + by) % by
