import { type Facts, neutralText, screen } from '../../../kernel/messages/index.ts'
import { newId } from '../../../lib/ids.ts'
import { smsParts } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { type Filled, fillerOf } from './fill.ts'
import type { Claimed, Result } from './model.ts'
import { parkedUntil } from './record.ts'
import { isPaused, optOutKey, type Standing, type Terms } from './terms.ts'

export type Prepared = { ready: Claimed[]; settled: Result[] }

/** How long a message waits whose words could not be filled. */
const fillAgainMs = 5 * 60_000

/** Screens what is due, and fills the words of what goes. What does not go is settled: ended, put off or parked. */
export async function prepare(
  house: House,
  town: Town,
  terms: Terms,
  messages: readonly Claimed[],
  standing: Standing,
): Promise<Prepared> {
  const at = house.clock.now()
  const settled: Result[] = []
  const going: Claimed[] = []
  const shared = new Set<string>()
  const quiet = new Map<string, number | undefined>()
  for (const { kind } of messages)
    if (!quiet.has(kind)) quiet.set(kind, terms.quietUntil(kind, at)?.getTime())
  for (const message of messages) {
    const screened = screen(factsOf(message, standing, terms, quiet.get(message.kind)), at.getTime())
    if (screened.do === 'send') {
      going.push(message)
      if (screened.neutral) shared.add(message.id)
    } else if (screened.do === 'end')
      settled.push(settle(message, screened.state, at, { failure: screened.failure }))
    else if (screened.do === 'park')
      settled.push(settle(message, 'planned', at, { notBefore: parkedUntil, note: ['paused', ''] }))
    else {
      const until = new Date(screened.until)
      settled.push(
        settle(message, 'planned', at, { notBefore: until, note: ['put-off', until.toISOString()] }),
      )
    }
  }
  const filled = await fillAll(house, town, going)
  // Only now: what has nothing to say needs no neutral words, and the private ones are those that are filled in.
  const ready = filled.ready.map(message =>
    shared.has(message.id) ? reword(message, neutralText(town.name.ar), 'neutral') : message,
  )
  return { ready, settled: [...settled, ...filled.settled] }
}

function factsOf(message: Claimed, standing: Standing, terms: Terms, quietUntil: number | undefined): Facts {
  const index = message.index ?? ''
  return {
    kind: message.kind,
    expiresAt: message.expiresAt?.getTime(),
    addressed: message.channel === 'portal' || message.sealed !== undefined,
    shared: standing.shared.has(index),
    asleep: standing.asleep.has(index),
    optedOut: standing.optedOut.size > 0 && standing.optedOut.has(optOutKey(index, message.kind)),
    paused: isPaused(terms, message),
    quietUntil,
  }
}

async function fillAll(house: House, town: Town, messages: readonly Claimed[]): Promise<Prepared> {
  const ready = messages.filter(({ fill }) => !fill)
  const settled: Result[] = []
  const empty = messages.filter(({ fill }) => fill)
  for (const [by, group] of Map.groupBy(empty, ({ fill }) => fill?.by ?? '')) {
    const words = await fillGroup(house, town, by, group)
    const at = house.clock.now()
    for (const message of group) {
      const said = words?.get(message.fill?.id ?? '')
      if (!words)
        settled.push(
          settle(message, 'planned', at, {
            notBefore: new Date(at.getTime() + fillAgainMs),
            note: ['not-filled', by],
          }),
        )
      else if (said && 'text' in said) ready.push(reword(message, said.text, 'filled'))
      else settled.push(settle(message, 'cancelled', at, { failure: said?.nothing ?? 'nothing-to-say' }))
    }
  }
  return { ready, settled }
}

/** The words of a group; undefined where its office failed, which must not keep the messages of others. */
async function fillGroup(
  house: House,
  town: Town,
  by: string,
  group: readonly Claimed[],
): Promise<Map<string, Filled> | undefined> {
  const fill = fillerOf(house, by)
  if (!fill) return undefined
  const ids = group.flatMap(message => message.fill?.id ?? [])
  try {
    return await house.database.read(town.id, (tx: Read) => fill(tx, ids))
  } catch (error) {
    house.log.warn({ part: 'messaging', err: error, fill: by }, 'messages could not be filled')
    return undefined
  }
}

function reword(message: Claimed, text: string, how: 'filled' | 'neutral'): Claimed {
  const { encoding, parts } = smsParts(text)
  return {
    ...message,
    text,
    encoding,
    rewritten: how,
    parts: message.channel === 'sms' ? parts : 1,
    behind: how === 'neutral' ? message.text : undefined,
  }
}

type Settled = { failure?: string; notBefore?: Date; note?: [what: string, detail: string] }

/** A message that goes to no carrier now. */
export function settle(
  message: Claimed,
  state: Result['state'],
  at: Date,
  { failure, notBefore, note }: Settled = {},
): Result {
  return {
    message,
    state,
    failure,
    hard: false,
    provider: undefined,
    at,
    notBefore,
    parts: [],
    notes: [
      ...(note ? [{ id: newId(at), what: note[0], detail: note[1] }] : []),
      ...refusalNotes(message, at),
    ],
  }
}

/** Who would not take a message, before somebody did or nobody was left. */
export const refusalNotes = (message: Claimed, at: Date): Result['notes'] =>
  message.refusals.map(({ by, failure }) => ({
    id: newId(at),
    what: 'refused-by',
    detail: `${by}: ${failure}`,
  }))
