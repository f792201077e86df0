import { sql } from 'kysely'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { type Heard, type Reply, worded } from '../../messaging/index.ts'
import type { Desk } from '../desk.ts'
import { answerByText } from '../letters/by-text.ts'
import { requestNumber } from '../model.ts'
import { getRequest } from '../store.ts'
import { conversationOf, ownByNumber } from './store.ts'
import { told } from './words.ts'

/**
 * What nobody else understood goes to the conversation of the request somebody writes about: the one they name, else the one they were
 * written to in. A telephone several share writes in none. Undefined where there is no such request, or its conversation takes nothing.
 */
export async function converse(tx: Write, desk: Desk, message: Heard): Promise<Reply | undefined> {
  const { asked, personId, index, text, id: incomingId } = message
  if (personId === undefined || (asked.is !== 'words' && asked.is !== 'answer')) return undefined
  const named = asked.is === 'words' ? asked.request : undefined
  const requestId = named
    ? await ownByNumber(tx, personId, { number: named.number, years: [named.year] })
    : await conversationOf(tx, personId, index)
  if (!requestId) return undefined
  const { refused } = await answerByText(tx, desk, { requestId, personId, text, incomingId })
  if (refused) return undefined
  if (await toldToday(tx, desk, requestId, index)) return { requestId }
  const number = requestNumber(await getRequest(tx, requestId))
  return { requestId, reply: await worded(tx, desk.house, told.came, { number }) }
}

/** Whoever goes on writing knows that it arrives. */
async function toldToday(tx: Read, { town }: Desk, requestId: string, index: Buffer): Promise<boolean> {
  const { rows } = await sql<{ planned_at: Date }>`
    select planned_at from message
     where municipality_id = ${tx.town} and to_index = ${index} and planned_at > ${tx.now}::timestamptz - interval '26 hours'
       and event = ${told.came.key} and request_id = ${requestId}
     order by planned_at desc limit 1`.execute(tx.q)
  const [last] = rows
  return last !== undefined && dateIn(last.planned_at, town.timeZone) === dateIn(tx.now, town.timeZone)
}
