import type {
  Carrier,
  DeliveryReport,
  HandedOver,
  Listener,
} from '../../../src/offices/messaging/carriers/model.ts'
import { openOutbox } from '../../../src/offices/messaging/outbox/outbox.ts'
import { fixedClock } from '../../../src/platform/clock.ts'
import type { chanceOf } from '../chance.ts'
import { auditMessages, type Verdict } from './audit.ts'
import { type Ground, layGround, tagOf } from './town.ts'

/** Hours of sending in simulated time: the real outbox and database, carriers that do as they are told, a clock that is moved by hand. */

type Mode = 'up' | 'dead' | 'mute'
type Taken = { tag: number; at: number }
type Chance = ReturnType<typeof chanceOf>

/** A carrier whose state is a function of the seconds since the beginning. */
type Simulated = Carrier & { taken: Taken[]; listener: Listener | undefined }

export type SimulatedOutcome = Verdict & {
  /** The longest any message waited from being planned until a carrier had it, in seconds; of those planned while both were well. */
  longestWait: number
  /** The longest wait of those planned while a provider was not well. */
  longestWaitInTrouble: number
  /** Seconds from the return of a provider until it carried again: the longest of all returns. */
  back: number
}

type Scene = {
  seconds: number
  /** How many are planned in each step, and how many seconds it takes. */
  perStep: number
  step?: number
  /** How each provider is at a second. */
  modes: ((second: number) => Mode)[]
  /** Reports of what was taken, to be told at some second. */
  reports?: (
    chance: Chance,
    tag: number,
    ref: string,
    second: number,
  ) => { at: number; report: DeliveryReport }[]
}

export async function simulate(scene: Scene, chance: Chance): Promise<SimulatedOutcome> {
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const ground = await layGround(clock)
  try {
    return await play(ground, scene, clock, chance)
  } finally {
    await ground.clear()
  }
}

async function play(
  ground: Ground,
  { seconds, perStep, step = 1, modes, reports }: Scene,
  clock: ReturnType<typeof fixedClock>,
  chance: Chance,
): Promise<SimulatedOutcome> {
  const begun = clock.now().getTime()
  const second = () => (clock.now().getTime() - begun) / 1000
  const due: { at: number; carrier: Simulated; report: DeliveryReport }[] = []
  const carriers = modes.map((modeOf): Simulated => {
    const taken: Taken[] = []
    const carrier: Simulated = {
      window: 20,
      repeatable: false,
      taken,
      listener: undefined,
      async send({ text }): Promise<HandedOver> {
        const mode = modeOf(second())
        if (mode === 'dead') return { outcome: 'refused', failure: 'no-connection', cause: 'carrier' }
        const tag = tagOf(text)
        taken.push({ tag, at: second() })
        if (mode === 'mute') return { outcome: 'uncertain', failure: 'answer-lost', refs: [] }
        for (const each of reports?.(chance, tag, `r${tag}`, second()) ?? []) due.push({ ...each, carrier })
        return { outcome: 'accepted', refs: [`r${tag}`] }
      },
      check: async () => ({ up: modeOf(second()) !== 'dead' }),
      close: async () => {},
    }
    return carrier
  })
  const town = await ground.town()
  const names = await Promise.all(
    modes.map((_, at) => ground.provider(town, { name: `p${at}`, weight: at === 0 ? 60 : 40 })),
  )
  const outbox = openOutbox(ground.house, {
    chance: chance.next,
    open: (_town, { name }, listener) => {
      const carrier = carriers[names.findIndex(each => each.name === name)]
      if (!carrier) throw new Error(`no carrier ${name}`)
      carrier.listener = listener
      return carrier
    },
  })
  const plannedAt = new Map<number, number>()
  while (second() < seconds + 60) {
    if (second() < seconds) for (const tag of await ground.plan(town, perStep)) plannedAt.set(tag, second())
    await outbox.sendDue([town])
    const now = due.filter(({ at }) => at <= second())
    for (const each of now) due.splice(due.indexOf(each), 1)
    for (const { carrier, report } of now) await carrier.listener?.report([report])
    clock.advance(step * 1_000)
  }
  for (const { carrier, report } of due.splice(0)) await carrier.listener?.report([report])
  for (let each = 0; each < 10; each++) {
    clock.advance(60_000)
    await outbox.sendDue([town])
  }
  await outbox.close()
  const verdict = auditMessages(
    await ground.rows(town),
    carriers.flatMap(({ taken }) => taken.map(({ tag }) => tag)),
  )
  return { ...verdict, ...waits(carriers, modes, plannedAt, seconds) }
}

function waits(
  carriers: readonly Simulated[],
  modes: Scene['modes'],
  plannedAt: ReadonlyMap<number, number>,
  seconds: number,
) {
  const takenAt = new Map(carriers.flatMap(({ taken }) => taken.map(({ tag, at }) => [tag, at] as const)))
  let longestWait = 0
  let longestWaitInTrouble = 0
  for (const [tag, at] of plannedAt) {
    const wait = (takenAt.get(tag) ?? Number.POSITIVE_INFINITY) - at
    if (modes.every(modeOf => modeOf(at) === 'up')) longestWait = Math.max(longestWait, wait)
    else longestWaitInTrouble = Math.max(longestWaitInTrouble, wait)
  }
  let back = 0
  for (const [at, modeOf] of modes.entries())
    for (let second = 1; second < seconds; second++) {
      if (modeOf(second) !== 'up' || modeOf(second - 1) === 'up') continue
      const first = carriers[at]?.taken.find(each => each.at >= second && modeOf(each.at) === 'up')
      back = Math.max(back, (first?.at ?? Number.POSITIVE_INFINITY) - second)
    }
  return { longestWait, longestWaitInTrouble, back }
}

const up = (): Mode => 'up'
const between =
  (from: number, to: number, mode: Mode) =>
  (second: number): Mode =>
    second >= from && second < to ? mode : 'up'

/** Reports that come when they like, twice and in no order, some of them before the answer is written down. */
const mad: Scene['reports'] = (chance, _tag, ref, second) =>
  (['delivered', 'failed', 'accepted', 'delivered', 'accepted'] as const).map(state => ({
    at: second + chance.below(4) * chance.below(900),
    report: {
      ref,
      state,
      at: new Date(0),
      failure: state === 'failed' ? ({ code: 'undeliverable', hard: false } as const) : undefined,
    },
  }))

export const scenes: Record<string, Scene> = {
  'one of two providers dead for an hour': {
    seconds: 3_900,
    perStep: 4,
    step: 4,
    modes: [between(120, 3_720, 'dead'), up],
  },
  'the only provider dead for an hour': {
    seconds: 3_900,
    perStep: 4,
    step: 4,
    modes: [between(120, 3_720, 'dead')],
  },
  'one of two flapping every 30 s': {
    seconds: 480,
    perStep: 2,
    modes: [second => (Math.floor(second / 30) % 2 === 1 ? 'dead' : 'up'), up],
  },
  'one of two taking without an answer for ten minutes': {
    seconds: 780,
    perStep: 4,
    step: 2,
    modes: [between(60, 660, 'mute'), up],
  },
  'reports doubled, reversed, early and late': { seconds: 200, perStep: 2, modes: [up, up], reports: mad },
}
