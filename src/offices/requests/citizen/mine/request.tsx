import type { ReactNode } from 'react'
import { isRole } from '../../../../kernel/access/index.ts'
import type { CompiledService, RuleValues } from '../../../../kernel/definition/index.ts'
import { findStep } from '../../../../kernel/workflow/index.ts'
import { dateIn, type WorkCalendar } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { NotFound } from '../../../../lib/errors.ts'
import type { Localized } from '../../../../lib/localized.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { type Call, idParam, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type ShownMessage, saidInRequest } from '../../../messaging/index.ts'
import { officesOf, staffById, staffOf } from '../../../people/index.ts'
import {
  type Charge,
  chargesOfRequest,
  paysOnline,
  type Receipt,
  receiptsOfRequest,
} from '../../../treasury/index.ts'
import { type RequestVisits, visitsOf } from '../../../visits/index.ts'
import { type Letter, lettersOf } from '../../letters/store.ts'
import { reasonOf } from '../../messages.ts'
import type { Request } from '../../model.ts'
import { honestDate } from '../../pace.ts'
import { type AttachedPaper, papersOf } from '../../papers.ts'
import { townOfStep } from '../../step-questions.ts'
import { actionsOf, getRequest } from '../../store.ts'
import { citizenOf, personOf } from '../citizen.ts'
import type { FormTown } from '../filing/field.tsx'
import { requestActsFor } from './acts.ts'
import { lentPanes } from './lent.ts'
import { noteLettersRead } from './letters.tsx'
import { type Together, togetherWith } from './parts.tsx'
import { RequestPage } from './request-page.tsx'
import { type Side, sidesOf } from './sides.tsx'
import { type Issued, issuedOf } from './store.ts'
import { type WayStop, wayOf } from './way.ts'

/** Everything the page of a request shows to its applicant. */
export type RequestSheet = {
  request: Request
  service: CompiledService
  way: (Omit<WayStop, 'office'> & {
    office: Localized | undefined
    person: Localized | undefined
    sides: Side[]
  })[]
  values: RuleValues
  together: Together
  acts: { supply: boolean; withdraw: boolean; answer: boolean }
  papers: AttachedPaper[]
  charges: Charge[]
  /** The town takes money online. */
  online: boolean
  receipts: Receipt[]
  messages: ShownMessage[]
  letters: Letter[]
  /** Names of those of the town who wrote, or work on it. */
  writers: ReadonlyMap<string, Localized>
  issued: Issued[]
  /** What it cost in ways to the centre. */
  visits: RequestVisits
  calendar: WorkCalendar
  /** By when nine of ten like it were done lately. */
  likely: Date | undefined
  /** Panes of offices above. */
  lent: ReactNode[]
  /** The town's own lists, for what a step asks of the applicant. */
  formTown: FormTown
  /** Why it was not accepted, in the officer's words. */
  reason: string | undefined
  /** It was closed since nobody contested it. */
  lapsed: boolean
}

/** `/my/requests/ID`: where it stands, whose turn it is, and what can be done about it right here. */
export async function showRequest(call: Call): Promise<Response> {
  return answerRequest(call, [], 200)
}

export async function answerRequest(call: Call, faults: Fault[], status: number): Promise<Response> {
  const sheet = await read(call, tx => sheetOf(tx, call, idParam(call, 'id')))
  const wasSent = Object.keys(call.typed).length > 0
  await noteLettersRead(call, sheet)
  return showPage(
    call,
    <RequestPage sheet={sheet} faults={faults} typed={wasSent ? call.typed : call.query} />,
    status,
  )
}

/** The citizen's own request, or one they are a party to; any other does not exist for them. */
export async function getMine(
  tx: Read,
  call: Call,
  id: string,
  lock = false,
): Promise<{ request: Request; service: CompiledService; acts: RequestSheet['acts'] }> {
  const request = await getRequest(tx, id, lock)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const acts = await requestActsFor(tx, citizenOf(call), request, service)
  if (!acts) throw new NotFound('no-such-request')
  return { request, service, acts }
}

/** What does not wait for each other is asked side by side, and leaves in one packet; shown is none of it unless the request is theirs. */
async function sheetOf(tx: Read, call: Call, id: string): Promise<RequestSheet> {
  const today = dateIn(tx.now, call.town.timeZone)
  const [{ request, service, acts }, { known, actions, ...hanging }] = await Promise.all([
    getMine(tx, call, id),
    hangingOn(tx, id, today),
  ])
  const { projection, answers, capacity, channel } = request
  const values = { answers, capacity, channel, today, stepFields: projection.stepFields }
  const way = wayOf(service, projection, values)
  const offices = new Map(known.map(office => [office.code, office.name]))
  const now = way.find(stop => stop.state !== 'done' && stop.task && !stop.task.assignee)
  const asked = acts.answer ? (findStep(service, projection.step)?.fields ?? []) : []
  const wrote = townWriters(hanging.letters)
  const [staff, only, together, likely, lent, formTown] = await Promise.all([
    staffById(tx, [...way.flatMap(stop => stop.task?.assignee ?? []), ...wrote]),
    now && onlyOneAt(tx, now, today),
    togetherWith(tx, request),
    honestDate(tx, { request, service }, call.town.calendar),
    lentPanes(tx, call, request),
    townOfStep(tx, call.town, request, asked, personOf(call)),
  ])
  const nameOf = (staffId: string) => staff.get(staffId)?.name
  const refused =
    projection.state === 'rejected' ? actions.findLast(action => action.name === 'reject') : undefined
  return {
    request,
    service,
    acts,
    values,
    together,
    likely,
    lent,
    formTown,
    ...hanging,
    way: way.map(stop => ({
      ...stop,
      office: offices.get(stop.office),
      sides: sidesOf(stop, projection, actions, offices),
      person: nameOf(stop.task?.assignee ?? '') ?? (stop === now ? only : undefined),
    })),
    writers: new Map([...staff].map(([staffId, { name }]) => [staffId, name])),
    calendar: call.town.calendar,
    reason: refused && reasonOf(service, call.locale, refused),
    lapsed: projection.closedAt !== undefined && actions.at(-1)?.name === 'lapse',
  }
}

/** What hangs on a request and asks for no more of it than its id, and what the town has that it is shown by. */
async function hangingOn(tx: Read, id: string, today: string) {
  const [known, letters, actions, papers, charges, online, receipts, messages, issued, visits] =
    await Promise.all([
      officesOf(tx),
      lettersOf(tx, id, 'citizen'),
      actionsOf(tx, id),
      papersOf(tx, id),
      chargesOfRequest(tx, id),
      paysOnline(tx, today),
      receiptsOfRequest(tx, id),
      saidInRequest(tx, id, 20),
      issuedOf(tx, id),
      visitsOf(tx, id),
    ])
  return { known, letters, actions, papers, charges, online, receipts, messages, issued, visits }
}

const townWriters = (letters: Letter[]): string[] =>
  letters.flatMap(({ from }) => (from.kind === 'staff' ? from.id : []))

/** Where nobody has taken a task yet and one person alone could, that is whose turn it is. */
async function onlyOneAt(tx: Read, { task }: WayStop, today: string): Promise<Localized | undefined> {
  if (!task || !isRole(task.role)) return undefined
  const people = await staffOf(tx, task.office, today, task.role)
  return people.length === 1 ? people[0]?.name : undefined
}
