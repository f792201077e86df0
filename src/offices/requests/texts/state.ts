import type { CompiledService } from '../../../kernel/definition/index.ts'
import { findStep } from '../../../kernel/workflow/index.ts'
import { briefDate } from '../../../lib/dates.ts'
import { formatMoney, sumByCurrency } from '../../../lib/money.ts'
import { readable } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { officesOf } from '../../people/index.ts'
import { chargesOfRequest } from '../../treasury/index.ts'
import type { Desk } from '../desk.ts'
import { dayToTell } from '../messages.ts'
import { type Request, requestNumber } from '../model.ts'
import { getRequest } from '../store.ts'
import { plainQuestion } from './question.ts'
import { textWord } from './words.ts'

/** Where a request is, as a telephone is told: whose turn it is, what it waits for, and the day that was promised. */
export async function stateInWords(
  tx: Read,
  { town }: Pick<Desk, 'town'>,
  requestId: string,
): Promise<string> {
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const day = (at: Date | undefined) => (at ? readable(briefDate(at, town)) : '')
  const { projection } = request
  const subject = textWord('subject', {
    number: readable(requestNumber(request)),
    service: service.definition.name.ar,
  })
  const answerBy = day(dayToTell('answer-asked', projection))
  switch (projection.state) {
    case 'awaiting-fee':
      return textWord('state-awaiting-fee', { subject, amount: await owed(tx, requestId) })
    case 'awaiting-papers':
      return textWord('state-awaiting-papers', { subject, papers: missing(service, request) })
    case 'awaiting-answer': {
      const question = plainQuestion(service, projection)?.label.ar
      if (question === undefined) return textWord('state-awaiting-answer', { subject, date: answerBy })
      return textWord('state-awaiting-answer-text', { subject, question, date: answerBy })
    }
    case 'awaiting-outside': {
      const body = findStep(service, projection.step)?.body?.ar ?? ''
      return textWord('state-awaiting-outside', { subject, body })
    }
    case 'done':
    case 'withdrawn':
      return textWord(`state-${projection.state}`, { subject, date: day(projection.closedAt) })
    case 'rejected':
      return textWord('state-rejected', { subject })
    default: {
      const office = await officeOf(tx, request)
      const where = textWord(`state-${projection.state}`, { subject, office })
      return [where, visit(request, town.timeZone), promise(request, tx.now, day)].filter(Boolean).join(' ')
    }
  }
}

const missing = ({ definition }: CompiledService, { projection }: Request): string =>
  projection.missingPapers
    .map(({ id, words }) => definition.papers.find(paper => paper.id === id)?.name.ar ?? words)
    .join('، ')

async function owed(tx: Read, requestId: string): Promise<string> {
  const charges = await chargesOfRequest(tx, requestId)
  const open = charges.filter(charge => !charge.cancelled && charge.open.minor > 0)
  return sumByCurrency(open.map(charge => charge.open))
    .map(amount => readable(formatMoney(amount, 'ar')))
    .join(' و')
}

const mainTask = ({ projection }: Request) =>
  projection.tasks.findLast(({ purpose, state }) => purpose === 'step' && state !== 'closed')

async function officeOf(tx: Read, request: Request): Promise<string> {
  const code = mainTask(request)?.office
  return (await officesOf(tx)).find(office => office.code === code)?.name.ar ?? ''
}

function visit(request: Request, timeZone: string): string | undefined {
  const appointment = mainTask(request)?.appointment
  if (!appointment) return undefined
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const hour = `${clock.format(appointment.from)}–${clock.format(appointment.to)}`
  return textWord('visit', {
    date: readable(briefDate(appointment.from, { timeZone })),
    hour: readable(hour),
  })
}

function promise(
  { projection }: Request,
  now: Date,
  day: (at: Date | undefined) => string,
): string | undefined {
  const { dueAt } = projection
  if (!dueAt) return undefined
  return textWord(dueAt < now ? 'late' : 'promised', { date: day(dueAt) })
}
