import type { CompiledService } from '../../../src/kernel/definition/index.ts'
import { type Action, type Projection, project } from '../../../src/kernel/workflow/index.ts'
import type { WorkCalendar } from '../../../src/lib/calendar.ts'
import { actData } from '../../../src/offices/requests/index.ts'
import { cell, type TextRow } from './harvest.ts'
import type { Places } from './stencil.ts'

const day = 86_400_000

/**
 * When everything of a life happens, were it to begin so many days later: for each place of an instant its time, and whether it moves along
 * when the whole life begins some minutes later the same morning. Deadlines are worked out anew by the product's own fold: weekends and
 * closures lie elsewhere then.
 */
export type Times = { at: Float64Array; moves: Uint8Array; sway: number }

/** Nothing where the life would go otherwise on that day: it is to begin on another. */
export type Clockwork = (days: number) => Times | undefined

/** How much later in the morning a life may begin, in ms: the most that moves each deadline by as much, or not at all. */
const sways = [60, 12, 0].map(minutes => minutes * 60_000)

type Fold = (shift: number) => Map<number, number> | undefined

function evenest(
  fold: Fold,
  shift: number,
  early: ReadonlyMap<number, number>,
): { each: number; late: Map<number, number> } | undefined {
  for (const each of sways) {
    const late = fold(shift + each)
    if (late && evenly(early, late, each)) return { each, late }
  }
  return undefined
}

const evenly = (
  early: ReadonlyMap<number, number>,
  late: ReadonlyMap<number, number>,
  sway: number,
): boolean => [...early].every(([place, time]) => [0, sway].includes((late.get(place) ?? time) - time))

/** Gives the times of one life on any day; each day is worked out once. A life without a request only moves. */
export function clockworkOf(
  rows: readonly TextRow[],
  places: Places,
  calendar: WorkCalendar,
  serviceOf: (code: string, version: number) => CompiledService,
): Clockwork {
  const was = places.all.map(place =>
    place.is === 'at' ? Date.parse(place.was) : place.is === 'due' ? Date.parse(place.at) : Number.NaN,
  )
  const fold = folding(rows, places, calendar, serviceOf)
  const known = new Map<number, Times | undefined>()
  return days => {
    if (known.has(days)) return known.get(days)
    const shift = days * day
    const at = Float64Array.from(was, each => each + shift)
    const moves = new Uint8Array(was.length).fill(1)
    let sway = sways[0] ?? 0
    if (fold) {
      const early = fold(shift)
      const found = early && evenest(fold, shift, early)
      if (!early || !found?.late) {
        known.set(days, undefined)
        return undefined
      }
      sway = found.each
      for (const [place, time] of early) {
        at[place] = time
        if (found.late.get(place) === time) moves[place] = 0
      }
    }
    const times = { at, moves, sway }
    known.set(days, times)
    return times
  }
}

/** The times that follow from the acts, for acts moved by so many ms: by their place. Nothing where they lead elsewhere. */
function folding(
  rows: readonly TextRow[],
  places: Places,
  calendar: WorkCalendar,
  serviceOf: (code: string, version: number) => CompiledService,
): Fold | undefined {
  const request = rows.find(row => row.table.name === 'request')
  if (!request) return undefined
  const service = serviceOf(cell(request, 'service_code') ?? '', Number(cell(request, 'service_version')))
  const ctx = {
    answers: JSON.parse(cell(request, 'answers') ?? '{}'),
    capacity: cell(request, 'capacity') as never,
    channel: cell(request, 'channel') as never,
    calendar,
  }
  const acts = rows
    .filter(row => row.table.name === 'request_action')
    .sort((a, b) => Number(cell(a, 'seq')) - Number(cell(b, 'seq')))
  const foldAt = (shift: number) =>
    duesIn(
      project(
        service,
        acts.map(row => toAction(row, shift)),
        ctx,
      ),
    )
  const first = foldAt(0)
  return shift => {
    const moved = foldAt(shift)
    if (moved.skeleton !== first.skeleton) return undefined
    if (first.instants.some((time, at) => moved.instants[at] !== time + shift)) return undefined
    const times = new Map<number, number>()
    for (const [name, time] of moved.dues) {
      const place = places.find('due', name)
      if (place !== undefined) times.set(place, time)
    }
    return times
  }
}

const iso = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)"/g

function toAction(row: TextRow, shift: number): Action {
  const move = (text: string) => new Date(Date.parse(text) + shift)
  const data = (cell(row, 'data') ?? '{}').replace(iso, (_, text: string) => JSON.stringify(move(text)))
  const optional = (name: string) => cell(row, name) ?? undefined
  return {
    seq: Number(cell(row, 'seq')),
    name: cell(row, 'name') as Action['name'],
    at: move(cell(row, 'at') ?? ''),
    actor: {
      kind: cell(row, 'actor_kind') as never,
      id: cell(row, 'actor_id') ?? '',
      ...(optional('actor_office') !== undefined && { office: optional('actor_office') }),
    },
    ...(optional('task_id') !== undefined && { taskId: optional('task_id') }),
    ...(optional('note') !== undefined && { note: optional('note') }),
    data: actData(JSON.parse(data)),
  } as Action
}

type Dues = { dues: Map<string, number>; instants: number[]; skeleton: string }
const columns: Record<string, string> = {
  dueAt: 'due_at',
  pausedAt: 'paused_at',
  deferredUntil: 'deferred_until',
}

/** The deadlines of a projection under the names of their places, every other instant in its order, and the rest without them. */
function duesIn(projection: Projection): Dues {
  const dues = new Map<string, number>()
  const instants: number[] = []
  const walk = (value: unknown, of: string): unknown => {
    if (value instanceof Date) return '@'
    if (Array.isArray(value)) return value.map(each => walk(each, of))
    if (typeof value !== 'object' || value === null) return value
    const task = 'purpose' in value && 'id' in value ? `${value.id} ` : of
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const column = columns[key]
        if (each instanceof Date && column !== undefined) dues.set(`${task}${column}`, each.getTime())
        else if (each instanceof Date) instants.push(each.getTime())
        return [key, walk(each, task)]
      }),
    )
  }
  return { skeleton: JSON.stringify(walk(projection, '')), dues, instants }
}
