import type { Answers, Step } from '../../../../kernel/definition/index.ts'
import { readStep } from '../../../../kernel/form/index.ts'
import { findStep } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import { aside, type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { performAct } from '../../actions.ts'
import type { Request } from '../../model.ts'
import { papersOf } from '../../papers.ts'
import { bringProofs, hangProofs, proofBox, proofsFor, proofsSince } from '../../proofs.ts'
import { strangeOnStep } from '../../step-questions.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { answerRequest, getMine } from './request.tsx'

/** Takes the applicant's answer to what a step asks. Whatever is wrong with it, words and photos that came are kept. */
export async function takeAnswer(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const here = url(call, addresses.myRequest, { id })
  const { request, service, acts } = await read(call, tx => getMine(tx, call, id))
  const step = findStep(service, request.projection.step)
  if (!acts.answer || !step) return late(call, here)
  const actor = citizenOf(call)
  const by = { kind: 'citizen', id: actor.personId }
  const { answers: fields, faults } = readStep(service, step.id, call.typed, contextOf(call, request, step))
  const { brought, faults: refused } = await bringProofs(call, step)
  const missing = await unsent(call, request, step, brought, fields, service.holds)
  const strange = await read(call, tx => strangeOnStep(tx, request, step.fields ?? [], fields))
  const wrong = [...faults, ...strange, ...refused, ...missing]
  // One more row of a list: what is not written yet is no fault.
  const grows = typedText(call, 'row') !== ''
  if (wrong.length > 0 || grows) {
    await aside(call, tx => hangProofs(tx, id, brought, by))
    return grows ? answerRequest(call, refused, 200) : answerRequest(call, wrong, 422)
  }
  try {
    let back = false
    const answer = await write(call, async tx => {
      await hangProofs(tx, id, brought, by)
      const proofs = await proofsFor(tx, id, step, request.projection)
      const done = await performAct(
        tx,
        { house: call.house, town: call.town },
        { requestId: id, name: 'answer', actor, data: { fields, proofs } },
      )
      back = done.request.projection.closedAt === undefined
      return { redirect: here }
    })
    const key = back ? 'answer-went-back' : 'answer-thanks'
    flash(call, { text: translate(citizenTexts, call.locale, key), tone: 'olive' })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return late(call, here)
  }
}

/** Silence, or the centre for them, was faster: the page says how it stands. */
function late(call: Call, here: string): Response {
  flash(call, { text: translate(citizenTexts, call.locale, 'answer-late'), tone: 'sumac' })
  return redirect(here)
}

/** What was answered an earlier time is asked anew. */
function contextOf(call: Call, { answers, capacity, channel, projection }: Request, step: Step) {
  const own = new Set(step.fields?.map(({ id }) => id))
  const stepFields: Answers = Object.fromEntries(
    Object.entries(projection.stepFields).filter(([id]) => !own.has(id)),
  )
  const today = dateIn(call.now, call.town.timeZone)
  return { existing: answers, stepFields, capacity, channel, today }
}

/** Proofs that are asked for and came neither now nor before. */
async function unsent(
  call: Call,
  request: Request,
  step: Step,
  brought: Awaited<ReturnType<typeof bringProofs>>['brought'],
  fields: Answers,
  holds: Awaited<ReturnType<typeof getMine>>['service']['holds'],
): Promise<Fault[]> {
  const { existing: answers, stepFields, ...rest } = contextOf(call, request, step)
  const values = { ...rest, answers, stepFields: { ...stepFields, ...fields } }
  const there = proofsSince(await read(call, tx => papersOf(tx, request.id)), step, request.projection)
  return (step.proofs ?? [])
    .filter(({ optional, when }) => !optional && holds(when, values))
    .filter(
      ({ id }) =>
        !brought.some(({ proof }) => proof.id === id) && !there.some(({ paperId }) => paperId === id),
    )
    .map(({ id }) => ({ field: proofBox(id), code: 'file-missing' }))
}
