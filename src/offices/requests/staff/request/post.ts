import type { ActName } from '../../../../kernel/definition/index.ts'
import { actsByKind } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { BadRequest, Conflict, type Fault, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, param, read, typedText, url, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { acts, type Route, route, staff } from '../../../../web/route.ts'
import { type AdmittedFile, addDocument, admitForm, mostBytes } from '../../../archive/index.ts'
import { confirmStaff } from '../../../people/index.ts'
import { grantException } from '../../../treasury/index.ts'
import { type ActInput, performAct } from '../../actions.ts'
import { requestNumber } from '../../model.ts'
import { attachPaper } from '../../papers.ts'
import type { BroughtProof } from '../../proofs.ts'
import { strangeOnStep } from '../../step-questions.ts'
import type { Held } from '../../surroundings.ts'
import { deskOf } from '../inbox/page.tsx'
import { nextRequest } from '../inbox/store.ts'
import { requireActor } from '../rights.ts'
import type { ToAct } from './load.ts'
import { showRequest } from './page.tsx'
import { field, readAct } from './read-act.ts'
import { stepInHand } from './step-in-hand.ts'
import { bringStepProofs, keepProofs, withProofs } from './step-proofs.tsx'
import { type ActKey, actText, isActKey } from './strings.ts'
import { holdToAct } from './to-act.ts'

const known = new Set<string>([
  ...Object.values(actsByKind).flatMap(({ completes, may }) => [completes, ...may]),
  'take',
  'refer-back',
  'recall',
  'answer',
  'withdraw',
  'reopen',
  'supply-papers',
  'pay',
])
const isAct = (name: string): name is ActName => known.has(name)

/** One act on a request. Whatever it meets, nothing typed is lost. */
export const actRoute: Route = route({
  method: 'post',
  address: addresses.officeAct,
  access: staff('request.act', 'request.read'),
  audit: acts('request.act'),
  bodyLimit: 4 * mostBytes,
  handle: async call => {
    const id = idParam(call, 'id')
    const name = param(call, 'act')
    if (!isAct(name)) throw new NotFound('no-such-page')
    const task = typedText(call, field.task)
    if (task !== '' && !isId(task)) throw new BadRequest('bad-address')
    if (typedText(call, '_foresee') !== '') return showRequest(call, id, { act: name, typed: call.typed })
    if (typedText(call, 'row') !== '') return growForm(call, id, name)
    return doAct(call, id, name)
  },
})

/** One more row of a list: the form comes back with what is in it, and files that came with it are kept. */
async function growForm(call: Call, requestId: string, name: ActName): Promise<Response> {
  await read(call, tx => requireActor(tx, call.visitor.actor, requestId))
  const { brought, faults } = await bringStepProofs(call, requestId, typedText(call, field.task) || undefined)
  await keepProofs(call, requestId, brought)
  return showRequest(call, requestId, { act: name, typed: call.typed, faults })
}

async function doAct(call: Call, requestId: string, name: ActName): Promise<Response> {
  let done: { number: string; next: string | undefined } | undefined
  let proofs: BroughtProof[] = []
  const taskId = typedText(call, field.task) || undefined
  try {
    // Who may not act learns nothing, and no file of theirs is taken in: proofs are asked that where they are, and the act itself says no.
    const brought = name === 'supply-papers' ? await bringPapers(call, requestId) : []
    const shown = await bringStepProofs(call, requestId, taskId)
    proofs = shown.brought
    if (shown.faults.length > 0) throw new InvalidInput(shown.faults)
    const answer = await write(call, async tx => {
      // What comes next does not depend on what comes of this act: it is asked with the rest, in one packet.
      const [standing, next] = await Promise.all([
        holdToAct(tx, call, requestId, taskId),
        leavesRequest(name) ? nextRequest(tx, deskOf(call), requestId) : requestId,
      ])
      const { request } = await perform(tx, call, standing, name, { brought, proofs })
      done = { number: requestNumber(request), next: next === requestId ? undefined : next }
      return {
        redirect:
          next === undefined ? url(call, addresses.inbox) : url(call, addresses.officeRequest, { id: next }),
      }
    })
    const key: ActKey = `did-${name}`
    const words = done
      ? actText(call.locale, key, { number: done.number })
      : actText(call.locale, 'did-already')
    flash(call, { text: done?.next ? `${words} ${actText(call.locale, 'did-next')}` : words, tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) {
      await keepProofs(call, requestId, proofs)
      return showRequest(call, requestId, { act: name, typed: call.typed, faults: error.faults, status: 422 })
    }
    if (error instanceof Conflict && isRefusal(error)) {
      return showRequest(call, requestId, { act: name, typed: call.typed, refusal: error.code, status: 409 })
    }
    throw error
  }
}

/** Refusals of the domain that the page words; the others are the door's. */
const isRefusal = (error: Conflict): boolean =>
  error.details.act !== undefined || isActKey(`refused-${error.code}`)

/** After these there is nothing more to do here for now: the next task opens. */
const leavesRequest = (name: ActName): boolean =>
  !['take', 'recall', 'supply-papers', 'pay', 'reopen'].includes(name)

async function perform(
  tx: Write,
  call: Call,
  standing: ToAct & Held,
  name: ActName,
  { brought, proofs }: { brought: Brought[]; proofs: BroughtProof[] },
): Promise<Awaited<ReturnType<typeof performAct>>> {
  const { actor } = call.visitor
  const { request, task } = standing
  const asked = typedText(call, field.task)
  const input: ActInput = { requestId: request.id, name, actor, taskId: asked || task?.id }
  // A task that has moved on is refused by the workflow, before anybody is asked to correct a form that no longer matters.
  if (asked && asked !== task?.id) return performAct(tx, call, input, standing)
  const offered = standing.acts.find(each => each.name === name)
  if (!offered || offered.disabledBecause) return performAct(tx, call, input, standing)
  const typed = { standing, typed: call.typed, now: tx.now, town: call.town, locale: call.locale }
  const read = readAct(name, typed)
  const strange = await strangeOnStep(tx, request, stepInHand(standing)?.fields ?? [], read.data.fields ?? {})
  const named = { ...read, faults: [...strange, ...read.faults] }
  const { faults, note, data } = await withProofs(tx, call, standing, name, named, proofs)
  if (faults.length > 0) throw new InvalidInput(faults)
  if (name === 'sign') await confirm(tx, call)
  if (name === 'supply-papers') {
    const supplied = await hangPapers(tx, call, standing, brought)
    return performAct(tx, call, { ...input, note, data: { supplied } }, standing)
  }
  if (name === 'pay') {
    return performAct(
      tx,
      call,
      { ...input, note, data: await exceptFee(tx, call, standing, note ?? '') },
      standing,
    )
  }
  return performAct(tx, call, { ...input, note, data }, standing)
}

async function confirm(tx: Write, call: Call): Promise<void> {
  const { actor, sessionHash } = call.visitor
  if (actor.kind !== 'staff') throw new Conflict('signer-not-staff', { act: 'sign' })
  await confirmStaff(tx, call.house, actor.staffId, {
    password: typedText(call, 'password'),
    code: typedText(call, 'code'),
    sessionHash,
  })
}

async function exceptFee(tx: Write, call: Call, { request, acts: offered }: ToAct, reason: string) {
  const feePoint = offered.find(({ name }) => name === 'pay')?.needs.feePoint
  const by = actorKey(call.visitor.actor)
  await grantException(tx, {
    requestId: request.id,
    personId: request.applicantId,
    scope: 'fee',
    feePoint,
    grantedBy: by,
    reason,
  })
  return { exception: { by: call.visitor.name, reason }, ...(feePoint && { feePoint }) }
}

type Brought = { paperId: string; admitted: AdmittedFile }

/** Takes in files handed over at the office, before the transaction: content is checked and shelved once. */
async function bringPapers(call: Call, requestId: string): Promise<Brought[]> {
  await read(call, tx => requireActor(tx, call.visitor.actor, requestId))
  const brought: Brought[] = []
  const faults: Fault[] = []
  for (const name of Object.keys(call.files)) {
    const paperId = /^paper\.(.+)$/.exec(name)?.[1]
    if (!paperId) continue
    const taken = await admitForm(call, name)
    brought.push(...taken.admitted.map(admitted => ({ paperId, admitted })))
    faults.push(...taken.faults.map(({ code, values }) => ({ field: name, code, ...(values && { values }) })))
  }
  if (faults.length > 0) throw new InvalidInput(faults)
  return brought
}

async function hangPapers(
  tx: Write,
  call: Call,
  { request, service }: ToAct,
  brought: Brought[],
): Promise<string[]> {
  const missing = request.projection.missingPapers.map(({ id }) => id)
  const supplied = brought.filter(({ paperId }) => missing.includes(paperId))
  if (supplied.length === 0) {
    throw new InvalidInput([{ field: `paper.${missing[0] ?? ''}`, code: 'file-missing' }])
  }
  const by = actorKey(call.visitor.actor)
  for (const { paperId, admitted } of supplied) {
    const paper = service.definition.papers.find(({ id }) => id === paperId)
    const documentId = await addDocument(tx, {
      admitted,
      kind: paper?.kind ?? paperId,
      title: paper?.name.ar ?? paperId,
      ownerId: request.applicantId,
      source: 'scan',
      by,
    })
    await attachPaper(tx, request.id, { paperId, documentId, state: 'supplied' }, by)
  }
  return [...new Set(supplied.map(({ paperId }) => paperId))]
}
