import {
  addDays,
  addWorkingDays,
  dateIn,
  hoursOn,
  momentOf,
  startOfDay,
  type WorkCalendar,
} from '../../lib/calendar.ts'
import { roles } from '../access/model.ts'
import type { ActName, ExampleAct, ServiceDefinition, Step } from '../definition/index.ts'
import { type ActData, actsByKind, type Projection, type Task, type Who } from '../workflow/index.ts'
import { requestActs } from '../workflow/table.ts'

/** Where the case stands: the step in hand with its task, and the parts filed on it. */
export type Stand = {
  definition: ServiceDefinition
  projection: Projection
  step: Step | undefined
  task: Task | undefined
  parts: readonly string[]
}

const actNames: ReadonlySet<string> = new Set([
  ...Object.values(actsByKind).flatMap(({ completes, may }) => [completes, ...may]),
  ...requestActs,
  'take',
  'refer-back',
  'recall',
  'effect-failed',
  'escalate',
])

/** Which act is meant: the step in hand done, or an act by its name; a step that is not in hand is said. */
export function meantBy(
  written: string | ExampleAct,
  { step }: Stand,
): { act: ExampleAct; name: ActName } | string {
  const act = typeof written === 'string' ? {} : written
  const named = typeof written === 'string' && written !== step?.id ? written : undefined
  if (named !== undefined && actNames.has(named)) return { act, name: named as ActName }
  const wanted = named ?? act.step
  if (wanted !== undefined && wanted !== step?.id) {
    return `الخطوة التي في اليد «${step?.id ?? 'لا خطوة'}» لا «${wanted}»`
  }
  if (act.act) return { act, name: act.act }
  if (act.opinion !== undefined) return { act, name: 'opine' }
  if (!step) return 'لا خطوة في اليد'
  return { act, name: actsByKind[step.kind].completes }
}

/** Somebody who may: the party, the system, or one of the staff who holds every post. */
export function whoDoes(name: ActName, stand: Stand, offices: readonly string[]): Who {
  if (name === 'supply-papers' || name === 'answer')
    return { kind: 'citizen', personId: 'party', relation: 'party' }
  if (name === 'withdraw') return { kind: 'citizen', personId: 'party', relation: 'party' }
  const bySystem: readonly ActName[] = ['lapse', 'parts-ended', 'effect-failed', 'escalate', 'move-deadline']
  const runsItself = name === 'run-effect' && stand.step?.auto === true && stand.task?.state === 'waiting'
  if (bySystem.includes(name) || runsItself) return { kind: 'system' }
  const appointments = offices.flatMap(office => roles.map(role => ({ role, office })))
  return { kind: 'staff', staffId: 'everybody', appointments }
}

/** The task an act is done on; acts on the request as a whole have none. */
export function taskOf(name: ActName, act: ExampleAct, { projection, task }: Stand): string | undefined {
  if ((requestActs as readonly string[]).includes(name)) return undefined
  const open = projection.tasks.filter(({ state }) => state !== 'closed')
  if (act.opinion !== undefined) return open.find(({ branch }) => branch === act.opinion)?.id ?? ''
  if (name === 'refer-back' || name === 'recall') {
    return open.findLast(({ purpose }) => purpose === 'opinion' || purpose === 'information')?.id ?? ''
  }
  return task?.id
}

/** What the act carries: what the example says, and otherwise what would do. */
export function dataOf(
  name: ActName,
  act: ExampleAct,
  stand: Stand,
  at: Date,
  calendar: WorkCalendar,
): ActData {
  const { definition, projection, step } = stand
  const moment = (written: string) => momentOf(written.slice(0, 10), written.slice(11), calendar.timeZone)
  switch (name) {
    case 'ask-papers':
      return { papers: (act.papers ?? []).map(id => ({ id, words: 'نسخة واضحة' })) }
    case 'supply-papers':
      return { supplied: act.papers ?? projection.missingPapers.map(({ id }) => id) }
    case 'return':
      return act.to === undefined ? {} : { toStep: act.to }
    case 'refer':
      return act.to === undefined ? {} : { to: { office: act.to, purpose: act.purpose ?? 'opinion' } }
    case 'defer':
      return act.until === undefined ? {} : { until: startOfDay(act.until, calendar.timeZone) }
    case 'pay':
      return { receipt: '1/2026' }
    case 'appoint': {
      const { from, to } = act.appointment ?? nextMorning(at, calendar)
      return { appointment: { from: moment(from), to: moment(to) } }
    }
    case 'reject': {
      const ground = act.ground ?? definition.grounds?.[0]?.id
      return { ...(ground !== undefined && { ground }), ...session(step, act, at, calendar) }
    }
    case 'parts-ended':
      return { parts: partsOf(act, stand) }
    case 'move-deadline': {
      const day = act.until === undefined ? at : startOfDay(act.until, calendar.timeZone)
      return { deadlines: { promise: addWorkingDays(calendar, day, 0), tasks: [] }, reason: 'عطلة' }
    }
    default:
      return { ...(act.fields && { fields: act.fields }), ...session(step, act, at, calendar) }
  }
}

function session(
  step: Step | undefined,
  act: ExampleAct,
  at: Date,
  calendar: WorkCalendar,
): Pick<ActData, 'session'> {
  if (step?.kind !== 'committee') return {}
  return {
    session: act.session ?? {
      number: '1/2026',
      date: dateIn(at, calendar.timeZone),
      decision: 'كما أوصى القسم',
    },
  }
}

function nextMorning(at: Date, calendar: WorkCalendar): { from: string; to: string } {
  let date = addDays(dateIn(at, calendar.timeZone), 1)
  for (let i = 0; i < 14 && !hoursOn(calendar, date); i += 1) date = addDays(date, 1)
  return { from: `${date}T09:00`, to: `${date}T10:00` }
}

const partsOf = (act: ExampleAct, { parts }: Stand): NonNullable<ActData['parts']> =>
  parts.map(id => ({ id, requestId: id, state: act.parts?.[id] ?? 'done' }))
