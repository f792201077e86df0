import type { DayHours, Week, WorkCalendar } from '../../../lib/calendar.ts'
import type { Finding } from '../faults.ts'
import type { ServiceDefinition, Step } from '../model.ts'
import { onward } from './way.ts'

/** A working day of a town whose calendar is not known here. */
const usualHours = 7

const minutesOf = ({ from, to }: DayHours): number => {
  const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return at(to) - at(from)
}

/** Hours of an ordinary working day of a week. */
function dayOf(week: Week): number {
  const days = week.flatMap(day => (day ? [minutesOf(day) / 60] : []))
  return days.length === 0 ? usualHours : days.reduce((a, b) => a + b, 0) / days.length
}

/** Whether what the guide promises can be kept by the hours of the steps, in the town's opening hours. */
export function checkDeadlines(definition: ServiceDefinition, calendar: WorkCalendar | undefined): Finding[] {
  const { time } = definition.guide
  // What waits for the budget promises no day.
  if (time.budget) return []
  const path = ['guide', 'time', 'value']
  const promised = (day: number): number =>
    time.unit === 'minutes' ? time.value / 60 : time.unit === 'hours' ? time.value : time.value * day
  const rounded = (hours: number) => Math.round(hours * 10) / 10
  const usual = promised(calendar ? dayOf(calendar.week) : usualHours)
  const shortest = shortestWay(definition.steps)
  const told = { hours: rounded(shortest), promised: rounded(usual) }
  if (shortest > usual) return [{ path, code: 'deadline-impossible', values: told }]
  const season = calendar?.special?.find(({ week }) => shortest > promised(dayOf(week)))
  if (season) {
    const { from, to, week } = season
    const values = { ...told, promised: rounded(promised(dayOf(week))), from, to }
    return [{ path, code: 'deadline-season', values, severity: 'warning' }]
  }
  const longest = longestWay(definition.steps)
  if (longest <= usual) return []
  const values = { ...told, hours: rounded(longest) }
  return [{ path, code: 'deadline-tight', values, severity: 'warning' }]
}

/** Working hours for which the promise runs on a step: waiting for the citizen does not count. */
function hoursOf(step: Step, asked: 'fewest' | 'most'): number {
  if (step.kind === 'payment' || step.kind === 'confirmation' || step.kind === 'outside') return 0
  if (step.kind !== 'opinions') return step.hours
  const all = step.opinions ?? []
  const sure = asked === 'fewest' ? all.filter(({ when }) => when === undefined) : all
  const hours = sure.map(opinion => opinion.hours).sort((a, b) => a - b)
  const { join = 'all' } = step
  const enough = join === 'all' ? hours.length : join === 'any' ? 1 : join.atLeast
  return hours[Math.min(enough, hours.length) - 1] ?? 0
}

/** The fewest hours from the first step to the end; what has a condition may be passed over. */
function shortestWay(steps: readonly Step[]): number {
  const best = new Map<number, number>([[0, 0]])
  // Ways back only add hours, so as many rounds as there are steps are enough.
  for (let round = 0; round <= steps.length; round += 1) {
    for (const [i, step] of steps.entries()) {
      const here = best.get(i)
      if (here === undefined) continue
      const left = here + (step.when === undefined ? hoursOf(step, 'fewest') : 0)
      for (const to of onward(steps, i))
        if (left < (best.get(to) ?? Number.POSITIVE_INFINITY)) best.set(to, left)
    }
  }
  return best.get(steps.length) ?? 0
}

/** The most hours without going back. */
function longestWay(steps: readonly Step[]): number {
  const most = new Array<number>(steps.length + 1).fill(Number.NEGATIVE_INFINITY)
  most[0] = 0
  for (const [i, step] of steps.entries()) {
    const left = (most[i] ?? 0) + hoursOf(step, 'most')
    for (const to of onward(steps, i)) if (to > i) most[to] = Math.max(most[to] ?? 0, left)
  }
  return Math.max(0, most[steps.length] ?? 0)
}
