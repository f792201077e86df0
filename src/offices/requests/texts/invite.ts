import type { CompiledService, MessageEvent } from '../../../kernel/definition/index.ts'
import { smsParts } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { invitesTexts } from '../../messaging/index.ts'
import type { Desk } from '../desk.ts'
import type { Request } from '../model.ts'
import { plainQuestion } from './question.ts'
import { textWord } from './words.ts'

const mostParts = 3

/** A message that asks what yes or no answers, with the way to answer it by text where the town can be written to. */
export async function inviting(
  tx: Read,
  { town }: Pick<Desk, 'town'>,
  {
    service,
    event,
    request,
    body,
  }: { service: CompiledService; event: MessageEvent; request: Request; body: string },
): Promise<string> {
  if (event !== 'answer-asked' || !plainQuestion(service, request.projection)) return body
  if (!(await invitesTexts(tx, town))) return body
  const invited = `${body} ${textWord('answer-by-text')}`
  return smsParts(invited).parts > mostParts ? body : invited
}
