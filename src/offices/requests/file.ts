import type { Actor } from '../../kernel/access/index.ts'
import type {
  Answers,
  Capacity,
  Channel,
  CompiledService,
  RuleValues,
} from '../../kernel/definition/index.ts'
import { applyDuesRule, type DuesJudgement } from '../../kernel/dues/index.ts'
import { type FormFault, renderAnswers, simulate } from '../../kernel/form/index.ts'
import { requiredPapers } from '../../kernel/papers/index.ts'
import { type Decision, decide, type Projection, unfiled, type Who } from '../../kernel/workflow/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, InvalidInput } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { smsParts } from '../../lib/sms.ts'
import { hashToken, newToken } from '../../platform/crypto/index.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import { canonicalBytes } from '../audit/index.ts'
import { catalogueOf } from '../catalogue/index.ts'
import { officesOf } from '../people/index.ts'
import { duesOf, exceptionsFor } from '../treasury/index.ts'
import { strangeAccounts } from './accounts.ts'
import { announce, carryOut } from './actions.ts'
import type { Desk } from './desk.ts'
import { assessFees, type FeeBook, tariffsFor } from './fees.ts'
import { messageText } from './messages.ts'
import type { Frozen, Request } from './model.ts'
import { taskRow } from './store.ts'

export type FilingPaper = { paperId: string; documentId: string; state: 'supplied' | 'offered' }

/** A request about to be filed. */
export type Filing = {
  serviceCode: string
  serviceVersion: number
  channel: Channel
  capacity: Capacity
  applicantId: string
  /** Other parties, besides the applicant. */
  parties?: { personId: string; capacity: Capacity; proofDocumentId?: string; validUntil?: string }[]
  answers: Answers
  papers: FilingPaper[]
  by: Who
  /** The office of the clerk who files. */
  office?: string | undefined
  /** The draft it comes from: an exception granted there counts. */
  draftId?: string | undefined
  /** False where the fee is settled in the act of filing, and nobody is to be asked for it. */
  tellsFee?: boolean | undefined
}

export type Filed = {
  requestId: string
  number: number
  year: number
  trackingToken: string
  repeated: boolean
}

/** Where the same filing sent again is recognised; absent when the caller keeps that itself. */
export type FilingKey = {
  actor: string
  key: string
  route: string
  bodyHash: Buffer
  location: (requestId: string) => string
}

/**
 * What stands in the way of filing: unanswered questions and papers not yet there. Conditions are those of the pruned answers, so nothing
 * unreachable is asked for.
 */
export function faultsOf(
  service: CompiledService,
  filing: Filing,
  today: string,
): { faults: FormFault[]; answers: Answers } {
  const { capacity, channel } = filing
  const simulation = simulate(service, filing.answers, { capacity, channel, today })
  const values: RuleValues = { answers: simulation.pruned, stepFields: {}, capacity, channel, today }
  const missing = requiredPapers(service, values)
    .filter(paper => !paper.optional && !filing.papers.some(({ paperId }) => paperId === paper.id))
    .map((paper): FormFault => ({ field: paper.id, code: 'required' }))
  return { faults: [...simulation.missing, ...missing], answers: simulation.pruned }
}

/** What the applicant's dues mean for this filing. */
export async function judgeDues(
  tx: Read,
  service: CompiledService,
  filing: Pick<Filing, 'applicantId' | 'draftId'>,
  today: string,
): Promise<DuesJudgement> {
  const dues = await duesOf(tx, filing.applicantId, today)
  if (dues.length === 0) return { outcome: 'clear', totals: [], because: [] }
  const exceptions = filing.draftId ? await exceptionsFor(tx, { draftId: filing.draftId }) : []
  const ofDues = exceptions.filter(({ scope }) => scope === 'dues')
  return applyDuesRule(service.definition.dues, dues, ofDues)
}

/**
 * Files a request: checks the answers, papers and dues, lets the workflow open the first step, and writes all of it in one round trip
 * (`file_request`), then what is due before filing. Refusals: `service-retired`, `dues-hold`, or `InvalidInput` with a fault for each thing
 * missing.
 */
export async function fileRequest(tx: Write, desk: Desk, filing: Filing, key?: FilingKey): Promise<Filed> {
  const catalogue = await catalogueOf(tx)
  const offered = catalogue.find(filing.serviceCode)
  if (!offered || offered.retired) throw new Conflict('service-retired', { code: filing.serviceCode })
  const { service } = catalogue.get(filing.serviceCode, filing.serviceVersion)
  const { definition } = service
  if (!definition.channels.includes(filing.channel))
    throw new Conflict('channel-closed', { channel: filing.channel })
  if (!definition.applicants.includes(filing.capacity))
    throw new Conflict('capacity-not-accepted', { capacity: filing.capacity })
  const today = dateIn(tx.now, desk.town.timeZone)
  const { faults, answers } = faultsOf(service, filing, today)
  faults.push(...(await strangeAccounts(tx, service, answers, filing.applicantId)))
  if (faults.length > 0) throw new InvalidInput(faults)
  const judgement = await judgeDues(tx, service, filing, today)
  if (judgement.outcome === 'hold') throw new Conflict('dues-hold', { because: judgement.because })

  const tariffs = definition.fees.length > 0 ? await tariffsFor(tx, service, today) : {}
  const values: RuleValues = {
    answers,
    stepFields: {},
    capacity: filing.capacity,
    channel: filing.channel,
    today,
    tariffs,
  }
  const decision = openCase(
    tx,
    desk,
    service,
    filing,
    values,
    (await officesOf(tx)).map(office => office.code),
  )
  const frozen: Frozen = {
    ar: renderAnswers(service, answers, 'ar'),
    en: renderAnswers(service, answers, 'en'),
  }
  const filed = await writeFiling(tx, desk, service, { ...filing, answers }, decision, frozen, key)
  if (filed.repeated) return filed

  const request = toRequest(filing, filed, { answers, frozen }, tx.now, decision)
  const unsaid = filing.tellsFee === false ? ['received', 'fee-due'] : ['received']
  const rest = decision.consequences.filter(each => !(each.kind === 'message' && unsaid.includes(each.event)))
  if (rest.length > 0) {
    const book: FeeBook = { charges: [], tariffs }
    const input = { actor: actorOf(filing.by), note: undefined }
    await carryOut(tx, desk, { after: request, service, book, values, input, consequences: rest })
  }
  await announce(tx, desk, request, 'file')
  return filed
}

type Accepted = Extract<Decision, { ok: true }>

function openCase(
  tx: Write,
  desk: Desk,
  service: CompiledService,
  filing: Filing,
  values: RuleValues,
  offices: string[],
): Accepted {
  const decision = decide(
    service,
    unfiled,
    { name: 'file', actor: filing.by, at: tx.now, data: {}, newTaskIds: () => newId(tx.now) },
    {
      answers: values.answers,
      capacity: filing.capacity,
      channel: filing.channel,
      calendar: desk.town.calendar,
      feesDue: (point, stepFields) => assessFees(service, point, { ...values, stepFields }).length > 0,
      offices,
    },
  )
  if (!decision.ok) throw new Conflict(decision.code, { act: 'file' })
  return decision
}

/** Concerned with every request from the start, also with those filed on the web: whoever comes to the window can be helped. */
const serviceCentre = 'service-centre'

const filingSql = `select number, repeated, request_id from file_request($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,
  $20,$21,$22,$23,$24,$25,$26,$27,$28,$29)`

async function writeFiling(
  tx: Write,
  desk: Desk,
  service: CompiledService,
  filing: Filing,
  { action, projection, consequences }: Accepted,
  frozen: Frozen,
  key: FilingKey | undefined,
): Promise<Filed> {
  const message = receivedMessage(tx, desk, service, projection, consequences)
  const requestId = newId(tx.now)
  const trackingToken = newToken()
  const year = Number(dateIn(tx.now, desk.town.timeZone).slice(0, 4))
  const auditId = newId(tx.now)
  const actor = { kind: action.actor.kind, id: action.actor.id, office: filing.office }
  const entry = {
    actor,
    act: 'request.file',
    subjectKind: 'request',
    subjectId: requestId,
    personId: filing.applicantId,
    requestId,
  }
  const parties = [
    { person_id: filing.applicantId, capacity: filing.capacity },
    ...(filing.parties ?? []).map(party => ({
      person_id: party.personId,
      capacity: party.capacity,
      proof_document_id: party.proofDocumentId ?? null,
      valid_until: party.validUntil ?? null,
    })),
  ]
  const rows = await tx.prepared<{ number: number; repeated: boolean; request_id: string }>(
    'file-request',
    filingSql,
    [
      tx.town,
      tx.now,
      year,
      requestId,
      filing.serviceCode,
      filing.serviceVersion,
      filing.channel,
      filing.capacity,
      filing.applicantId,
      action.actor.kind,
      action.actor.id,
      filing.office ?? null,
      projection.state,
      projection.step ?? null,
      JSON.stringify(filing.answers),
      JSON.stringify(frozen),
      projection.settledFeePoints,
      projection.dueAt ?? null,
      projection.pausedAt ?? null,
      hashToken(trackingToken),
      newId(tx.now),
      JSON.stringify(action.data),
      JSON.stringify(projection.tasks.map(taskRow)),
      [
        ...new Set([
          desk.town.profile.serviceCentre ?? serviceCentre,
          ...projection.tasks.map(task => task.office),
        ]),
      ],
      JSON.stringify(parties),
      filing.papers.length > 0
        ? JSON.stringify(
            filing.papers.map(each => ({
              paper_id: each.paperId,
              document_id: each.documentId,
              state: each.state,
            })),
          )
        : null,
      message ? JSON.stringify(message) : null,
      JSON.stringify({
        audit_id: auditId,
        actor_kind: actor.kind,
        actor_id: actor.id,
        actor_office: actor.office ?? null,
        act: entry.act,
        canonical: canonicalBytes({ auditId, town: tx.town, at: tx.now }, entry, {}).toString('base64'),
      }),
      key
        ? JSON.stringify({
            actor: key.actor,
            key: key.key,
            route: key.route,
            body_hash: key.bodyHash.toString('base64'),
            location: key.location(requestId),
          })
        : null,
    ],
  )
  const [row] = rows
  if (!row) throw new Error('filing answered nothing')
  return { requestId: row.request_id, number: row.number, year, trackingToken, repeated: row.repeated }
}

/** «استلمنا طلبك», with the number's place left open: the number is taken inside the statement that writes it. */
function receivedMessage(
  tx: Write,
  desk: Desk,
  service: CompiledService,
  projection: Projection,
  consequences: Accepted['consequences'],
) {
  if (!consequences.some(each => each.kind === 'message' && each.event === 'received')) return undefined
  const at = { number: 0, year: 0, dueAt: projection.dueAt }
  const body = messageText(service, 'received', at, {}, desk.town.timeZone)?.replace('0/0', '{number}')
  if (body === undefined) return undefined
  return { message_id: newId(tx.now), event: 'received', lane: 1, body, encoding: smsParts(body).encoding }
}

function toRequest(
  filing: Filing,
  filed: Filed,
  asked: Pick<Request, 'answers' | 'frozen'>,
  filedAt: Date,
  { action, projection }: Accepted,
): Request {
  const { serviceCode, serviceVersion, channel, capacity, applicantId } = filing
  const { requestId: id, year, number } = filed
  const filedBy = { kind: action.actor.kind, id: action.actor.id }
  return {
    id,
    year,
    number,
    serviceCode,
    serviceVersion,
    channel,
    capacity,
    applicantId,
    filedBy,
    ...asked,
    filedAt,
    projection,
  }
}

function actorOf(who: Who): Actor {
  switch (who.kind) {
    case 'staff':
      return who
    case 'citizen':
      return { kind: 'citizen', personId: who.personId, level: 'verified' }
    case 'partner':
      return { kind: 'partner', keyId: who.keyId, scopes: [] }
    case 'system':
      return who
  }
}
