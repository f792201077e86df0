import { toWesternDigits } from '../../lib/arabic.ts'
import { catalogueOf } from '../catalogue/index.ts'
import type { Previewer } from '../messaging/index.ts'
import { chargesOfRequest } from '../treasury/index.ts'
import { findByNumber } from './lists.ts'
import { type MessageFacts, valuesFor } from './messages.ts'
import { readRequestNumber, requestNumber } from './model.ts'
import { lookOnce } from './staff/looks.ts'
import { getRequest } from './store.ts'

/**
 * What a request would fill the words of an occasion with, as far as it holds it now: for whoever writes words and may read that request.
 * The look is noted.
 */
export const previewWords: Previewer = async (tx, call, { number, event, act }) => {
  const asked = readRequestNumber(toWesternDigits(number))
  const line = asked && (await findByNumber(tx, call.visitor.actor, asked.number, asked.year))
  if (!line) return undefined
  const request = await getRequest(tx, line.id)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const charges = await chargesOfRequest(tx, request.id)
  const open = charges.filter(({ cancelled }) => !cancelled)
  const named = requestNumber(request)
  const facts: MessageFacts = {
    papers: request.projection.missingPapers,
    amounts: open
      .map(charge => (event === 'paid' ? charge.settled : charge.open))
      .filter(({ minor }) => minor > 0),
    at: request.projection.tasks.findLast(({ appointment }) => appointment)?.appointment,
  }
  await lookOnce(tx, call, act, {
    personId: request.applicantId,
    requestId: request.id,
    subjectKind: 'request',
    subjectId: request.id,
    cause: named,
  })
  return {
    requestId: request.id,
    personId: request.applicantId,
    number: named,
    serviceCode: request.serviceCode,
    values: valuesFor(service, event, { ...request, named }, facts, call.town),
  }
}
