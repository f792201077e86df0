import { sql } from 'kysely'
import { wordsOf } from '../../lib/arabic.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { type Heard, onIncoming, type Worded, worded } from '../messaging/index.ts'
import { type Desk, type Purpose, turnName, type Visit } from './model.ts'
import type { Foreseen } from './next.ts'
import { roundMinutes } from './queue.ts'
import { purposesOf, today, visitsWhere } from './store.ts'
import { visitText } from './strings.ts'
import { told } from './told.ts'
import { foreseenOf, leaveTurn, takeTurn } from './turns.ts'

const fold = (words: string) => new Set(wordsOf(words))
const take = fold('دور الدور حجز')
const mine = fold('دوري')
const cancel = fold('الغاء إلغاء الغ ألغ')

/** «دور» with a purpose takes a turn, «دوري» tells where one stands, «الغاء» gives it back. */
export function listenForTurns(house: House): void {
  onIncoming(house, {
    name: 'visits',
    hint: visitText('ar', 'sms-hint'),
    hear: async (tx, desk, message) => {
      const [first = '', ...rest] = message.words
      if (take.has(first)) return { reply: await taken(tx, desk, message, rest) }
      if (mine.has(first)) return { reply: await standing(tx, desk, message) }
      if (cancel.has(first)) return { reply: await cancelled(tx, desk, message) }
      return undefined
    },
  })
}

async function taken(
  tx: Write,
  desk: Desk,
  { from, personId }: Heard,
  words: readonly string[],
): Promise<Worded> {
  const open = (await purposesOf(tx)).filter(each => each.open)
  const purpose = meant(open, words)
  if (!purpose) {
    const list = open.map((each, place) => `${place + 1} ${each.name.ar}`).join('، ')
    return worded(tx, desk.house, told.which, { list })
  }
  try {
    const by = { kind: 'anonymous', id: 'sms' }
    const turn = await takeTurn(
      tx,
      desk,
      { purpose: purpose.code, channel: 'sms', phone: from, personId },
      by,
    )
    return await standingAt(tx, desk, turn.visit, turn)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    if (error.code === 'centre-closed') {
      const hours = desk.town.profile.hours.ar
      return worded(tx, desk.house, told.closed, { hours })
    }
    return worded(tx, desk.house, told['too-many'], {})
  }
}

/** By its place in the list, its letter, or one of its words. */
function meant(open: readonly Purpose[], words: readonly string[]): Purpose | undefined {
  for (const word of words) {
    const found = open.find(
      (each, place) =>
        String(place + 1) === word || wordsOf(each.letter).includes(word) || each.words.includes(word),
    )
    if (found) return found
  }
  return undefined
}

async function standing(tx: Read, desk: Desk, message: Heard): Promise<Worded> {
  const [visit] = await waitingOf(tx, desk, message)
  if (!visit) return worded(tx, desk.house, told.none, {})
  return standingAt(tx, desk, visit, await foreseenOf(tx, desk, visit.id))
}

async function cancelled(tx: Write, desk: Desk, message: Heard): Promise<Worded> {
  const visits = await waitingOf(tx, desk, message)
  for (const visit of visits) await leaveTurn(tx, desk, visit.id, { kind: 'anonymous', id: 'sms' })
  if (visits.length === 0) return worded(tx, desk.house, told.none, {})
  return worded(tx, desk.house, told.cancelled, { turn: visits.map(turnName).join('، ') })
}

const waitingOf = (tx: Read, desk: Desk, { index }: Heard): Promise<Visit[]> =>
  visitsWhere(tx, sql`v.day = ${today(tx, desk)}::date and v.state = 'waiting' and v.phone_index = ${index}`)

function standingAt(tx: Read, { house }: Desk, visit: Visit, { ahead, minutes }: Foreseen): Promise<Worded> {
  const turn = turnName(visit)
  return minutes === undefined
    ? worded(tx, house, told['turn-unmeasured'], { turn, ahead })
    : worded(tx, house, told.turn, { turn, ahead, minutes: roundMinutes(minutes) })
}
