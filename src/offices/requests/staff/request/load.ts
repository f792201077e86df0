import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { applyDuesRule, type DuesJudgement } from '../../../../kernel/dues/index.ts'
import {
  type Action,
  type Available,
  availableActs,
  standsFor,
  type TableFacts,
  type Task,
  type Who,
} from '../../../../kernel/workflow/index.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { NotFound } from '../../../../lib/errors.ts'
import { maskId } from '../../../../lib/national-id.ts'
import type { PartPrice } from '../../../../lib/sms/index.ts'
import type { Read } from '../../../../platform/database/transaction.ts'
import type { Call } from '../../../../web/call.ts'
import { serviceOf } from '../../../catalogue/index.ts'
import { type Certificate, certificatesOfRequest } from '../../../certificates/index.ts'
import { lookInto } from '../../../looks/index.ts'
import {
  messagesOfRequest,
  priceOfPart,
  type ShownMessage,
  type TownWording,
  townWords,
} from '../../../messaging/index.ts'
import {
  getPeople,
  idNumberOf,
  type Office,
  officesOf,
  type Person,
  type Phone,
  primaryPhone,
  type StaffMember,
  staffById,
} from '../../../people/index.ts'
import { type Due, duesOf, exceptionsFor, type Receipt, receiptsOfRequest } from '../../../treasury/index.ts'
import { type RequestVisits, visitsOf } from '../../../visits/index.ts'
import { isReviewed } from '../../letters/rule.ts'
import { type Letter, lettersOf } from '../../letters/store.ts'
import { frameOf } from '../../letters/told.ts'
import type { Request } from '../../model.ts'
import { notesOf, type PageNote } from '../../notes/store.ts'
import { type AttachedPaper, papersOf } from '../../papers.ts'
import type { Party } from '../../parties/model.ts'
import { partiesOf } from '../../parties/store.ts'
import { actionsOf, getRequest } from '../../store.ts'
import { type Surroundings, surroundingsOf, whoIs } from '../../surroundings.ts'
import { lookOnce } from '../looks.ts'
import { entranceTo, type RequestRights, rightsOn } from '../rights.ts'
import { staffText } from '../strings.ts'
import { linkedTo } from './linked.tsx'
import { maskedPart, showMasked } from './masked.tsx'
import { phrasesFor, type ReadyPhrase } from './phrases.ts'

/** The request as the workflow sees it for whoever is at the door: what they may do, and on which task. */
export type Standing = ToAct & {
  /** What the town words itself. */
  wording: TownWording
}

/** As much of it as an act takes. */
export type ToAct = {
  request: Request
  service: CompiledService
  rights: RequestRights
  who: Who
  surroundings: Surroundings
  /** The task the page is about: asked for, or the first this person can work on. */
  task: Task | undefined
  acts: Available[]
  /** Referrals of this person's that nobody has read yet. */
  recalls: string[]
  /** Ready phrases of the reader, written out for this request. */
  phrases: ReadyPhrase[]
}

/** Everything the page of a request shows. */
export type RequestView = Standing & {
  /** Whether what stands masked is shown, for a reason given. */
  unmasked: boolean
  actions: Action[]
  names: Map<string, StaffMember>
  people: Map<string, Person>
  offices: Map<string, Office>
  papers: AttachedPaper[]
  parties: Party[]
  messages: ShownMessage[]
  letters: Letter[]
  /** What the box that writes to the applicant shows: the message around the words, what a part costs, whether a second person looks. */
  writing: { frame: string; price: PartPrice | undefined; reviewed: boolean } | undefined
  notes: PageNote[]
  receipts: Receipt[]
  certificates: Certificate[]
  /** What it cost in ways to the centre. */
  visits: RequestVisits
  applicant: Person
  /** Absent where the reader may not read the person's data. */
  contact: { maskedId: string | undefined; phone: Phone | undefined } | undefined
  dues: { judgement: DuesJudgement; lines: Due[] }
  /** What was filed together with it. */
  linked: Awaited<ReturnType<typeof linkedTo>>
}

/** Reads the request and what the reader may do on it. Whoever may not read it is told that there is none. */
export async function standingOf(
  tx: Read,
  call: Call,
  requestId: string,
  taskId?: string,
): Promise<Standing> {
  return standingBy(tx, call, await rightsOn(tx, call.visitor.actor, requestId), requestId, taskId)
}

async function standingBy(
  tx: Read,
  call: Call,
  rights: RequestRights,
  requestId: string,
  taskId?: string,
): Promise<Standing> {
  const request = await getRequest(tx, requestId)
  const service = await serviceOf(tx, request.serviceCode, request.serviceVersion)
  const [surroundings, who, wording, phrases] = await Promise.all([
    surroundingsOf(tx, call, request, service),
    whoIs(tx, call.visitor.actor, request),
    townWords(tx, call.house),
    rights['request.act'] ? phrasesFor(tx, call, request, service) : [],
  ])
  const standing = { request, service, rights, who, surroundings, wording, phrases }
  if (!rights['request.act']) return { ...standing, task: undefined, acts: [], recalls: [] }
  return { ...standing, ...chooseTask(standing, taskId, tx.now) }
}

/** Which task they are at, and what may be done on it; which one it is does not depend on what stands around the request. */
export function chooseTask(
  { request, service, who, surroundings }: Pick<ToAct, 'request' | 'service' | 'who'> & Partial<ToAct>,
  taskId: string | undefined,
  now: Date,
): Pick<ToAct, 'task' | 'acts' | 'recalls'> {
  const { projection } = request
  const { stepFields } = projection
  const context = surroundings?.context
  const facts: TableFacts = {
    at: now,
    ...(context && { unpaid: point => context.feesDue(point, stepFields) }),
    ...(context?.read && { read: context.read }),
  }
  const mine = (task: Task) => standsFor(who, task.assignee)
  const offered = projection.tasks
    .filter(task => task.state !== 'closed')
    .map(task => ({ task, acts: availableActs(service, projection, who, task, facts) }))
  const recalls = offered
    .filter(({ acts }) => acts.some(({ name, disabledBecause }) => name === 'recall' && !disabledBecause))
    .map(({ task }) => task.id)
  const workable = offered.filter(({ task, acts }) => mine(task) || acts.some(each => isOnTask(each)))
  const chosen =
    workable.find(({ task }) => task.id === taskId) ?? workable.find(({ task }) => mine(task)) ?? workable[0]
  return {
    recalls,
    ...(chosen ?? { task: undefined, acts: availableActs(service, projection, who, undefined, facts) }),
  }
}

const isOnTask = ({ name }: Available): boolean =>
  !['pay', 'supply-papers', 'withdraw', 'reopen', 'recall'].includes(name)

/** Why the page of a request is opened: as its act of the audit, and in words. */
export type Opening = {
  act: 'request.opened' | 'request.sheet'
  cause: string
  reads?: keyof RequestRights
}

/** The page of a request, opened to work on it. */
export const openedToWork: Opening = { act: 'request.opened', cause: staffText('ar', 'open-cause') }

/**
 * Reads the page whole, in one transaction, once the gate of looks has let the reader through. What does not wait for each other is asked
 * side by side, and leaves in one packet.
 */
export async function loadRequest(
  tx: Read,
  call: Call,
  requestId: string,
  { act, cause, reads = 'request.read' }: Opening,
  taskId?: string,
): Promise<RequestView> {
  const { rights, applicantId } = await entranceTo(tx, call.visitor.actor, requestId)
  if (!rights[reads]) throw new NotFound('no-such-request')
  const seen = { personId: applicantId, requestId, subjectKind: 'request', subjectId: requestId, cause }
  await lookOnce(tx, call, act, seen)
  // What stands masked needs a reason of its own, whatever opened the page; each showing is a look by itself.
  const unmasked = call.query[showMasked] === maskedPart
  if (unmasked) await lookInto(call, tx, { ...seen, part: maskedPart })
  const [standing, hanging, offices] = await Promise.all([
    standingBy(tx, call, rights, requestId, taskId),
    hangingOn(tx, call, rights, requestId, applicantId),
    officesOf(tx),
  ])
  const { request, service } = standing
  const { actions, parties, letters, notes } = hanging
  const [everybody, names, writing, dues, linked] = await Promise.all([
    getPeople(tx, personIds(request, actions, parties, letters)),
    staffById(tx, [...staffIds(request, actions, letters), ...notes.map(({ by }) => by.id)]),
    rights['request.act'] ? writingOf(tx, call, request) : undefined,
    duesFor(tx, hanging.owed, request, service),
    linkedTo(tx, call, request),
  ])
  const people = new Map(everybody.map(each => [each.id, each]))
  const applicant = people.get(request.applicantId)
  if (!applicant) throw new Error('a request without its applicant')
  const { owed: _, ...shown } = hanging
  return {
    ...standing,
    ...shown,
    unmasked,
    people,
    applicant,
    names,
    writing,
    dues,
    linked,
    offices: new Map(offices.map(each => [each.code, each])),
  }
}

/** Everything that hangs on a request, as far as the reader may see it: it asks for no more of the request than its id and whose it is. */
async function hangingOn(
  tx: Read,
  call: Call,
  rights: RequestRights,
  requestId: string,
  applicantId: string,
): Promise<
  Pick<RequestView, 'actions' | 'papers' | 'parties' | 'letters' | 'notes' | 'messages' | 'receipts'> &
    Pick<RequestView, 'certificates' | 'contact' | 'visits'> & { owed: Due[] }
> {
  const [actions, papers, parties, letters, notes, messages, receipts, certificates, contact, visits, owed] =
    await Promise.all([
      actionsOf(tx, requestId),
      papersOf(tx, requestId),
      partiesOf(tx, requestId),
      rights['messages.read'] ? lettersOf(tx, requestId, 'staff') : [],
      rights['paper.read'] ? notesOf(tx, requestId) : [],
      rights['messages.read'] ? messagesOfRequest(tx, requestId) : [],
      rights['receipt.read'] || rights['dues.read'] ? receiptsOfRequest(tx, requestId) : [],
      rights['certificate.read'] ? certificatesOfRequest(tx, requestId) : [],
      rights['person.read'] ? contactOf(tx, call, applicantId) : undefined,
      visitsOf(tx, requestId),
      duesOf(tx, applicantId, dateIn(tx.now, call.town.timeZone)),
    ])
  return { actions, papers, parties, letters, notes, messages, receipts, certificates, contact, visits, owed }
}

/** What is owed elsewhere, and what the service's rule makes of it; this request's own fee is shown as its fee. */
async function duesFor(
  tx: Read,
  owed: readonly Due[],
  request: Request,
  service: CompiledService,
): Promise<RequestView['dues']> {
  const lines = owed.filter(due => due.requestId !== request.id)
  const exceptions = lines.length > 0 ? await exceptionsFor(tx, { requestId: request.id }) : []
  return { lines, judgement: applyDuesRule(service.definition.dues, lines, exceptions) }
}

async function writingOf(tx: Read, call: Call, request: Request): Promise<RequestView['writing']> {
  const [frame, price, reviewed] = await Promise.all([
    frameOf(tx, call, request),
    priceOfPart(tx),
    isReviewed(tx, call),
  ])
  return { frame, price, reviewed }
}

async function contactOf(tx: Read, call: Call, personId: string): Promise<RequestView['contact']> {
  const [id, phone] = await Promise.all([
    idNumberOf(tx, call.house.crypto, personId),
    primaryPhone(tx, call.house.crypto, personId),
  ])
  return { maskedId: id === undefined ? undefined : maskId(id), phone }
}

function staffIds(request: Request, actions: Action[], letters: Letter[]): string[] {
  const actors = actions.map(({ actor }) => actor)
  const tasks = request.projection.tasks
  const senders = tasks.flatMap(({ from }) => from ?? [])
  return [
    ...letters.flatMap(({ from }) => (from.kind === 'staff' ? from.id : [])),
    ...[...actors, ...senders].filter(({ kind }) => kind === 'staff').map(({ id }) => id),
    ...tasks.flatMap(({ assignee }) => assignee ?? []),
    ...actions.flatMap(({ data }) =>
      [data.to?.staffId ?? [], data.deputyOf ?? [], data.cameBackFrom ?? []].flat(),
    ),
  ]
}

function personIds(request: Request, actions: Action[], parties: Party[], letters: Letter[]): string[] {
  const writers = letters.flatMap(({ from }) => (from.kind === 'citizen' ? from.id : []))
  const citizens = actions.filter(({ actor }) => actor.kind === 'citizen').map(({ actor }) => actor.id)
  return [
    ...new Set([request.applicantId, ...writers, ...citizens, ...parties.map(({ personId }) => personId)]),
  ]
}
