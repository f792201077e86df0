import {
  type Answers,
  type CompiledService,
  type Ground,
  isFitForMessages,
  type MessageEvent,
} from '../../kernel/definition/index.ts'
import { answerInWords } from '../../kernel/form/index.ts'
import { kindOfEvent, kinds, lanes } from '../../kernel/messages/index.ts'
import type { Appointment, Projection } from '../../kernel/workflow/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import type { Locale } from '../../lib/localized.ts'
import { formatMoney, type Money, sumByCurrency } from '../../lib/money.ts'
import { readable, smsCapacity, smsParts } from '../../lib/sms/index.ts'
import { formatMessage } from '../../lib/texts.ts'
import type { Write } from '../../platform/database/transaction.ts'
import {
  addLinks,
  everyKey,
  firstFilled,
  planMessage,
  serviceKey,
  type TemplateUsed,
  type TownWording,
  townWords,
} from '../messaging/index.ts'
import type { Desk } from './desk.ts'
import { linkFor, linksIn } from './links/plan.ts'
import { noLink } from './links/words.ts'
import { type Request, requestNumber } from './model.ts'
import { inviting } from './texts/invite.ts'

export type MessageFacts = {
  papers?: { id: string; words: string }[] | undefined
  amounts?: Money[]
  reason?: string | undefined
  /** The hours a visit is agreed on. */
  at?: Appointment | undefined
  /** Where it leads; the words name the portal where the town has no address of its own. */
  link?: string | undefined
}

/** What a message is about: a request, or one being filed. */
export type MessageSubject = {
  answers: Answers
  projection: Pick<Projection, 'dueAt' | 'step' | 'tasks' | 'stepFields'>
}

/** When it is said, in which town's time, and what that town words itself. */
export type Saying = { now: Date; timeZone: string; wording: TownWording }

/** A message in words, and whose words those are. */
export type Said = { body: string; template: TemplateUsed }

/** What is said on an occasion of a request, filled; undefined where the service says nothing then. */
export function messageText(
  service: CompiledService,
  event: MessageEvent,
  request: MessageSubject & Pick<Request, 'number' | 'year'>,
  facts: MessageFacts,
  saying: Saying,
): Said | undefined {
  return messageWords(service, event, { ...request, named: requestNumber(request) }, facts, saying)
}

/**
 * The words of an occasion before they are filled, the first that can be is sent: the town's for this service, its words for the event of
 * every service, the service's own. A town words what a service says; it adds no occasion to it.
 */
function wordsOn({ definition }: CompiledService, event: MessageEvent, { wording, now }: Saying): Said[] {
  const text = definition.messages[event]
  if (!text) return []
  const key = serviceKey(definition.code, event)
  const own = wording.find(key, now)
  const every = wording.find(everyKey(event), now)
  return [
    ...(own ? [{ body: own.body, template: { key, version: own.version, from: 'town' as const } }] : []),
    ...(every
      ? [{ body: every.body, template: { key, version: every.version, from: 'every' as const } }]
      : []),
    { body: text.ar, template: { key, version: definition.version, from: 'given' } },
  ]
}

/** The same with the number as it is to be read, for a request that has none yet. */
function messageWords(
  service: CompiledService,
  event: MessageEvent,
  request: MessageSubject & { named: string },
  facts: MessageFacts,
  saying: Saying,
): Said | undefined {
  const words = wordsOn(service, event, saying)
  if (words.length === 0) return undefined
  const values = valuesFor(service, event, request, facts, saying)
  return firstFilled(words, ({ body }) => formatMessage(body, 'ar', values))
}

/** What an occasion of a request is told with, by name; each as a telephone shows it right. */
export function valuesFor(
  service: CompiledService,
  event: MessageEvent,
  request: MessageSubject & { named: string },
  facts: MessageFacts,
  { timeZone }: Pick<Saying, 'timeZone'>,
): Record<string, string> {
  const { definition } = service
  const locale = 'ar'
  const names = new Map(definition.papers.map(paper => [paper.id, paper.name[locale]]))
  const day = facts.at?.from ?? dayToTell(event, request.projection)
  const values = {
    ...answersNamed(service, request, locale),
    service: definition.name[locale],
    papers: (facts.papers ?? []).map(({ id, words }) => names.get(id) ?? words).join('، '),
    amount: sumByCurrency(facts.amounts ?? [])
      .map(amount => formatMoney(amount, locale))
      .join(' و'),
    date: day ? dayAndMonth(day, timeZone) : '',
    hour: facts.at ? hoursOf(facts.at, timeZone) : '',
    body: definition.steps.find(({ id }) => id === request.projection.step)?.body?.[locale] ?? '',
    reason: inShort(facts.reason ?? ''),
    link: facts.link ?? noLink[locale],
  }
  const shown = Object.entries(values).map(([name, value]) => [name, readable(value)])
  return { ...Object.fromEntries(shown), number: request.named }
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

/** Plans what the applicant is told, in the act's own transaction. */
export async function tellApplicant(
  tx: Write,
  { house, town }: Desk,
  service: CompiledService,
  event: MessageEvent,
  request: Request,
  facts: MessageFacts,
): Promise<void> {
  const wording = await townWords(tx, house)
  const link = linkFor({ house, town }, event, request.id, facts.papers)
  const saying = { now: tx.now, timeZone: town.timeZone, wording }
  const said = messageText(service, event, request, { ...facts, link: link?.url }, saying)
  if (!said) return
  await addLinks(tx, house, linksIn(said.body, link))
  const { id: requestId, applicantId: personId } = request
  const body = await inviting(tx, { town }, { service, event, request, body: said.body })
  await planMessage(tx, house, { ...said, body, requestId, personId, kind: kindOfEvent(event), event })
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
  at: Saying,
  service: CompiledService,
  event: MessageEvent,
  filing: MessageSubject,
  facts: MessageFacts,
) {
  const said = messageWords(service, event, { ...filing, named: numberPlace }, facts, at)
  if (!said) return undefined
  const { body, template } = said
  const kind = kindOfEvent(event)
  const [rest = '', ...others] = body.split(numberPlace)
  const { encoding, units } = smsParts(rest + others.join(''))
  const { single, joined } = smsCapacity[encoding]
  const counts = { encoding, units, numbers: others.length, single, joined }
  return {
    message_id: newId(at.now),
    event,
    kind,
    lane: lanes[kinds[kind].lane],
    body,
    ...counts,
    template: template.key,
    template_version: template.version,
    template_from: template.from,
  }
}

export type PlannedMessage = NonNullable<ReturnType<typeof planFilingMessage>>
