import type { Answers, CompiledService, Field, Step } from '../../../kernel/definition/index.ts'
import { readStep } from '../../../kernel/form/index.ts'
import { findStep } from '../../../kernel/workflow/index.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Heard, type OpenQuestion, type Reply, worded } from '../../messaging/index.ts'
import { performAct } from '../actions.ts'
import type { Desk } from '../desk.ts'
import { type Request, requestNumber } from '../model.ts'
import { getRequest } from '../store.ts'
import { plainQuestion } from './question.ts'
import { lastAsked } from './store.ts'
import { textWord, told } from './words.ts'

/** What the telephone was asked in a request, where it can be answered with yes or no and the text does. */
export async function openQuestion(
  tx: Write,
  desk: Desk,
  { asked: answer, personId, index }: Heard,
): Promise<OpenQuestion | undefined> {
  if (answer.is !== 'answer' || answer.yes === undefined || personId === undefined) return undefined
  const { yes, rest } = answer
  const asked = await lastAsked(tx, personId, index)
  if (!asked) return undefined
  const request = await getRequest(tx, asked.requestId, true)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const step = findStep(service, request.projection.step)
  const question = plainQuestion(service, request.projection)
  if (!step || !question) return undefined
  const given = { yes, rest, personId }
  return { askedAt: asked.askedAt, take: () => take(tx, desk, { request, service, step, question, given }) }
}

type Given = { yes: boolean; rest: string; personId: string }
type Asked = { request: Request; service: CompiledService; step: Step; question: Field; given: Given }

/**
 * Answers for the applicant by the workflow's own act, which tells them what follows. A «no» without words stands as a no, and asks what
 * remains; what asks for more than that is answered on the portal.
 */
async function take(
  tx: Write,
  desk: Desk,
  { request, service, step, question, given }: Asked,
): Promise<Reply> {
  const { yes, rest, personId } = given
  const number = { number: requestNumber(request) }
  const there = async (): Promise<Reply> => ({
    reply: await worded(tx, desk.house, told.answerThere, number),
    requestId: request.id,
  })
  const words = (step.fields ?? []).filter(({ kind }) => kind === 'long-text' || kind === 'text')
  const said = rest === '' ? textWord('said-no') : rest
  const typed = {
    ...Object.fromEntries(words.map(({ id, max = said.length }) => [id, said.slice(0, max)])),
    [question.id]: yes ? 'yes' : 'no',
  }
  const { answers: fields, faults } = readStep(service, step.id, typed, contextOf(tx, desk, request, step))
  if (faults.length > 0) return there()
  const actor = { kind: 'citizen', personId, level: 'verified' } as const
  try {
    const { request: after } = await performAct(tx, desk, {
      requestId: request.id,
      name: 'answer',
      actor,
      data: { fields, proofs: [] },
    })
    const asksMore = rest === '' && after.projection.closedAt === undefined
    const reply = asksMore ? await worded(tx, desk.house, told.whatRemains, number) : undefined
    return { reply, requestId: request.id }
  } catch (error) {
    // Decided before anything was written: something is asked besides, such as a photo.
    if (error instanceof Conflict) return there()
    throw error
  }
}

/** What was answered an earlier time is asked anew. */
function contextOf(
  tx: Pick<Write, 'now'>,
  { town }: Desk,
  { answers, capacity, channel, projection }: Request,
  step: Step,
) {
  const own = new Set(step.fields?.map(({ id }) => id))
  const stepFields: Answers = Object.fromEntries(
    Object.entries(projection.stepFields).filter(([id]) => !own.has(id)),
  )
  return { existing: answers, stepFields, capacity, channel, today: dateIn(tx.now, town.timeZone) }
}
