import { quantile, tell } from '../bench/report.ts'
import type { Outcome, Summary, Tick } from './shape.ts'
import { burstRates } from './sizes.ts'

/** What a run cost and in which town, beside every figure of it. */
export type Around = Record<string, unknown>

type Limit = { act: string; ms: number }

/** Tells how an act stood to its goal. */
function under(
  name: string,
  of: Summary | undefined,
  { act, ms }: Limit,
  around: Around,
  ticks?: Tick[],
): void {
  if (!of || of.count === 0) return
  const { latency, ...figures } = of
  tell({
    name: `${name}-${act}`,
    value: of.p95,
    unit: 'ms p95',
    ratio: of.p95 / ms,
    baseline: `the goal of ${ms} ms`,
    goal: { ratio: 1 },
    latency,
    ...(ticks && { timeline: drawn(ticks) }),
    details: { ...figures, ...around },
  })
}

function faultless(name: string, { failures, samples }: Outcome, around: Around): void {
  const count = Object.values(failures).reduce((sum, each) => sum + each, 0)
  tell({
    name: `${name}-errors`,
    value: count,
    unit: 'errors',
    ratio: count,
    baseline: 'the goal of none',
    goal: { ratio: 0 },
    details: { failures, samples, ...around },
  })
}

/** The seconds of a run as the report draws them: what was due, what ended, what failed, and how slow the slow ones were. */
export function drawn(ticks: readonly Tick[]): NonNullable<Parameters<typeof tell>[0]['timeline']> {
  const line = (name: string, unit: string, of: (tick: Tick) => number) => ({
    name,
    unit,
    values: ticks.map(of),
  })
  return {
    everySeconds: 1,
    lines: [
      line('due', '1/s', tick => tick.due),
      line('done', '1/s', tick => tick.done),
      line('failed', '1/s', tick => tick.failed),
      line('p95', 'ms', tick => tick.p95 ?? 0),
    ],
  }
}

/** The figures of a shape: each act the goals name, and that nothing failed. */
export function tellShape(outcome: Outcome, mark: string, around: Around): void {
  const { shape, acts, timeline } = outcome
  const name = `load-${mark}${shape}`
  const goals = limits[shape] ?? []
  for (const [at, limit] of goals.entries())
    under(name, acts[limit.act], limit, around, at === 0 ? timeline : undefined)
  if (shape === 'lifecycle') tellRate(outcome, mark, around)
  if (shape === 'bursts') tellCalm(outcome, mark, around)
  faultless(name, outcome, around)
}

const p95 = (act: string, ms: number): Limit => ({ act, ms })
const limits: Record<string, Limit[]> = {
  steady: [p95('search', 25), p95('open', 40), p95('inbox', 25), p95('person', 40), p95('file', 100)],
  lifecycle: [p95('lifecycle', 250)],
  bursts: [p95('lifecycle', 1000)],
  // What a clerk waits for with somebody before them: the goals name none of these, so the one for people at home is theirs.
  morning: ['call', 'person', 'case', 'paper', 'file', 'received', 'print'].map(act => p95(act, 300)),
  'bill-day': ['link', 'pay', 'begin', 'confirm', 'back', 'receipt'].map(act => p95(act, 300)),
  thousand: ['home', 'request', 'pay', 'services', 'messages'].map(act => p95(act, 300)),
}

const rateGoal = 100

function tellRate({ acts, facts, timeline }: Outcome, mark: string, around: Around): void {
  const count = acts.lifecycle?.count ?? 0
  const rate = count / ((facts.drivenMs ?? Number.NaN) / 1000)
  const steps = Object.fromEntries(['create', 'assign', 'resolve', 'search'].map(step => [step, acts[step]]))
  tell({
    name: `load-${mark}lifecycles`,
    value: rate,
    unit: 'lifecycles/s',
    ratio: rate / rateGoal,
    baseline: `the goal of ${rateGoal}/s`,
    goal: { ratio: 1, least: true as const },
    timeline: drawn(timeline),
    details: { count, steps, ...around },
  })
}

const calmGoal = 10

function tellCalm({ facts, timeline }: Outcome, mark: string, around: Around): void {
  const end = facts.burstsEndAt ?? 0
  const seconds = calmAfter(timeline, end, end / burstRates.length)
  tell({
    name: `load-${mark}bursts-normal-again`,
    value: seconds,
    unit: 's',
    ratio: seconds / calmGoal,
    baseline: `the goal of ${calmGoal} s`,
    goal: { ratio: 1 },
    timeline: drawn(timeline),
    details: { rates: burstRates, ...around },
  })
}

/**
 * How many seconds after the last burst everything took as long as before the first again: the first second from which on none is slower than
 * twice the slow ones (95 of 100) of the first step, which is a calm one; a quarter of a second counts as calm in any case.
 */
export function calmAfter(timeline: readonly Tick[], end: number, step: number): number {
  const before = timeline.filter(({ second }) => second < step).flatMap(tick => tick.p95 ?? [])
  const calm = Math.max(250, 2 * (before.length === 0 ? 0 : quantile(before, 0.95)))
  const loud = timeline.filter(
    ({ second, p95: slow = 0, failed }) => second >= end && (slow > calm || failed > 0),
  )
  const last = loud.at(-1)
  return last ? last.second + 1 - end : 0
}
