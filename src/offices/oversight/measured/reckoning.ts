import type { Results } from './file.ts'

/** A request a year for each person, on 250 working days; the busiest day is three usual ones, and a quarter of it comes in one hour. */
const assumed = { requestsAYear: 1, workingDays: 250, busiestDay: 3, busiestHour: 0.25, pagesEach: 50 }
/** No machine is to be busy more than half of its time. */
const half = 0.5
const thinkSeconds = 20
const slowKilobits = 400

/** What of a report says something to a town; undefined where it was not measured, or came out as no figure. */
export type Measured = {
  cores: number
  /** Requests filed a second. */
  filing: number | undefined
  /** Milliseconds of processor a page of somebody's own costs: with the database where many leafed at once, else a home without it. */
  pageCpuMs: number | undefined
  /** The slowest of nineteen in twenty, in milliseconds. */
  inboxMs: number | undefined
  requestsInTown: number | undefined
  /** People who were signed in at once, and the slowest of nineteen in twenty of their pages. */
  signedIn: { people: number; ms: number } | undefined
  heaviestKb: number | undefined
  startMs: number | undefined
  faults: { kills: number; lost: number } | undefined
}

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined
const count = (value: unknown): number => (positive(value) === undefined ? 0 : Math.round(Number(value)))

/** Takes what is needed out of a report by the names of its figures. */
export function measuredOf({ figures, machine }: Pick<Results, 'figures' | 'machine'>): Measured {
  const figure = (name: string) => figures.find(each => each.name === name)
  // The list is asked by one at a time in the one, in the midst of everything else in the other: the larger town says more.
  const inbox = [figure('load-steady-inbox'), figure('inbox')]
    .filter(each => positive(each?.value) && positive(each?.details?.requestsInTown))
    .sort((a, b) => count(b?.details?.requestsInTown) - count(a?.details?.requestsInTown))[0]
  const views = figures.filter(({ name }) => name.startsWith('first view: ') || name === 'first-citizen-page')
  return {
    cores: positive(machine.cores) ?? 1,
    filing: positive(figure('filing')?.value),
    pageCpuMs: leafedCpuMs(figures) ?? positive(figure('citizen-home')?.value),
    inboxMs: positive(inbox?.value),
    requestsInTown: positive(inbox?.details?.requestsInTown),
    signedIn: signedInOf(figures),
    heaviestKb: positive(Math.max(...views.map(({ value }) => value))),
    startMs: positive(figure('second-start')?.value),
    faults: faultsOf(figures),
  }
}

/** What a page cost server and database together while people leafed. */
function leafedCpuMs(figures: Results['figures']): number | undefined {
  const pages = figures.filter(({ name }) => /^load-thousand-(?!errors$)/.test(name))
  const cpu = pages[0]?.details?.cpuMs as { server?: unknown; database?: unknown } | undefined
  const [server, database] = [positive(cpu?.server), positive(cpu?.database)]
  const shown = pages.reduce((sum, { details }) => sum + count(details?.count), 0)
  return server && database && shown > 0 ? (server + database) / shown : undefined
}

/** The slowest of the pages people leafed through at once, where none of them failed. */
function signedInOf(figures: Results['figures']): Measured['signedIn'] {
  const of = figures.filter(({ name }) => name.startsWith('load-thousand-'))
  const pages = of.filter(({ name }) => name !== 'load-thousand-errors')
  const errors = of.find(({ name }) => name === 'load-thousand-errors')
  const size = pages[0]?.details?.size as { many?: unknown } | undefined
  const people = positive(size?.many)
  const ms = positive(Math.max(...pages.map(({ value }) => value)))
  return people !== undefined && ms !== undefined && errors?.value === 0 ? { people, ms } : undefined
}

/** All fault scripts together; undefined where nothing was killed. */
function faultsOf(figures: Results['figures']): Measured['faults'] {
  const of = figures.filter(({ name }) => name.startsWith('faults: '))
  const sum = (key: string) => of.reduce((all, { details }) => all + count(details?.[key]), 0)
  const kills = sum('kills')
  return kills === 0 ? undefined : { kills, lost: sum('lost') + sum('doubled') }
}

export type TownReckoned = {
  requestsADay: number
  /** Until a whole day's requests are taken in, were they to come at once. */
  secondsForADay: number | undefined
  /** How much of one machine's time the busiest hour takes; 1 is all of it. */
  share: number | undefined
  machines: number | undefined
}

/** What a town of so many people asks of the machine that was measured. */
export function reckonTown(population: number, { cores, filing, pageCpuMs }: Measured): TownReckoned {
  const requestsADay = Math.ceil((population * assumed.requestsAYear) / assumed.workingDays)
  const aSecond = (requestsADay * assumed.busiestDay * assumed.busiestHour) / 3600
  const ofPages = pageCpuMs && (assumed.pagesEach * pageCpuMs) / (cores * 1000)
  const share = filing && ofPages ? aSecond * (1 / filing + ofPages) : undefined
  return {
    requestsADay,
    secondsForADay: filing && requestsADay / filing,
    share,
    machines: share && Math.max(1, Math.ceil(share / half)),
  }
}

/** How many turn pages at once, a page every twenty seconds each, before the machine is busy half of its time. */
export function peopleAtOnce({ cores, pageCpuMs }: Measured): number | undefined {
  return pageCpuMs && Math.floor(((cores * 1000) / pageCpuMs) * half * thinkSeconds)
}

/** Seconds in which so many kilobytes arrive over a slow network. */
export const slowSeconds = (kb: number): number => (kb * 8) / slowKilobits
