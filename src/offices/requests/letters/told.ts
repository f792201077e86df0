import { cleanSms } from '../../../lib/sms/index.ts'
import type { Read, Write } from '../../../platform/database/transaction.ts'
import { addLinks, planLink, planMessage, worded } from '../../messaging/index.ts'
import type { Desk } from '../desk.ts'
import { noLink } from '../links/words.ts'
import { type Request, requestNumber } from '../model.ts'
import { told } from '../told.ts'

/** Letters of a text that go to a telephone whole: some nine parts. Of a longer one the telephone gets word, and the portal has it all. */
export const longestTold = 560

const place = '\ue000'

/** What stands around the text of a letter on the telephone, with `{text}` for it: shown while it is written. */
export async function frameOf(
  tx: Read,
  { house }: Pick<Desk, 'house'>,
  request: Pick<Request, 'number' | 'year'>,
): Promise<string> {
  const { body } = await worded(tx, house, told.letter, { number: requestNumber(request), text: place })
  return body.replace(place, '{text}')
}

/** Plans the message that carries a letter to the applicant's telephone; gives its id. */
export async function tellLetter(
  tx: Write,
  desk: Desk,
  request: Request,
  { text, by, held }: { text: string; by: string; held: boolean },
): Promise<string> {
  const number = requestNumber(request)
  const to = { requestId: request.id, personId: request.applicantId, written: { by, held } }
  const clean = cleanSms(text)
  if (clean.length <= longestTold && clean !== '') {
    const words = await worded(tx, desk.house, told.letter, { number, text: clean })
    return planMessage(tx, desk.house, { ...words, ...to })
  }
  const link = planLink(desk, { kind: 'track', requestId: request.id })
  const words = await worded(tx, desk.house, told['letter-long'], { number, link: link?.url ?? noLink.ar })
  if (link && words.body.includes(link.url)) await addLinks(tx, desk.house, [link])
  return planMessage(tx, desk.house, { ...words, ...to })
}
