import type { ReactNode } from 'react'
import type { Capacity, CompiledPaper, CompiledService, Paper } from '../../../kernel/definition/index.ts'
import type { CalendarDate } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  KeyValues,
  Money,
  type Pair,
  PaperList,
  Route,
  Say,
  Table,
  Tag,
  useLocalized,
  useTexts,
} from '../../../ui/index.ts'
import type { SheetFee } from './amounts.ts'
import { guideTexts } from './strings.ts'
import { useTimeWords } from './words.tsx'

/** What a guide sheet is made of. */
export type Sheet = {
  service: CompiledService
  fees: SheetFee[]
  /** Names of the town's offices by code. */
  offices: Map<string, Localized>
  today: CalendarDate
  /** Whether the town stands by the time it says. */
  timeConfirmed: boolean
  /** How long such requests took lately, in words; where there are enough to say. */
  lately?: string | undefined
}

/** What is asked first of a service, in one line of panes: how long, how much, whether one must come. */
export function Facts({ sheet }: { sheet: Sheet }) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const time = useTimeWords()
  const { guide, papers, channels } = sheet.service.definition
  const pair = (term: ReactNode, value: ReactNode, note: ReactNode): Pair => ({
    term,
    value: (
      <>
        {typeof value === 'string' ? (
          <Say>{value}</Say>
        ) : (
          <span className="nb">
            <Say>{value}</Say>
          </span>
        )}
        {note && (
          <small>
            <Say>{note}</Say>
          </small>
        )}
      </>
    ),
  })
  const fees = sheet.fees.map(({ fee, amount, confirmed }) =>
    pair(
      local(fee.fee.name),
      amount ? <Money value={amount} /> : t('fee-varies'),
      confirmed ? t(`at-${fee.at}`) : `${t(`at-${fee.at}`)}، ${t('to-confirm')}`,
    ),
  )
  // A long bill is read below; above it stands what is paid at once.
  const first = sheet.fees.flatMap(({ fee }, place) =>
    fee.at === 'before-filing' ? (fees[place] ?? []) : [],
  )
  const shown =
    fees.length > mostFees
      ? [...first, pair(t('fact-fees-later'), t('fact-fees-later-value'), t('fact-fees-later-note'))]
      : fees
  const visit = !channels.includes('web')
    ? pair(t('fact-visit'), t('fact-visit-counter'), t('fact-visit-counter-note'))
    : papers.some(paper => paper.original && !paper.when)
      ? pair(t('fact-visit'), t('fact-visit-original'), t('fact-visit-original-note'))
      : pair(t('fact-visit'), t('fact-visit-none'), undefined)
  return (
    <div className="mt">
      <KeyValues
        kind="facts"
        pairs={[
          pair(
            t('guide-time'),
            time(guide.time),
            guide.time.budget
              ? t('time-budget-note')
              : guide.time.confirmed
                ? t('time-from')
                : t('to-confirm'),
          ),
          ...(shown.length > 0 ? shown : [pair(t('fact-fee-none'), t('fact-fee-none-value'), undefined)]),
          visit,
        ]}
      />
    </div>
  )
}

/** As many fees as are told at a glance. */
const mostFees = 3

/** The sheet itself, under the headings of the printed guide of services. */
export function Guide({ sheet }: { sheet: Sheet }) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const time = useTimeWords()
  const { definition } = sheet.service
  const { guide } = definition
  const office = sheet.offices.get(guide.office)
  return (
    <div className="guide mt">
      <Part id="papers" title={t('guide-papers')}>
        <Papers service={sheet.service} today={sheet.today} />
      </Part>
      <Part id="who" title={t('who-may')}>
        <p>{definition.applicants.map(each => t(`may-${each}`)).join('، ')}.</p>
      </Part>
      <Part id="time" title={t('guide-time')}>
        <p>
          <b className="nb">
            <Say>{time(guide.time)}</Say>
          </b>
          {!guide.time.confirmed && !guide.time.budget && <Tag>{t('to-confirm')}</Tag>}{' '}
          {t(guide.time.budget ? 'time-budget-words' : 'time-words')}
        </p>
        {sheet.lately && (
          <p>
            <Say>{sheet.lately}</Say>
          </p>
        )}
      </Part>
      <Part id="fees" title={t('guide-fees')}>
        <Fees sheet={sheet} />
      </Part>
      <Part id="legal" title={t('guide-legal')}>
        <p>
          <Say>{local(guide.legalBasis)}</Say>
        </p>
      </Part>
      <Part id="procedure" title={t('guide-procedure')}>
        <ol className="lines">
          {guide.procedure.map(each => (
            <li key={each.ar}>
              <Say>{local(each)}</Say>
            </li>
          ))}
        </ol>
      </Part>
      <Part id="office" title={t('guide-office')}>
        <p>{office ? local(office) : guide.office}</p>
      </Part>
      <Part id="route" title={t('guide-route')}>
        <Route
          stops={definition.steps.map(step => {
            const place = sheet.offices.get(step.office)
            return {
              id: step.id,
              state: 'to-come',
              title: step.officeWhen ? t('office-concerned') : place ? local(place) : step.office,
              note:
                step.hours > 0
                  ? t('step-time', {
                      name: local(step.name),
                      time: time({ value: step.hours, unit: 'hours' }),
                    })
                  : local(step.name),
            }
          })}
        />
      </Part>
    </div>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} id={id}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}

function Papers({ service, today }: { service: CompiledService; today: CalendarDate }) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const { applicants, known } = service.definition
  return (
    <PaperList
      papers={[
        ...service.papers.map(({ id, paper, applies }) => {
          const notes = [
            paper.hint && local(paper.hint),
            paper.validDays !== undefined && t('paper-valid', { count: paper.validDays }),
            paper.original && !paper.hint && `${t('paper-original')}.`,
          ].filter(Boolean)
          const who = asked({ applies }, applicants, today)
          return {
            id,
            title: local(paper.name),
            note: notes.length > 0 ? notes.join(' ') : undefined,
            tag:
              who === 'depends'
                ? t('paper-depends')
                : who !== 'always'
                  ? t(asksAnswers(paper) ? 'paper-for-or' : 'paper-for', {
                      capacities: who.map(each => t(`capacity-${each}`)).join('، '),
                    })
                  : paper.optional
                    ? t('paper-optional')
                    : undefined,
          }
        }),
        ...known.map(each => ({
          id: each.id,
          title: local(each.name),
          note: t('known-note', { source: local(each.source) }),
          known: true,
        })),
      ]}
    />
  )
}

/** Of whom a paper is asked before anything was answered: of all, of some capacities, or as the answers will say. */
function asked(
  { applies }: Pick<CompiledPaper, 'applies'>,
  applicants: readonly Capacity[],
  today: CalendarDate,
): 'always' | 'depends' | Capacity[] {
  const of = applicants.filter(capacity =>
    applies({ answers: {}, stepFields: {}, capacity, channel: 'web', today }),
  )
  if (of.length === applicants.length) return 'always'
  return of.length === 0 ? 'depends' : of
}

/** Whether the condition of a paper looks at anything besides the capacity. */
function asksAnswers({ when = '' }: Paper): boolean {
  const names = when.replaceAll(/"[^"]*"/g, '').match(/[A-Za-z]\w*/g) ?? []
  return names.some(name => !['capacity', 'in', 'and', 'or', 'not'].includes(name))
}

function Fees({ sheet }: { sheet: Sheet }) {
  const t = useTexts(guideTexts)
  const local = useLocalized()
  const { fees } = sheet
  const { dues } = sheet.service.definition
  const holds = dues.rule === 'hold' && !dues.neverHeld
  return (
    <>
      {fees.length === 0 ? (
        <p>{t('fees-none')}</p>
      ) : (
        <Table
          caption={t('fees-table')}
          columns={[
            {
              id: 'what',
              head: t('fee-what'),
              cell: row => local(row.fee.fee.name),
              heads: true,
              phone: 'line',
            },
            { id: 'when', head: t('fee-when'), cell: row => t(`at-${row.fee.at}`) },
            {
              id: 'amount',
              head: t('fee-amount'),
              phone: 'end',
              cell: row => (
                <>
                  {row.amount ? <Money value={row.amount} /> : t('fee-varies')}
                  {row.fee.fee.refundable && <Tag>{t('fee-refundable')}</Tag>}
                  {!row.confirmed && <Tag>{t('to-confirm')}</Tag>}
                </>
              ),
            },
          ]}
          rows={fees}
          rowId={row => row.fee.id}
        />
      )}
      <p className="sm mut mt-s">
        {[
          fees.some(({ confirmed }) => !confirmed) && t('fees-unconfirmed'),
          fees.some(({ amount }) => amount?.currency === 'JOD') && t('fees-currency'),
          t(holds ? 'dues-hold' : 'dues-warn'),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
    </>
  )
}
