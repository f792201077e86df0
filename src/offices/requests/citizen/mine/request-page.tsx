import { Fragment } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { type WorkCalendar, workingDaysBetween } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  CitizenLayout,
  Columns,
  Crumbs,
  DateText,
  Head,
  KeyValues,
  Money,
  Note,
  Pane,
  PersonName,
  PhoneText,
  Say,
  Stack,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import { VisitCost } from '../../../visits/index.ts'
import { requestNumber } from '../../model.ts'
import { paperName } from '../../proofs.ts'
import { citizenTexts } from '../strings.ts'
import { AnswerPane } from './answer.tsx'
import { Letters } from './letters.tsx'
import { Missing } from './missing.tsx'
import { TogetherPanes } from './parts.tsx'
import type { RequestSheet } from './request.tsx'
import { FeeDue, IssuedPapers, Messages, Way } from './request-panes.tsx'
import { Whereabouts } from './whereabouts.tsx'
import { Answered, WorkDone } from './work-shown.tsx'

/** A request as its applicant reads it. */
export function RequestPage({
  sheet,
  faults,
  typed,
}: {
  sheet: RequestSheet
  faults: Fault[]
  typed: Typed
}) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { request, service, acts } = sheet
  const name = local(service.definition.name)
  const number = requestNumber(request)
  return (
    <CitizenLayout title={`${name} ${number}`} faults={faults} unlisted>
      <Crumbs links={[{ href: url(addresses.myRequests), label: t('back-mine') }]} />
      <Columns side={<Side sheet={sheet} />}>
        <Stack>
          <Head
            title={name}
            sub={
              <span className="row">
                <StateBadge state={request.projection.state} />
                <span>
                  <Say>{t('number', { number })}</Say>
                </span>
              </span>
            }
          />
          <Turn sheet={sheet} />
          <VisitCost visits={sheet.visits} closed={request.projection.closedAt !== undefined} />
          {acts.answer && <AnswerPane sheet={sheet} faults={faults} typed={typed} />}
          {acts.supply && <Missing sheet={sheet} faults={faults} />}
          <FeeDue sheet={sheet} />
          {sheet.lent.map((pane, place) => (
            <Fragment key={String(place)}>{pane}</Fragment>
          ))}
          <IssuedPapers sheet={sheet} />
          <WorkDone sheet={sheet} />
          <Answered sheet={sheet} />
          <TogetherPanes together={sheet.together} />
          <Pane id="way" title={t('way-title')}>
            <Way sheet={sheet} />
          </Pane>
          {request.frozen[locale].map((page, place) => (
            <Pane key={page.page} id={`answers-${place}`} title={page.page}>
              <KeyValues
                kind="answers"
                pairs={page.items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
              />
            </Pane>
          ))}
          <Letters sheet={sheet} faults={faults} typed={typed} />
          <Messages sheet={sheet} />
        </Stack>
      </Columns>
    </CitizenLayout>
  )
}

/** Whose turn it is, in one sentence. */
function Turn({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { service } = sheet
  const { projection } = sheet.request
  const { state, dueAt, closedAt } = projection
  const at = sheet.way.find(stop => stop.state !== 'done' && stop.state !== 'to-come')
  switch (state) {
    case 'awaiting-papers':
      return (
        <Note tone="sumac" icon="gap">
          {t('turn-papers')}
        </Note>
      )
    case 'awaiting-fee':
      return (
        <Note tone="honey" icon="cash">
          {t('turn-fee')}
        </Note>
      )
    case 'awaiting-answer':
      return (
        <Note tone="honey" icon="chat">
          {t('turn-answer')}
        </Note>
      )
    case 'awaiting-outside':
      return <Whereabouts service={service} projection={projection} values={sheet.values} />
    case 'done':
      return (
        <Note tone="olive">
          {t(sheet.lapsed ? 'ended-lapsed' : 'ended-done')}{' '}
          {closedAt && <DateText value={closedAt} form="long" />}.
        </Note>
      )
    case 'rejected':
      return (
        <Note tone="sumac" icon="no" title={t('turn-rejected')}>
          {sheet.reason && <bdi className="written">{sheet.reason}</bdi>}
          <p className="sm mut">{t('turn-object')}</p>
        </Note>
      )
    case 'withdrawn':
      return <Note icon="no">{t('turn-withdrawn')}</Note>
    default:
      return (
        <>
          <Whereabouts service={service} projection={projection} values={sheet.values} />
          <Note icon="half">
            {at?.office ? t('turn-at', { office: local(at.office) }) : t('turn-arrived')}
            {at?.person && (
              <>
                {t('comma')} {t('with')} <PersonName strong>{local(at.person)}</PersonName>
              </>
            )}
            . {dueAt && <Due at={dueAt} calendar={sheet.calendar} />}
            {sheet.likely && (
              <p className="sm mut">
                <Say>{t('likely')}</Say> <DateText value={sheet.likely} form="long" />.
              </p>
            )}
          </Note>
        </>
      )
  }
}

/** The promise in words, with the working days left. */
function Due({ at, calendar }: { at: Date; calendar: WorkCalendar }) {
  const t = useTexts(citizenTexts)
  const { now } = usePage()
  const days = workingDaysBetween(calendar, now, at)
  return (
    <>
      {t(days < 0 ? 'due-late' : 'expected')} <DateText value={at} form="long" />
      {days > 0 && (
        <>
          {' '}
          (<Say>{t('working-days', { count: days })}</Say>)
        </>
      )}
      .
    </>
  )
}

function Side({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url, town } = usePage()
  const { request, service, papers, receipts, acts } = sheet
  const { id } = request
  const nameOf = (id: string) => {
    const name = paperName(service.definition, id)
    return name && local(name)
  }
  /** What the town hung there itself, such as a photo of the work, nobody was asked for. */
  const isAsked = (id: string) => service.definition.papers.some(paper => paper.id === id)
  return (
    <>
      {papers.length > 0 && (
        <Pane id="papers" title={t('papers-title')}>
          <ul className="lines">
            {papers.map(paper => (
              <li key={`${paper.paperId} ${paper.documentId}`}>
                <a href={url(addresses.document, { id: paper.documentId })}>
                  {nameOf(paper.paperId) ?? paper.fileName}
                </a>
                {isAsked(paper.paperId) && (
                  <small className="mut line-note">{t(`paper-${paper.state}`)}</small>
                )}
              </li>
            ))}
          </ul>
        </Pane>
      )}
      {receipts.length > 0 && (
        <Pane id="receipts" title={t('receipts')}>
          <ul className="lines">
            {receipts.map(receipt => (
              <li key={receipt.id}>
                <Say>{receipt.number}</Say>
                <small className="mut line-note">
                  {receipt.totals.map(sum => (
                    <Money key={sum.currency} value={sum} />
                  ))}{' '}
                  · <DateText value={receipt.receivedAt} form="plain" />
                  {receipt.reversedBy && ` · ${t('receipt-reversed')}`}
                </small>
              </li>
            ))}
          </ul>
        </Pane>
      )}
      <Pane id="more" title={t('more-title')}>
        <ul className="lines">
          <li>
            <a href={url(addresses.myRequestReceipt, { id })}>{t('acknowledgement')}</a>
          </li>
          {acts.withdraw && (
            <li>
              <a href={url(addresses.myRequestWithdraw, { id })}>{t('withdraw')}</a>
            </li>
          )}
          <li>
            {t('ask-number')} <PhoneText value={town.phone} call />
          </li>
        </ul>
      </Pane>
    </>
  )
}
