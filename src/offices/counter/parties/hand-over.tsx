import type { Answers, Field, Paper } from '../../../kernel/definition/index.ts'
import { readFields } from '../../../kernel/form/index.ts'
import { requiredPapers } from '../../../kernel/papers/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { translate } from '../../../lib/texts.ts'
import { type Call, idParam, read, type Typed, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import {
  type Collector,
  collectorsOf,
  type FormTown,
  performAct,
  type Request,
  strangeOnStep,
  townOfStep,
  valuesWhileTyped,
} from '../../requests/index.ts'
import { clerkOf } from '../clerk.ts'
import { visibleRequest } from '../store.ts'
import { counterText } from '../strings.ts'
import { HandOverPage } from './hand-over-page.tsx'
import { partyTexts } from './strings.ts'

export const handOverRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterHandOver,
    access: staff('request.file'),
    audit: looks('counter.request-opened'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.counterHandOver,
    access: staff('request.act', 'request.file'),
    audit: acts('request.hand-over'),
    handle: handOver,
  }),
]

const refusals = ['power-expired', 'not-a-collector', 'fee-unpaid', 'not-available', 'not-yours'] as const
export type HandOverRefusal = (typeof refusals)[number]

export type HandOverView = {
  request: Request
  service: string
  /** The task at whose step it is handed over; none when it is not there. */
  taskId: string | undefined
  collectors: Collector[]
  originals: Paper[]
  /** What the step asks of whoever hands over, with what is in its boxes. */
  asked: { fields: Field[]; raw: Typed; town: FormTown; answers: Answers; faults: Fault[] }
  typed: { receiver: string; seen: string[]; note: string }
  faults: Fault[]
  refusal: HandOverRefusal | undefined
}

type Again = Partial<Pick<HandOverView, 'faults' | 'refusal'>>

async function viewOf(call: Call, again: Again = {}): Promise<HandOverView> {
  return read(call, async tx => {
    const request = await visibleRequest(tx, clerkOf(call), idParam(call, 'id'))
    const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
    await lookInto(call, tx, { ...seen, subjectId: request.id, cause: counterText('ar', 'cause-visit') })
    const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
    const { projection, answers, capacity, channel } = request
    const today = dateIn(tx.now, call.town.timeZone)
    const step = service.definition.steps.find(({ id }) => id === projection.step)
    const task = projection.tasks.find(each => each.purpose === 'step' && each.state !== 'closed')
    const collectors = await collectorsOf(tx, call, request)
    const [first] = collectors.filter(each => !each.expired)
    const values = { answers, stepFields: projection.stepFields, capacity, channel, today }
    const fields = step?.kind === 'handover' ? (step.fields ?? []) : []
    const reading = readFields(service, fields, call.typed, { ...values, existing: answers })
    const strange = await strangeOnStep(tx, request, fields, reading.answers)
    const whileTyped = valuesWhileTyped(service, fields, call.typed, values)
    return {
      request,
      service: service.definition.name[call.locale],
      taskId: step?.kind === 'handover' ? task?.id : undefined,
      collectors,
      originals: requiredPapers(service, values).filter(({ original }) => original),
      asked: {
        fields: fields.filter(({ when }) => service.holds(when, whileTyped)),
        raw: call.typed,
        town: await townOfStep(tx, call.town, request, fields),
        answers: reading.answers,
        faults: [...reading.faults, ...strange],
      },
      typed: {
        receiver: typedText(call, 'receiver') || (first?.personId ?? ''),
        seen: typedList(call, 'original'),
        note: typedText(call, 'note'),
      },
      faults: again.faults ?? [],
      refusal: again.refusal,
    }
  })
}

async function show(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const view = await viewOf(call, again)
  return showPage(call, <HandOverPage view={view} />, status)
}

/** Hands over what a request ended in: to one of those who may collect, once the originals were shown. Who took it is written down. */
async function handOver(call: Call): Promise<Response> {
  const view = await viewOf(call)
  const { request, taskId, originals, collectors, asked, typed } = view
  const receiver = collectors.find(({ personId }) => personId === typed.receiver)
  if (!taskId) return show(call, { refusal: 'not-available' }, 409)
  // One more row of a list: what is not written yet is no fault.
  if (typedText(call, 'row') !== '') return show(call)
  if (!isId(typed.receiver)) return show(call, { faults: [{ field: 'receiver', code: 'required' }] }, 422)
  if (originals.some(({ id }) => !typed.seen.includes(id)))
    return show(call, { faults: [{ field: 'original', code: 'original-unseen' }] }, 422)
  if (asked.faults.length > 0) return show(call, { faults: asked.faults }, 422)
  const note = [
    translate(partyTexts, 'ar', 'hand-noted', {
      name: receiver?.name ?? '',
      capacity: counterText('ar', `capacity-${receiver?.capacity ?? 'collector'}`),
    }),
    originals.length > 0 &&
      translate(partyTexts, 'ar', 'hand-originals-noted', {
        names: originals.map(({ name }) => name.ar).join('، '),
      }),
    typed.note.trim().slice(0, 1000),
  ]
    .filter(Boolean)
    .join('\n')
  try {
    const answer = await write(call, async tx => {
      await performAct(tx, call, {
        requestId: request.id,
        name: 'hand-over',
        actor: clerkOf(call),
        taskId,
        note,
        receiverId: typed.receiver,
        ...(Object.keys(asked.answers).length > 0 && { data: { fields: asked.answers } }),
      })
      return { redirect: url(call, addresses.counterReceived, { id: request.id }) }
    })
    flash(call, { text: translate(partyTexts, call.locale, 'hand-done', { name: receiver?.name ?? '' }) })
    return answer
  } catch (error) {
    const refusal = error instanceof Conflict ? refusals.find(code => code === error.code) : undefined
    if (!refusal) throw error
    return show(call, { refusal }, 409)
  }
}
