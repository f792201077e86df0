import type { TextLinker } from '../../messaging/index.ts'
import { answerByText } from '../letters/by-text.ts'
import { findByNumber } from '../lists.ts'

/** Puts a text into a request that the reader sees, as the words of whichever owner of the telephone is a party to it. */
export const linkText: TextLinker = async (
  tx,
  desk,
  { actor, number, year, personIds, text, incomingId },
) => {
  const request = await findByNumber(tx, actor, number, year)
  if (!request) return { refused: 'no-such-request' }
  for (const personId of personIds) {
    const { refused } = await answerByText(tx, desk, { requestId: request.id, personId, text, incomingId })
    if (!refused) return { requestId: request.id }
    if (refused !== 'not-a-party') return { refused }
  }
  return { refused: 'not-a-party' }
}
