import { z } from 'zod'
import type { CompiledService } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import { Conflict, Forbidden, InvalidInput } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { survivorOf } from '../../people/index.ts'
import {
  actionsOf,
  beneficiaryOfRequest,
  concernedIn,
  findByNumber,
  partiesOf,
  type Request,
  readRequestNumber,
  requestNumber,
} from '../../requests/index.ts'
import { type Due, duesOf, type PaymentWay, paymentWays } from '../../treasury/index.ts'

/** What the form and the steps of a request say, by field. */
export const toldBy = (request: Request): Record<string, unknown> => ({
  ...request.answers,
  ...request.projection.stepFields,
})

/** Reads what an effect needs of a request; a service that does not ask for it is a fault of the service, told by its field. */
export function readFacts<Shape extends z.ZodType>(shape: Shape, request: Request): z.output<Shape> {
  const read = shape.safeParse(toldBy(request))
  if (read.success) return read.data
  const field = String(read.error.issues[0]?.path[0] ?? '')
  throw new Conflict('effect-field-missing', { service: request.serviceCode, field })
}

/** How money goes out, as the officer who writes the payment voucher filled it in: a cheque unless another way was chosen. */
export const payment = z.object({
  paymentWay: z.enum(paymentWays as [PaymentWay, ...PaymentWay[]]).default('cheque'),
  paymentReference: z.string().optional(),
  paymentBank: z.string().optional(),
})

export const anAmount = z.object({
  minor: z.number().int().nonnegative(),
  currency: z.enum(['ILS', 'JOD', 'USD']),
})

/** Whose affair the request is, and everybody whose dues and deposits it may touch. */
export async function peopleOf(
  tx: Read,
  request: Request,
): Promise<{ beneficiary: string; concerned: string[] }> {
  const beneficiary = await beneficiaryOfRequest(tx, request)
  const concerned = concernedIn({ ...request, parties: await partiesOf(tx, request.id) })
  return { beneficiary, concerned: [...new Set([beneficiary, ...concerned])] }
}

/** What a person owes themselves, under whichever of their records: not what another holder of the same account owes. */
export async function ownDues(tx: Read, personId: string, on: CalendarDate): Promise<Due[]> {
  const dues = await duesOf(tx, personId, on)
  const self = await survivorOf(tx, personId)
  const own = new Set([self])
  for (const debtorId of new Set(dues.map(due => due.debtorId)))
    if ((await survivorOf(tx, debtorId)) === self) own.add(debtorId)
  return dues.filter(due => own.has(due.debtorId))
}

/**
 * The request another one names by its number, 4178/2026.
 * @throws Conflict `request-number-wrong`
 */
export async function requestNamed(tx: Read, text: string): Promise<string> {
  const named = readRequestNumber(text)
  const found = named && (await findByNumber(tx, { kind: 'system' }, named.number, named.year))
  if (!found) throw new Conflict('request-number-wrong', { number: text })
  return found.id
}

/**
 * Who of the staff filled in a field last, and who decided on it since: money and debts are moved neither on the word of a form alone, nor on
 * a figure written after the decision.
 * @throws Conflict `not-decided`
 */
export async function handsOn(
  tx: Read,
  request: Request,
  service: CompiledService,
  field: string,
): Promise<{ proposer: string | undefined; decider: string }> {
  const decides = new Set(
    service.definition.steps
      .filter(step => step.kind === 'decision' || step.kind === 'committee')
      .map(step => step.id),
  )
  const byStaff = (await actionsOf(tx, request.id)).filter(action => action.actor.kind === 'staff')
  const proposal = byStaff.findLast(action => action.data.fields?.[field] !== undefined)
  const decision = byStaff.findLast(action => {
    const task = request.projection.tasks.find(each => each.id === action.taskId)
    return action.name === 'approve' && task !== undefined && decides.has(task.step)
  })
  if (!decision || decision.seq < (proposal?.seq ?? 0)) throw new Conflict('not-decided')
  return { proposer: proposal?.actor.id, decider: decision.actor.id }
}

/**
 * Money goes out by somebody's hand, who writes the cheque or counts the notes.
 * @throws Conflict `paid-by-hand`
 */
export function byHand(by: string): void {
  if (by === 'system') throw new Conflict('paid-by-hand')
}

/** The decision that the books name: the number the officer wrote, else that of the committee's session, else the request itself. */
export function decisionOf(request: Request, written: string | undefined): string {
  const session = Object.values(request.projection.sessions).at(-1)
  return written ?? (session ? `${session.decision} · ${session.number}` : requestNumber(request))
}

/** Who the books name: whoever carries it out, or the system where no hand was needed. */
export const byOf = (id: string): { kind: 'staff' | 'system'; id: string } =>
  id === 'system' ? { kind: 'system', id } : { kind: 'staff', id }

/** How the books name the request that something rests on. */
export const causeOf = (request: Request, service: CompiledService): string =>
  `${service.definition.name.ar} ${requestNumber(request)}`

/** What the treasury would tell a form is told to an officer whose form it is not: by its first fault. */
export async function asRefusal<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof InvalidInput) throw new Conflict(error.faults[0]?.code ?? error.code)
    if (error instanceof Forbidden) throw new Conflict(error.code)
    throw error
  }
}
