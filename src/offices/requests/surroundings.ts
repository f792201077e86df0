import { type Actor, affairsOf, mandates } from '../../kernel/access/index.ts'
import type { CompiledService, RuleValues } from '../../kernel/definition/index.ts'
import type { ActContext, Who } from '../../kernel/workflow/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { serviceOf } from '../catalogue/index.ts'
import { officesOf } from '../people/index.ts'
import type { Desk } from './desk.ts'
import { type FeeBook, isDue, openFeeBook } from './fees.ts'
import type { Request } from './model.ts'
import { partyStanding } from './parties/store.ts'

/** What the workflow is told besides the request: the ledger's word, the rules' values, the town's offices and calendar. */
export type Surroundings = {
  book: FeeBook
  values(stepFields: RuleValues['stepFields']): RuleValues
  context: ActContext
}

/** Reads what deciding an act on a request takes; the page asks the same to say beforehand what an act would do. */
export async function surroundingsOf(
  tx: Read,
  desk: Pick<Desk, 'town'>,
  request: Request,
  service: CompiledService,
): Promise<Surroundings> {
  const { answers, capacity, channel } = request
  const today = dateIn(tx.now, desk.town.timeZone)
  const filedOn = dateIn(request.filedAt, desk.town.timeZone)
  const [book, offices] = await Promise.all([
    openFeeBook(tx, service, request, { today, filedOn }),
    officesOf(tx),
  ])
  const values = (stepFields: RuleValues['stepFields']): RuleValues => ({
    answers,
    stepFields,
    capacity,
    channel,
    today,
    tariffs: book.tariffs,
  })
  const context: ActContext = {
    answers,
    capacity,
    channel,
    calendar: desk.town.calendar,
    feesDue: (point, stepFields) => isDue(book, service, point, values(stepFields)),
    offices: offices.map(office => office.code),
    read: taskId => request.seenTasks?.includes(taskId) ?? false,
  }
  return { book, values, context }
}

/** A request this transaction has locked, and what stands around it: what may be done with it is said, and decided, on one reading. */
export type Held = { request: Request; service: CompiledService; surroundings: Surroundings; who: Who }

/** Reads what stands around a request that was locked; all of it, however far whoever acts reaches, since an act is decided on all of it. */
export async function heldBy(
  within: Write,
  desk: Pick<Desk, 'town'>,
  actor: Actor,
  request: Request,
): Promise<Held> {
  const tx = within.asHouse('an act is decided on the whole ledger of its request, whoever acts')
  const service = await serviceOf(tx, request.serviceCode, request.serviceVersion)
  const [surroundings, who] = await Promise.all([
    surroundingsOf(tx, desk, request, service),
    whoIs(tx, actor, request),
  ])
  return { request, service, surroundings, who }
}

/** In somebody's place one acts in what they applied for themselves, and only as far as the mandate goes. */
function mayActIn({ inPlaceOf }: Extract<Actor, { kind: 'citizen' }>, request: Request): boolean {
  if (!inPlaceOf) return true
  const { personId, services } = inPlaceOf
  const covered = mandates(inPlaceOf, 'request.act') && (services?.includes(request.serviceCode) ?? true)
  return covered && request.applicantId === personId
}

/** What the actor is to this request. */
export async function whoIs(tx: Read, actor: Actor, request: Request): Promise<Who> {
  switch (actor.kind) {
    case 'staff':
      return { kind: 'staff', staffId: actor.staffId, appointments: actor.appointments }
    case 'citizen': {
      const standing = await partyStanding(tx, request.id, affairsOf(actor))
      const relation = standing === 'in-term' && mayActIn(actor, request) ? 'party' : 'none'
      return { kind: 'citizen', personId: actor.personId, relation }
    }
    case 'partner': {
      const mine = request.filedBy.kind === 'partner' && request.filedBy.id === actor.keyId
      return { kind: 'partner', keyId: actor.keyId, relation: mine ? 'party' : 'none' }
    }
    default:
      return { kind: 'system' }
  }
}
