import { dateIn } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import { hashToken } from '../../../platform/crypto/index.ts'
import { canonicalBytes } from '../../audit/index.ts'
import type { Desk } from '../desk.ts'
import type { NewParty } from '../parties/model.ts'
import { taskRow } from '../store.ts'
import type { Decided } from './decide.ts'
import type { Filed, Filing, FilingKey, FilingPaper } from './model.ts'
import { termsRow } from './papers.ts'

/** Concerned with every request from the start, also with those filed on the web: whoever comes to the window can be helped. */
const serviceCentre = 'service-centre'

const parameters = Array.from({ length: 30 }, (_, at) => `$${at + 1}`)
/** Where the papers stand, and by whom it is filed. */
const [papersAt, kindAt, idAt] = [25, 9, 10]

const statementWith = (papers: string) =>
  `select number, repeated, request_id, answer from file_request(${parameters.with(papersAt, papers).join(',')})`

/** The statement that files, kept prepared under its name; for a program's filing it also holds the papers to their terms. */
export function filingStatement({ by }: Filing): { name: string; text: string } {
  if (by.kind !== 'partner') return { name: 'file-request', text: statementWith(parameters[papersAt] ?? '') }
  const [town, papers, kind, id] = [0, papersAt, kindAt, idAt].map(at => parameters[at])
  return { name: 'file-request-held', text: statementWith(`held_papers(${town},${papers},${kind},${id})`) }
}

export type FilingRow = {
  number: number
  repeated: boolean
  request_id: string
  answer: Record<string, unknown> | null
}

/** A filing as the statement's parameters, in its order. */
export function filingValues(desk: Pick<Desk, 'town'>, decided: Decided, key?: FilingKey): unknown[] {
  const { town } = desk
  const { filing, action, projection, now, requestId, trackingToken } = decided
  const { actor } = action
  return [
    town.id,
    now.toISOString(),
    yearOf(desk, now),
    requestId,
    filing.serviceCode,
    filing.serviceVersion,
    filing.channel,
    filing.capacity,
    filing.applicantId,
    actor.kind,
    actor.id,
    action.actor.office ?? null,
    projection.state,
    projection.step ?? null,
    JSON.stringify(filing.answers),
    JSON.stringify(decided.frozen),
    projection.settledFeePoints,
    projection.dueAt ?? null,
    projection.pausedAt ?? null,
    hashToken(trackingToken),
    newId(now),
    JSON.stringify(action.data),
    list(projection.tasks.map(taskRow)),
    [...new Set([town.profile.serviceCentre ?? serviceCentre, ...projection.tasks.map(task => task.office)])],
    list((filing.parties ?? []).filter(party => !isOwnTerm(filing, party)).map(partyRow)),
    list(filing.papers.map(each => paperRow(decided, each))),
    list(decided.messages),
    list(decided.charges),
    JSON.stringify(auditRow(town.id, decided)),
    key ? JSON.stringify(keyRow(desk, key, decided)) : null,
  ]
}

const list = (rows: readonly object[]): string | null => (rows.length > 0 ? JSON.stringify(rows) : null)

const yearOf = ({ town }: Pick<Desk, 'town'>, now: Date): number =>
  Number(dateIn(now, town.timeZone).slice(0, 4))

function paperRow({ service, filing, values }: Decided, { paperId, documentId, state }: FilingPaper) {
  const row = { paper_id: paperId, document_id: documentId, state }
  return filing.by.kind === 'partner' ? { ...row, ...termsRow(service, paperId, values.today) } : row
}

/** The applicant's own row is written by the statement itself; its term follows. */
const isOwnTerm = (filing: Filing, party: NewParty): boolean =>
  party.personId === filing.applicantId && party.capacity === filing.capacity

const partyRow = (party: NewParty) => ({
  person_id: party.personId,
  capacity: party.capacity,
  proof_document_id: party.proofDocumentId ?? null,
  valid_until: party.validUntil ?? null,
})

function auditRow(town: string, { action, filing, requestId, now }: Decided) {
  const auditId = newId(now)
  const actor = { kind: action.actor.kind, id: action.actor.id, office: action.actor.office }
  const act = 'request.file'
  const entry = {
    actor,
    act,
    subjectKind: 'request',
    subjectId: requestId,
    personId: filing.applicantId,
    requestId,
  }
  const canonical = canonicalBytes({ auditId, town, at: now }, entry, {}).toString('base64')
  const who = { actor_kind: actor.kind, actor_id: actor.id, actor_office: actor.office ?? null }
  return { audit_id: auditId, ...who, act, canonical }
}

function keyRow(desk: Pick<Desk, 'town'>, key: FilingKey, { requestId, projection, now }: Decided) {
  const { state, dueAt } = projection
  return {
    actor: key.actor,
    key: key.key,
    route: key.route,
    body_hash: key.bodyHash.toString('base64'),
    location: key.location(requestId),
    answer: { ...key.answer({ state, dueAt }), year: yearOf(desk, now) },
  }
}

/** What the statement answered. */
export function filedFrom(desk: Pick<Desk, 'town'>, decided: Decided, row: FilingRow | undefined): Filed {
  if (!row) throw new Error('filing answered nothing')
  const { trackingToken, projection, now } = decided
  const { state, dueAt } = projection
  const { number, repeated, request_id: requestId } = row
  return { requestId, number, year: yearOf(desk, now), trackingToken, state, dueAt, repeated }
}
