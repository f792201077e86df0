import { dateIn } from '../../../lib/calendar.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { type Heard, lendTextLinker, onIncoming, type Reply } from '../../messaging/index.ts'
import type { Desk } from '../desk.ts'
import { openQuestion } from './answer.ts'
import { converse } from './conversation.ts'
import { linkText } from './link.ts'
import { stateInWords } from './state.ts'
import { ownByNumber } from './store.ts'

/** Years back in which a number without its year is looked for. */
const yearsBack = 3
const longestNumber = 9

/** Hears what people text about requests: where one is, an answer to what was asked, and whatever else belongs to its conversation. */
export function listenForTexts(house: House): void {
  onIncoming(house, { name: 'requests', hear: hearNumber, asks: openQuestion })
  onIncoming(house, { name: 'thread', hear: converse, last: true })
  lendTextLinker(house, linkText)
}

/** Where a request is, to the verified telephone of whoever it is of; to any other it does not exist. */
async function hearNumber(tx: Write, desk: Desk, message: Heard): Promise<Reply | undefined> {
  const { asked, personId, verified } = message
  if (!verified || personId === undefined) return undefined
  const wanted = asked.is === 'request' || asked.is === 'number' ? numberOf(asked, tx.now, desk) : undefined
  const requestId = wanted && (await ownByNumber(tx, personId, wanted))
  return requestId ? { reply: await stateInWords(tx, desk, requestId), requestId } : undefined
}

function numberOf(
  asked: Extract<Heard['asked'], { is: 'request' | 'number' }>,
  now: Date,
  { town }: Desk,
): { number: number; years: number[] } | undefined {
  if (asked.is === 'request') return { number: asked.number, years: [asked.year] }
  if (asked.digits.length > longestNumber) return undefined
  const year = Number(dateIn(now, town.timeZone).slice(0, 4))
  return { number: Number(asked.digits), years: Array.from({ length: yearsBack }, (_, back) => year - back) }
}
