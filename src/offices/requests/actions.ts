import { type Actor, affairsOf } from '../../kernel/access/index.ts'
import type { ActName, CompiledService, RuleValues } from '../../kernel/definition/index.ts'
import { type ActData, type Consequence, decide, type Projection } from '../../kernel/workflow/index.ts'
import { Conflict } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { type Money, sumByCurrency } from '../../lib/money.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { actorKey } from '../../web/actor.ts'
import { record } from '../audit/index.ts'
import { isAtHand, requireNoneAtHand } from '../certificates/index.ts'
import { hangOn } from '../visits/index.ts'
import { type Desk, effectNamed } from './desk.ts'
import { assessFees, cancelFees, type FeeBook, raiseFees } from './fees.ts'
import { fileRequest } from './file.ts'
import { follow } from './follow.ts'
import { publishActed } from './heard.ts'
import { groundOf, tellApplicant } from './messages.ts'
import type { Request } from './model.ts'
import { issueOutput } from './outputs.ts'
import { notePace } from './pace.ts'
import { requireCollector } from './parties/collect.ts'
import { partyStanding } from './parties/store.ts'
import { endedParts } from './parts/end.ts'
import { appendAction, getRequest, markSeen, saveProjection } from './store.ts'
import { type Held, heldBy } from './surroundings.ts'

export type ActInput = {
  requestId: string
  name: ActName | 'assign'
  actor: Actor
  taskId?: string | undefined
  note?: string | undefined
  data?: ActData
  /** On handing over: who takes it away, a party; the applicant unless said. */
  receiverId?: string | undefined
  /** Who did it in the applicant's place without a log-in, for the audit: the holder of a link. */
  through?: { kind: 'link'; id: string } | undefined
}

/** The request after an act, and how it stood before. */
export type ActResult = { request: Request; service: CompiledService; before: Projection }

/**
 * Does an act on a request: the row is locked, the workflow decides, and action, projection, tasks, charges, effects, documents, messages
 * and audit row are written in this one transaction. `held` is what the caller has locked and read already, in this transaction. A refusal
 * is `Conflict(code)`; the page words it.
 */
export async function performAct(
  within: Write,
  desk: Desk,
  input: ActInput,
  held?: Held,
): Promise<ActResult> {
  const { request, service, surroundings, who } =
    held ?? (await heldBy(within, desk, input.actor, await getRequest(within, input.requestId, true)))
  const { book, values, context } = surroundings
  const tx = within.asHouse(
    'an act on a request writes to other offices, to all of its parties and to what it ends in',
  )
  if (input.name === 'hand-over') {
    await requireNoneAtHand(tx, request.id, input.name)
    await requireCollector(tx, desk, request, input.receiverId)
  }
  const before = request.projection
  const decision = decide(
    service,
    before,
    {
      name: input.name,
      actor: who,
      at: tx.now,
      data: input.data ?? {},
      newTaskIds: () => newId(tx.now),
      ...(input.taskId !== undefined && { taskId: input.taskId }),
      ...(input.note !== undefined && { note: input.note }),
    },
    context,
  )
  if (!decision.ok) {
    const by = input.actor
    const lapsed = by.kind === 'citizen' && (await partyStanding(tx, request.id, affairsOf(by))) === 'expired'
    throw new Conflict(lapsed ? 'power-expired' : decision.code, {
      act: input.name,
      ...(decision.fields && { fields: decision.fields }),
    })
  }

  const { action, projection, consequences } = decision
  const after: Request = { ...request, projection }
  const task = before.tasks.find(({ id }) => id === action.taskId)
  const isRead = task && task.purpose !== 'step' && action.name !== 'recall' && action.actor.kind === 'staff'
  const isAside =
    task?.purpose === 'information' && (action.name === 'refer-back' || action.name === 'recall')
  // In one packet: the request stays locked for as long as statements go to and fro.
  await Promise.all([
    appendAction(tx, request.id, newId(tx.now), action),
    isRead && markSeen(tx, task.id, action.actor.id),
    saveProjection(tx, request.id, before, projection, isAside ? undefined : action.name),
    record(tx, {
      actor: {
        ...(input.through ?? actorKey(input.actor)),
        ...(action.actor.office !== undefined && { office: action.actor.office }),
      },
      act: `request.${input.name}`,
      subjectKind: 'request',
      subjectId: request.id,
      personId: request.applicantId,
      requestId: request.id,
      ...(action.data.deputyOf !== undefined && { cause: `deputy of ${action.data.deputyOf}` }),
    }),
  ])
  await Promise.all([
    notePace(tx, { request: after, service, before, ctx: context }),
    carryOut(tx, desk, {
      after,
      service,
      book,
      values: values(projection.stepFields),
      input,
      consequences,
    }),
  ])
  await hangOnVisit(tx, after, input)
  await announce(tx, desk, after, input.name, before)
  const of = { request: after, service, values: values(projection.stepFields) }
  await follow(tx, desk, of, consequences, fileRequest)
  await goOnWithParts(tx, desk, after, consequences)
  return { request: after, service, before }
}

/** A part that ends may let the application go on, in the same transaction; and an application whose parts have all ended already does. */
async function goOnWithParts(
  tx: Write,
  desk: Desk,
  { id, partOf, projection }: Request,
  consequences: readonly Consequence[],
): Promise<void> {
  const filed = consequences.some(({ kind }) => kind === 'file-part')
  const parents = [...(filed ? [id] : []), ...(partOf && projection.closedAt ? [partOf.requestId] : [])]
  for (const requestId of parents) {
    const parts = await endedParts(tx, requestId)
    if (!parts) continue
    const system = { kind: 'system' } as const
    await performAct(tx, desk, { requestId, name: 'parts-ended', actor: system, data: { parts } })
  }
}

/** A document is handed over to somebody who stands there: it is done in a visit. */
async function hangOnVisit(tx: Write, request: Request, { name, actor }: ActInput): Promise<void> {
  if (name !== 'hand-over' || actor.kind !== 'staff') return
  const act = { act: 'document.handed-over', requestId: request.id, personId: request.applicantId }
  await hangOn(tx, { staffId: actor.staffId, ...act })
}

type Work = {
  after: Request
  service: CompiledService
  book: FeeBook
  values: RuleValues
  input: Pick<ActInput, 'actor' | 'note' | 'data'>
  consequences: Consequence[]
}

/** Money first, since messages name amounts; then effects and documents; words last. */
async function carryOut(tx: Write, desk: Desk, work: Work): Promise<void> {
  const { after, service, book, values, input, consequences } = work
  const by = actorKey(input.actor)
  const amounts: Money[] = []
  for (const each of consequences) {
    if (each.kind === 'cancel-fees') await cancelFees(tx, book, each.feePoint, by)
    if (each.kind === 'raise-fees') {
      amounts.push(
        ...(await raiseFees(tx, after, book, assessFees(service, each.feePoint, values), values, by)),
      )
    }
  }
  for (const each of consequences) {
    if (each.kind === 'run-effect')
      await effectNamed(each.effect)(tx, desk, { request: after, service, by: by.id })
    if (each.kind === 'issue-output')
      await issueOutput(tx, desk, {
        request: after,
        service,
        output: each.output,
        signer: input.actor,
        values,
      })
  }
  for (const each of consequences) {
    if (each.kind !== 'message') continue
    // What has still to be signed by hand is not ready; who takes it back says so.
    if (each.event === 'ready' && (await isAtHand(tx, after.id))) continue
    await tellApplicant(tx, desk, service, each.event, after, {
      papers: each.papers,
      amounts: each.event === 'paid' ? amountsPaid(book, after.projection) : amounts,
      reason: groundOf(service, input.data?.ground)?.words.ar ?? input.data?.reason ?? input.note,
      at: each.at,
    })
  }
}

/** What was paid at the fee point settled last. */
function amountsPaid(book: FeeBook, { settledFeePoints }: Projection): Money[] {
  const at = settledFeePoints.at(-1)
  const paid = book.charges.filter(charge => charge.feePoint === at && !charge.cancelled)
  return sumByCurrency(paid.map(charge => charge.settled))
}

/** Tells other offices in the transaction, and open pages after it. */
async function announce(
  tx: Write,
  { house }: Desk,
  request: Request,
  act: string,
  before?: Projection,
): Promise<void> {
  const tasks = [...(before?.tasks ?? []), ...request.projection.tasks].filter(
    task => task.state !== 'closed',
  )
  const offices = [...new Set(tasks.map(task => task.office))]
  await publishActed(house.events, tx, {
    requestId: request.id,
    act,
    state: request.projection.state,
    offices,
  })
}
