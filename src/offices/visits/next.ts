/**
 * Who is next. A window calls whoever has waited longest measured against what was promised for their purpose; within one purpose that is
 * the order of coming. A ground the town recognises lets somebody before that order, at most one call in so many. Whoever has waited
 * beyond the ceiling is measured by nothing but when they came: so the number of people before anybody only shrinks, and nobody waits
 * for ever.
 */

/** A turn as the rule sees it. */
export type Turn = { id: string; purpose: string; number: number; takenAt: Date; ground: string | undefined }

export type QueueRules = { groundEvery: number; ceilingMinutes: number }

export type Queue = {
  waiting: readonly Turn[]
  /** The promise of each purpose, in minutes. */
  promises: ReadonlyMap<string, number>
  rules: QueueRules
  now: Date
  /** Calls of this window since its last one before its turn by a ground; undefined when there was none today. */
  sinceJump: number | undefined
}

export type Next = { turn: Turn; jumped: boolean }

const minute = 60_000
const usualPromise = 30

/** Whom a window that serves these purposes calls; undefined when nobody waits for it. */
export function next(queue: Queue, purposes: readonly string[]): Next | undefined {
  const mine = queue.waiting.filter(turn => purposes.includes(turn.purpose))
  const first = mine.reduce<Turn | undefined>((best, turn) => better(queue, best, turn), undefined)
  if (!first) return undefined
  const mayJump = queue.sinceJump === undefined || queue.sinceJump >= queue.rules.groundEvery - 1
  if (!mayJump || first.ground !== undefined) return { turn: first, jumped: false }
  const favoured = mine
    .filter(turn => turn.ground !== undefined)
    .reduce<Turn | undefined>((best, turn) => better(queue, best, turn), undefined)
  return favoured ? { turn: favoured, jumped: true } : { turn: first, jumped: false }
}

function better(queue: Queue, best: Turn | undefined, turn: Turn): Turn {
  return best && !comesBefore(queue, turn, best) ? best : turn
}

function comesBefore(queue: Queue, a: Turn, b: Turn): boolean {
  const late = (turn: Turn) => waited(queue, turn) >= queue.rules.ceilingMinutes
  const [aLate, bLate] = [late(a), late(b)]
  if (aLate !== bLate) return aLate
  const weigh = (turn: Turn) => waited(queue, turn) / (queue.promises.get(turn.purpose) ?? usualPromise)
  if (!aLate && a.purpose !== b.purpose && weigh(a) !== weigh(b)) return weigh(a) > weigh(b)
  return cameBefore(a, b)
}

const waited = ({ now }: Queue, turn: Turn): number => (now.getTime() - turn.takenAt.getTime()) / minute

/** Earlier, and of one instant the lower number, then the id: an order without ties. */
function cameBefore(a: Turn, b: Turn): boolean {
  const apart = a.takenAt.getTime() - b.takenAt.getTime()
  if (apart !== 0) return apart < 0
  return a.number === b.number ? a.id < b.id : a.number < b.number
}

/** How the count of calls since the last jump goes on. */
export const afterCall = (sinceJump: number | undefined, jumped: boolean): number | undefined =>
  jumped ? 0 : sinceJump === undefined ? undefined : sinceJump + 1

/** A window that is open, and when it will be free: now, or when whom it serves is likely done. */
export type OpenWindow = { purposes: readonly string[]; freeAt: Date; sinceJump: number | undefined }

/** When a turn is likely called, and how many are called before it at the windows that serve its purpose. Minutes are unknown where nothing was measured today. */
export type Foreseen = { ahead: number; minutes: number | undefined }

/**
 * Plays the queue on by the rule itself, with the windows open now and how long serving took today (minutes by purpose): what each who
 * waits may expect. Who does not come, and who comes later, is not foreseen.
 */
export function foresee(
  queue: Omit<Queue, 'sinceJump'>,
  windows: readonly OpenWindow[],
  serving: ReadonlyMap<string, number>,
): Map<string, Foreseen> {
  const found = new Map<string, Foreseen>()
  const free = windows.map(window => ({
    ...window,
    at: Math.max(window.freeAt.getTime(), queue.now.getTime()),
  }))
  let { waiting } = queue
  const calls: (readonly string[])[] = []
  while (waiting.length > 0 && free.length > 0) {
    const window = free.reduce((first, each) => (each.at < first.at ? each : first))
    const called = next(
      { ...queue, waiting, sinceJump: window.sinceJump, now: new Date(window.at) },
      window.purposes,
    )
    if (!called) {
      free.splice(free.indexOf(window), 1)
      continue
    }
    const { turn, jumped } = called
    const takes = serving.get(turn.purpose)
    const minutes = serving.size === 0 ? undefined : (window.at - queue.now.getTime()) / minute
    found.set(turn.id, { ahead: calls.filter(served => served.includes(turn.purpose)).length, minutes })
    calls.push(window.purposes)
    window.at += (takes ?? 1) * minute
    window.sinceJump = afterCall(window.sinceJump, jumped)
    waiting = waiting.filter(each => each !== turn)
  }
  // For whom no window is open: those of their purpose who came before them are ahead, and nobody knows for how long.
  for (const turn of waiting) {
    const ahead = waiting.filter(each => each.purpose === turn.purpose && cameBefore(each, turn)).length
    found.set(turn.id, { ahead, minutes: undefined })
  }
  return found
}
