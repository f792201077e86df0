import { z } from 'zod'
import type { Capacity, CompiledService } from '../../kernel/definition/index.ts'
import { addresses } from '../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../lib/errors.ts'
import { type Call, idParam, publicUrl, read, url } from '../../web/call.ts'
import { idempotencyOf } from '../../web/idempotency.ts'
import { acts, nothing } from '../../web/route.ts'
import {
  actsForAnother,
  type Filed,
  type FiledOnce,
  fileAtOnce,
  getRequest,
  type NewParty,
  papersOf,
  partsOf,
  requestNumber,
  trackingToken,
} from '../requests/index.ts'
import { chargesOfRequest } from '../treasury/index.ts'
import { readAnswers } from './answers.ts'
import { endpoint } from './endpoint.ts'
import { pointer } from './faults.ts'
import { keyOf } from './key.ts'
import { standingFor } from './services.ts'
import { id, instant, money, moneyOut, pageOf, paging, requestState, time, timeOr } from './shapes.ts'
import { getFiled, listFiled, type RequestRow, toCursor } from './store.ts'

const capacities = [
  'principal',
  'agent',
  'guardian',
  'heir',
  'partner',
  'tenant',
  'representative',
] as const satisfies Capacity[]

const named = z.object({ paper: z.string().max(60), document: id })

const newRequest = z.strictObject({
  service: z.string().max(40),
  version: z.int().optional().describe('the newest unless named'),
  capacity: z.enum(capacities).default('principal'),
  applicant: id.describe('person, as found by lookup'),
  principal: id
    .optional()
    .describe(
      'whose affair it is, where an agent, guardian or representative files; whose estate, of an heir',
    ),
  answers: z.record(z.string(), z.unknown()).describe('as the form of the service says'),
  papers: z.array(z.strictObject(named.shape)).max(60).default([]),
})

const filedAnswer = z.object({
  id,
  number: z.string().describe('what people read: 4178/2026'),
  state: requestState,
  due: instant.optional().describe('the promise, once the request is accepted'),
  tracking: z.url().describe('shows where it stands to whoever has it; given this once'),
})

const line = {
  id,
  number: z.string(),
  service: z.string(),
  version: z.int(),
  applicant: id,
  capacity: z.string(),
  state: requestState,
  step: z.string().optional(),
  filed: instant,
  updated: instant,
  due: instant.optional(),
  paused: instant.optional(),
  closed: instant.optional(),
}

const whole = z.object({
  ...line,
  answers: z.record(z.string(), z.unknown()),
  papers: z.array(
    named.extend({ state: z.enum(['supplied', 'offered', 'accepted', 'refused']), at: instant }),
  ),
  missing: z.array(z.object({ paper: z.string(), words: z.string(), asked: instant })),
  charges: z.array(
    z.object({
      charge: id,
      label: z.string(),
      at: z.string().optional(),
      amount: money,
      open: money,
      cancelled: z.boolean(),
    }),
  ),
  sessions: z
    .record(z.string(), z.object({ number: z.string(), date: z.iso.date(), decision: z.string() }))
    .describe('what committees decided, by step'),
  parts: z
    .array(z.object({ id, part: z.string(), number: z.string(), service: z.string(), state: requestState }))
    .describe('requests filed with it, each with a way of its own'),
  partOf: id.optional().describe('the application it was filed as a part of'),
})

export const fileEndpoint = endpoint({
  method: 'post',
  address: addresses.apiRequests,
  scope: 'requests:write',
  audit: acts('request.file'),
  summary: 'File a request',
  body: newRequest,
  answer: filedAnswer,
  status: 201,
  idempotent: 'kept',
  handle: file,
})

export const requestEndpoints = [
  endpoint({
    method: 'get',
    address: addresses.apiRequests,
    scope: 'requests:read',
    audit: nothing('a program reads what it filed itself'),
    summary: 'Requests this key filed, the latest first',
    query: z.object({
      ...paging,
      state: z.union([requestState, z.literal('open')]).optional(),
      service: z.string().max(40).optional(),
      updatedSince: instant.optional(),
    }),
    answer: pageOf(z.object(line)),
    handle: async (call, { query }) => {
      const { updatedSince, ...rest } = query
      const since = updatedSince === undefined ? undefined : new Date(updatedSince)
      const rows = await read(call, tx => listFiled(tx, call.visitor.actor, { ...rest, updatedSince: since }))
      const items = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? items.at(-1) : undefined
      return { items: items.map(lineOf), ...(last && { next: toCursor(last.filed_at, last.request_id) }) }
    },
  }),
  endpoint({
    method: 'get',
    address: addresses.apiRequest,
    scope: 'requests:read',
    audit: nothing('a program reads what it filed itself'),
    summary: 'One request this key filed',
    answer: whole,
    handle: call => wholeOf(call, idParam(call, 'id')),
  }),
]

async function file(call: Call, { body }: { body: z.output<typeof newRequest> }): Promise<Response> {
  const { catalogue } = await standingFor(call)
  const offered = catalogue.find(body.service)
  if (!offered) throw new InvalidInput([{ field: '#/service', code: 'no-such-service' }])
  const version = body.version ?? offered.version
  if (version > offered.version || version < 1)
    throw new InvalidInput([{ field: '#/version', code: 'no-such-service' }])
  const { service } = catalogue.get(body.service, version)
  const parties = partiesOfBody(body)
  const keyId = keyOf(call)
  const key = idempotencyOf(call)
  try {
    const made = await fileAtOnce(
      call,
      {
        serviceCode: body.service,
        serviceVersion: version,
        channel: 'api',
        capacity: body.capacity,
        applicantId: body.applicant,
        parties,
        answers: readAnswers(service, body.answers),
        papers: body.papers.map(({ paper, document }) => ({
          paperId: paper,
          documentId: document,
          state: 'supplied',
        })),
        by: { kind: 'partner', keyId, relation: 'party' },
      },
      key && {
        ...key,
        location: requestId => url(call, addresses.apiRequest, { id: requestId }),
        answer: ({ state, dueAt }) => ({ state, due: timeOr(dueAt) }),
      },
    )
    return created(call, made)
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error
    throw new InvalidInput(error.faults.map(fault => place(fault, body, service)))
  }
}

/** Whoever it is filed for, as the counter names them: who acts for another says for whom, and nobody else names a principal. */
function partiesOfBody({ capacity, principal }: z.output<typeof newRequest>): NewParty[] {
  const field = pointer('principal')
  if (principal === undefined) {
    if (actsForAnother(capacity)) throw new InvalidInput([{ field, code: 'principal-missing' }])
    return []
  }
  if (!actsForAnother(capacity) && capacity !== 'heir')
    throw new InvalidInput([{ field, code: 'principal-unasked' }])
  return [{ personId: principal, capacity: 'principal' }]
}

function created(call: Call, { filed, kept }: FiledOnce): Response {
  const { requestId, number, year } = filed ?? kept
  const { state, due } = filed
    ? { state: filed.state, due: timeOr(filed.dueAt) }
    : (kept.answer as { state: Filed['state']; due?: string })
  const token = filed?.trackingToken ?? trackingToken(call, requestId)
  const tracking = publicUrl(call, addresses.trackLink, { token })
  const answer: z.input<typeof filedAnswer> = {
    id: requestId,
    number: `${number}/${year}`,
    state,
    due,
    tracking,
  }
  return new Response(JSON.stringify(answer), {
    status: 201,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      location: url(call, addresses.apiRequest, { id: answer.id }),
    },
  })
}

/** Where in the body a fault of the form, of a paper or of the applicant is. */
function place(fault: Fault, body: z.output<typeof newRequest>, service: CompiledService): Fault {
  const { field, ...rest } = fault
  if (field.startsWith('#')) return fault
  if (field === 'applicant') return { ...rest, field: pointer('applicant') }
  // The principal is the one party a program names.
  if (field === 'parties') return { ...rest, field: pointer('principal') }
  const at = body.papers.findIndex(({ paper }) => paper === field)
  if (at >= 0) return { ...rest, field: pointer('papers', at, 'document') }
  if (service.papers.some(paper => paper.id === field))
    return { ...rest, field: pointer('papers'), values: { ...rest.values, paper: field } }
  return { ...rest, field: pointer('answers', ...field.split('.')) }
}

function lineOf(row: RequestRow) {
  const times = { due: timeOr(row.due_at ?? undefined), paused: timeOr(row.paused_at ?? undefined) }
  return {
    id: row.request_id,
    number: `${row.number}/${row.year}`,
    service: row.service_code,
    version: row.service_version,
    applicant: row.applicant_id,
    capacity: row.capacity,
    state: row.state,
    step: row.step ?? undefined,
    filed: time(row.filed_at),
    updated: time(row.updated_at),
    ...times,
    closed: timeOr(row.closed_at ?? undefined),
  }
}

/** A request as a program that filed it sees it. */
export function wholeOf(call: Call, requestId: string): Promise<z.input<typeof whole>> {
  return read(call, async tx => {
    const row = await getFiled(tx, call.visitor.actor, requestId)
    const request = await getRequest(tx, requestId)
    const papers = await papersOf(tx, requestId)
    const charges = await chargesOfRequest(tx, requestId)
    return {
      ...lineOf(row),
      answers: request.answers,
      papers: papers.map(({ paperId, documentId, state, at }) => ({
        paper: paperId,
        document: documentId,
        state,
        at: time(at),
      })),
      missing: request.projection.missingPapers.map(each => ({
        paper: each.id,
        words: each.words,
        asked: time(each.askedAt),
      })),
      charges: charges.map(charge => ({
        charge: charge.id,
        label: charge.label.ar,
        at: charge.feePoint,
        cancelled: charge.cancelled,
        amount: moneyOut(charge.amount),
        open: moneyOut(charge.open),
      })),
      sessions: request.projection.sessions,
      parts: (await partsOf(tx, requestId)).map(each => ({
        id: each.requestId,
        part: each.part,
        number: requestNumber(each),
        service: each.serviceCode,
        state: each.state,
      })),
      partOf: request.partOf?.requestId,
    }
  })
}
