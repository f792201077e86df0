/** The guide of services as it is printed: the headings of the field's guides (facts: §7.3), in Arabic, ready to be set. */

import type { CompiledPaper, ServiceDefinition } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import { formatMoney } from '../../../lib/money.ts'
import { translate } from '../../../lib/texts.ts'
import { type Amount, sheetFees } from '../citizen/amounts.ts'
import { guideTexts } from '../citizen/strings.ts'
import { groupOf, groups } from '../citizen/words.tsx'
import type { CatalogueService } from '../shelf.ts'

export type PrintedService = {
  code: string
  name: string
  summary: string
  office: string
  time: string
  legalBasis: string
  who: string
  papers: { name: string; note: string }[]
  known: { name: string; note: string }[]
  fees: { name: string; when: string; amount: string }[]
  dues: string
  procedure: string[]
  route: { office: string; name: string; time: string }[]
}
export type PrintedGuide = { groups: { title: string; services: PrintedService[] }[] }

const t = (key: keyof (typeof guideTexts)['ar'], values: Record<string, string | number> = {}) =>
  translate(guideTexts, 'ar', key, values)

/** Every service offered, by group and code; a group without services is left out. `amounts` are the town's on that day. */
export function printedGuide(
  offered: readonly CatalogueService[],
  offices: ReadonlyMap<string, Localized>,
  amounts: Record<string, Amount>,
  today: CalendarDate,
): PrintedGuide {
  const nameOf = (code: string) => offices.get(code)?.ar ?? code
  return {
    groups: groups
      .map(group => ({
        title: t(`group-${group}`),
        services: offered
          .filter(({ service }) => groupOf(service.definition.group) === group)
          .map(each => printed(each, nameOf, amounts, today)),
      }))
      .filter(({ services }) => services.length > 0),
  }
}

function printed(
  { code, service }: CatalogueService,
  nameOf: (office: string) => string,
  amounts: Record<string, Amount>,
  today: CalendarDate,
): PrintedService {
  const { definition } = service
  const { guide, applicants, known, dues } = definition
  const holds = dues.rule === 'hold' && !dues.neverHeld
  return {
    code,
    name: definition.name.ar,
    summary: definition.summary.ar,
    office: nameOf(guide.office),
    time: guide.time.budget
      ? t('time-budget')
      : `${timeOf(guide.time)}${guide.time.confirmed ? '' : ` (${t('to-confirm')})`}`,
    legalBasis: guide.legalBasis.ar,
    who: applicants.map(each => t(`may-${each}`)).join('، '),
    papers: service.papers.map(paper => ({
      name: paper.paper.name.ar,
      note: noteOf(paper, definition, today),
    })),
    known: known.map(each => ({ name: each.name.ar, note: t('known-note', { source: each.source.ar }) })),
    fees: sheetFees(service, amounts, today).map(({ fee, amount, confirmed }) => ({
      name: fee.fee.name.ar + (fee.fee.refundable ? ` (${t('fee-refundable')})` : ''),
      when: t(`at-${fee.at}`),
      amount:
        (amount ? formatMoney(amount, 'ar') : t('fee-varies')) + (confirmed ? '' : ` (${t('to-confirm')})`),
    })),
    dues: t(holds ? 'dues-hold' : 'dues-warn'),
    procedure: guide.procedure.map(each => each.ar),
    route: definition.steps.map(step => ({
      office: step.officeWhen ? t('office-concerned') : nameOf(step.office),
      name: step.name.ar,
      time: step.hours > 0 ? timeOf({ value: step.hours, unit: 'hours' }) : '',
    })),
  }
}

const timeOf = ({ value, unit }: Pick<ServiceDefinition['guide']['time'], 'value' | 'unit'>): string =>
  t(`time-${unit}`, { count: value })

/** Of whom a paper is asked, how fresh it must be, and whether its original is shown. */
function noteOf(
  { paper, applies }: CompiledPaper,
  { applicants }: ServiceDefinition,
  today: CalendarDate,
): string {
  const of = applicants.filter(capacity =>
    applies({ answers: {}, stepFields: {}, capacity, channel: 'web', today }),
  )
  const who =
    of.length === applicants.length
      ? paper.optional
        ? t('paper-optional')
        : ''
      : of.length === 0
        ? t('paper-depends')
        : t('paper-for', { capacities: of.map(each => t(`capacity-${each}`)).join('، ') })
  return [
    who && `${who}.`,
    paper.hint?.ar,
    paper.validDays !== undefined && t('paper-valid', { count: paper.validDays }),
    paper.original && !paper.hint && `${t('paper-original')}.`,
  ]
    .filter(Boolean)
    .join(' ')
}
