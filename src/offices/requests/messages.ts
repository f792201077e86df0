import {
  type Answers,
  type CompiledService,
  type Ground,
  isFitForMessages,
  type MessageEvent,
} from '../../kernel/definition/index.ts'
import { answerInWords } from '../../kernel/form/index.ts'
import { lanes, type MessageKind } from '../../kernel/messages/index.ts'
import type { Appointment, Projection } from '../../kernel/workflow/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import type { Locale } from '../../lib/localized.ts'
import { formatMoney, type Money, sumByCurrency } from '../../lib/money.ts'
import { smsCapacity, smsParts } from '../../lib/sms/index.ts'
import { formatMessage } from '../../lib/texts.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { planMessage } from '../messaging/index.ts'
import type { Desk } from './desk.ts'
import { type Request, requestNumber } from './model.ts'

export type MessageFacts = {
  papers?: { id: string; words: string }[] | undefined
  amounts?: Money[]
  reason?: string | undefined
  /** The hours a visit is agreed on. */
  at?: Appointment | undefined
  link?: string
}

/** What a message is about: a request, or one being filed. */
export type MessageSubject = {
  answers: Answers
  projection: Pick<Projection, 'dueAt' | 'step' | 'tasks' | 'stepFields'>
}

/** Words of a service's message, filled; undefined where the service says nothing on that occasion. */
export function messageText(
  service: CompiledService,
  event: MessageEvent,
  request: MessageSubject & Pick<Request, 'number' | 'year'>,
  facts: MessageFacts,
  timeZone: string,
): string | undefined {
  return messageWords(service, event, { ...request, named: requestNumber(request) }, facts, timeZone)
}

/** The same with the number as it is to be read, for a request that has none yet. */
function messageWords(
  service: CompiledService,
  event: MessageEvent,
  request: MessageSubject & { named: string },
  facts: MessageFacts,
  timeZone: string,
): string | undefined {
  const { definition } = service
  const text = definition.messages[event]
  if (!text) return undefined
  const locale = 'ar'
  const names = new Map(definition.papers.map(paper => [paper.id, paper.name[locale]]))
  const day = facts.at?.from ?? dayToTell(event, request.projection)
  return formatMessage(text[locale], locale, {
    ...answersNamed(service, request, locale),
    number: request.named,
    service: definition.name[locale],
    papers: (facts.papers ?? []).map(({ id, words }) => names.get(id) ?? words).join('، '),
    amount: sumByCurrency(facts.amounts ?? [])
      .map(amount => formatMoney(amount, locale))
      .join(' و'),
    date: day ? dayAndMonth(day, timeZone) : '',
    hour: facts.at ? hoursOf(facts.at, timeZone) : '',
    body: definition.steps.find(({ id }) => id === request.projection.step)?.body?.[locale] ?? '',
    reason: inShort(facts.reason ?? ''),
    link: facts.link ?? '',
  })
}

/** What was answered, as a message may name it; what may not be told by telephone is not among it, what is not known is blank. */
function answersNamed(
  { definition }: CompiledService,
  { answers, projection }: MessageSubject,
  locale: Locale,
): Record<string, string> {
  const known: Answers = { ...answers, ...projection.stepFields }
  const officers = definition.steps.flatMap(({ fields = [], opinions = [] }) => [
    ...fields,
    ...opinions.flatMap(opinion => opinion.fields ?? []),
  ])
  const fields = [...definition.form.pages.flatMap(page => page.fields), ...officers]
  return Object.fromEntries(
    fields.filter(isFitForMessages).map(field => {
      const answer = known[field.id]
      return [field.id, answer === undefined ? '' : answerInWords(field, answer, { locale, land: {} })]
    }),
  )
}

/** 10:30–12:00, as a watch shows them. */
function hoursOf({ from, to }: Appointment, timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  return `${clock.format(from)}–${clock.format(to)}`
}

/** 12/11: in a message each character counts, and the promise is within the year. */
function dayAndMonth(at: Date, timeZone: string): string {
  const [, month, day] = dateIn(at, timeZone).split('-').map(Number)
  return `${day}/${month}`
}

/** From a refusal and a lapse terms run: they are notices of law, whatever the person wants to hear of. */
export const kindOf = (event: MessageEvent): MessageKind =>
  event === 'rejected' || event === 'lapsed' ? 'legal' : 'step'

/** Plans what the applicant is told, in the act's own transaction. */
export async function tellApplicant(
  tx: Write,
  { house, town }: Desk,
  service: CompiledService,
  event: MessageEvent,
  request: Request,
  facts: MessageFacts,
): Promise<void> {
  const body = messageText(service, event, request, facts, town.timeZone)
  if (body === undefined) return
  await planMessage(tx, house, {
    requestId: request.id,
    personId: request.applicantId,
    kind: kindOf(event),
    event,
    body,
    template: { key: `${service.definition.code}/${event}`, version: service.definition.version },
  })
}

/** The day a message names: the promise; of a question, and of those asked outside, until when they are waited for. */
export function dayToTell(
  event: MessageEvent,
  { dueAt, step, tasks }: MessageSubject['projection'],
): Date | undefined {
  if (event !== 'answer-asked' && event !== 'sent-outside') return dueAt
  return tasks.findLast(task => task.purpose === 'step' && task.step === step)?.dueAt
}

/** The ground a request was refused on; without one the officer's own words are the reason. */
export const groundOf = ({ definition }: CompiledService, id: string | undefined): Ground | undefined =>
  definition.grounds?.find(ground => ground.id === id)

/** Why a request was refused, as its applicant reads it: the ground, and the officer's own words. */
export function reasonOf(
  service: CompiledService,
  locale: Locale,
  { data, note }: { data: { ground?: string }; note?: string | undefined },
): string | undefined {
  const ground = groundOf(service, data.ground)
  // One that asks for words says nothing by itself.
  const words = ground && !(ground.inWords && note) ? ground.words[locale] : undefined
  return [words, note].filter(Boolean).join('. ') || undefined
}

/** A message is short: what an officer wrote at length stands on the page. */
const longestReason = 80
const inShort = (reason: string): string =>
  reason.length <= longestReason ? reason : `${reason.slice(0, longestReason).replace(/\s+\S*$/, '')}…`

const numberPlace = '{number}'

/**
 * What the applicant is told on filing, as `file_request` writes it: the number is taken inside the statement, so its place is left open,
 * and the parts are counted there.
 */
export function planFilingMessage(
  at: { now: Date; timeZone: string },
  service: CompiledService,
  event: MessageEvent,
  filing: MessageSubject,
  facts: MessageFacts,
) {
  const body = messageWords(service, event, { ...filing, named: numberPlace }, facts, at.timeZone)
  if (body === undefined) return undefined
  const [rest = '', ...others] = body.split(numberPlace)
  const { encoding, units } = smsParts(rest + others.join(''))
  const { single, joined } = smsCapacity[encoding]
  const counts = { encoding, units, numbers: others.length, single, joined }
  return { message_id: newId(at.now), event, lane: lanes.step, body, ...counts }
}

export type PlannedMessage = NonNullable<ReturnType<typeof planFilingMessage>>
