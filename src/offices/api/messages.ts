import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { read } from '../../web/call.ts'
import { nothing } from '../../web/route.ts'
import { saidInRequest } from '../messaging/index.ts'
import { endpoint } from './endpoint.ts'
import { id, instant, localized, pageOf, paging, time, timeOr } from './shapes.ts'
import { getFiled, listOpenTasks, toCursor } from './store.ts'

const message = z.object({
  id,
  event: z.string(),
  body: z.string(),
  channel: z.enum(['sms', 'email', 'portal']),
  state: z
    .enum([
      'planned',
      'sent',
      'delivered',
      'failed',
      'uncertain',
      'unaddressed',
      'opted-out',
      'expired',
      'held',
      'waiting',
      'cancelled',
    ])
    .describe(
      'sent: a provider has it; uncertain: handed over, the answer lost; opted-out: its receiver stopped this kind; held, waiting and cancelled are not listed',
    ),
  planned: instant,
  sent: instant.optional(),
  delivered: instant.optional(),
})

const task = z.object({
  id,
  request: id,
  number: z.string(),
  step: z.string(),
  purpose: z
    .enum(['step', 'branch', 'opinion', 'information'])
    .describe('branch: an opinion asked beside others; opinion and information come from a referral'),
  opinion: z.string().optional().describe('of a branch: which of the step’s opinions'),
  appointment: z
    .object({ from: instant, to: instant })
    .optional()
    .describe('when somebody of the town comes'),
  office: z.object({ code: z.string(), name: localized.optional() }),
  state: z.enum(['open', 'deferred', 'referred', 'waiting', 'closed']),
  opened: instant,
  due: instant.optional(),
})

const ownOnly = nothing('a program reads of what it filed itself')

export const followEndpoints = [
  endpoint({
    method: 'get',
    address: addresses.apiMessages,
    scope: 'messages:read',
    audit: ownOnly,
    summary: 'What the applicant of a request was told, the latest first',
    query: z.object({ request: id }),
    answer: z.object({ items: z.array(message) }),
    handle: async (call, { query }) => {
      const said = await read(call, async tx => {
        await getFiled(tx, call.visitor.actor, query.request, 'messages.read')
        return saidInRequest(tx, query.request)
      })
      return {
        items: said.map(each => ({
          id: each.id,
          event: each.event,
          body: each.body,
          channel: each.channel,
          state: each.state,
          planned: time(each.plannedAt),
          sent: timeOr(each.sentAt),
          delivered: timeOr(each.deliveredAt),
        })),
      }
    },
  }),
  endpoint({
    method: 'get',
    address: addresses.apiTasks,
    scope: 'requests:read',
    audit: ownOnly,
    summary: 'Where the requests this key filed lie now: open tasks at offices',
    query: z.object({ ...paging, request: id.optional() }),
    answer: pageOf(task),
    handle: async (call, { query }) => {
      const rows = await read(call, tx => listOpenTasks(tx, call.visitor.actor, query))
      const shown = rows.slice(0, query.limit)
      const last = rows.length > query.limit ? shown.at(-1) : undefined
      return {
        items: shown.map(row => ({
          id: row.task_id,
          request: row.request_id,
          number: `${row.number}/${row.year}`,
          step: row.step,
          purpose: row.purpose as z.input<typeof task>['purpose'],
          opinion: row.branch ?? undefined,
          ...(row.appointment_from &&
            row.appointment_to && {
              appointment: { from: time(row.appointment_from), to: time(row.appointment_to) },
            }),
          office: {
            code: row.office_code,
            ...(row.office_ar !== null && {
              name: { ar: row.office_ar, en: row.office_en ?? row.office_ar },
            }),
          },
          state: row.state as z.input<typeof task>['state'],
          opened: time(row.opened_at),
          due: timeOr(row.due_at ?? undefined),
        })),
        ...(last && { next: toCursor(last.opened_at, last.task_id) }),
      }
    },
  }),
]
