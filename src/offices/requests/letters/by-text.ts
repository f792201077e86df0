import { cleanSms } from '../../../lib/sms/index.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { record } from '../../audit/index.ts'
import type { Desk } from '../desk.ts'
import { endedStates } from '../model.ts'
import { partyStanding } from '../parties/store.ts'
import { getRequest } from '../store.ts'
import { mostADay } from './acts.ts'
import { tellWritten } from './news.ts'
import { addLetter, countLetters, letterOfText, markLettersRead } from './store.ts'

const dayMs = 86_400_000

type TextAnswer =
  | { letterId: string; refused?: undefined }
  | { refused: 'request-ended' | 'not-a-party' | 'too-many-letters' | 'letter-empty'; letterId?: undefined }

/**
 * Puts what somebody texted into the conversation of a request of theirs: the office that works on it sees it as unread, as it would a
 * letter from the portal. Refused, and nothing written, where the request has ended, the person is no party (any more), or a day's letters
 * are used up: the text then belongs on the clerk's list. One text is one letter, however often it is handed over.
 */
export async function answerByText(
  tx: Write,
  desk: Desk,
  { requestId, personId, text: typed, incomingId }: NewText,
): Promise<TextAnswer> {
  const request = await getRequest(tx, requestId, true)
  const before = await letterOfText(tx, incomingId)
  if (before) return { letterId: before }
  const text = cleanSms(typed)
  if (text === '') return { refused: 'letter-empty' }
  if (endedStates.includes(request.projection.state)) return { refused: 'request-ended' }
  if ((await partyStanding(tx, requestId, personId)) !== 'in-term') return { refused: 'not-a-party' }
  const since = new Date(tx.now.getTime() - dayMs)
  if ((await countLetters(tx, requestId, 'citizen', since)) >= mostADay)
    return { refused: 'too-many-letters' }
  const from = { kind: 'citizen', id: personId, office: undefined } as const
  const letterId = await addLetter(tx, requestId, { from, text, channel: 'sms', incomingId })
  // Whoever answers has read what they answer.
  await markLettersRead(tx, requestId, { side: 'citizen', by: personId })
  await record(tx, {
    actor: { kind: 'citizen', id: personId },
    act: 'request.letter-written',
    subjectKind: 'letter',
    subjectId: letterId,
    cause: 'sms',
    personId: request.applicantId,
    requestId,
  })
  await tellWritten(tx, desk, request)
  return { letterId }
}

type NewText = {
  requestId: string
  personId: string
  /** As it came; it is cleaned here. */
  text: string
  incomingId: string
}
