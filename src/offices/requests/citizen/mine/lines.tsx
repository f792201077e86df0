import type { ReactNode } from 'react'
import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Localized } from '../../../../lib/localized.ts'
import {
  CallList,
  DateText,
  LinkButton,
  Money,
  PersonName,
  RequestList,
  type RequestRow,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'
import type { MyRequest } from './store.ts'

/** A request with the service it runs under. */
export type Line = { request: MyRequest; service: CompiledService }

/** Whether the request waits for its applicant. */
export const waitsForMe = ({ request }: Line): boolean => waiting.includes(request.state)

/** States that wait for the applicant. */
const waiting: readonly string[] = ['awaiting-fee', 'awaiting-papers', 'awaiting-answer']

/** What waits for the reader: each with the one thing to do. */
export function Calls({ lines }: { lines: Line[] }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <CallList
      items={lines.map(({ request, service }) => {
        const href = url(addresses.myRequest, { id: request.id })
        const name = local(service.definition.name)
        const about = t('call-about', { service: name, number: request.number })
        if (request.state === 'awaiting-fee') {
          return {
            id: request.id,
            state: request.state,
            title: (
              <>
                {t('call-fee')} <Sums fees={request.fees} />
              </>
            ),
            note: `${about} ${t('call-fee-note')}`,
            action: (
              <LinkButton href={`${href}#fee`} icon="cash">
                {t('call-fee-do')}
              </LinkButton>
            ),
          }
        }
        if (request.state === 'awaiting-answer') {
          return {
            id: request.id,
            state: request.state,
            title: t('call-answer'),
            note: about,
            action: (
              <LinkButton href={`${href}#answer`} icon="chat">
                {t('call-answer-do')}
              </LinkButton>
            ),
          }
        }
        const papers = request.missing.map(each => {
          const paper = service.definition.papers.find(({ id }) => id === each.id)
          return paper ? local(paper.name) : each.words
        })
        return {
          id: request.id,
          state: request.state,
          title: t('call-papers', { papers: papers.join('، ') }),
          note: `${about} ${t('call-papers-note')}`,
          action: (
            <LinkButton href={`${href}#missing`} icon="cam">
              {t('call-papers-do')}
            </LinkButton>
          ),
        }
      })}
    />
  )
}

function Sums({ fees }: { fees: MyRequest['fees'] }): ReactNode {
  const t = useTexts(citizenTexts)
  return fees.map((fee, place) => (
    <span key={fee.currency}>
      {place > 0 && ` ${t('and')} `}
      <Money value={fee} />
    </span>
  ))
}

/** Requests in their rows: what, where it stands, with whom, expected when. */
export function Lines({ lines }: { lines: Line[] }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  return <RequestList rows={lines.map(rowOf)} />

  function rowOf({ request, service }: Line): RequestRow {
    const { steps } = service.definition
    const at = steps.findIndex(step => step.id === request.step)
    const open = request.closedAt === undefined
    return {
      id: request.id,
      href: url(addresses.myRequest, { id: request.id }),
      service: local(service.definition.name),
      number: request.number,
      state: request.state,
      ...(open && at >= 0 && { step: { at: at + 1, of: steps.length } }),
      note: <Note request={request} body={steps[at]?.body} />,
      ...(request.hasLetter && {
        action: (
          <LinkButton
            variant="quiet"
            icon="chat"
            href={`${url(addresses.myRequest, { id: request.id })}#letters`}
          >
            {t('letters-open')}
          </LinkButton>
        ),
      }),
      ...(request.issued?.state === 'valid' && {
        action: (
          <LinkButton
            variant="quiet"
            icon="dl"
            href={url(addresses.document, { id: request.issued.documentId })}
          >
            {local(service.definition.outputs[0]?.name ?? { ar: t('issued'), en: t('issued') })}
          </LinkButton>
        ),
      }),
    }
  }
}

function Note({ request, body }: { request: MyRequest; body: Localized | undefined }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { state, at, closedAt, dueAt, issued } = request
  if (closedAt) {
    return (
      <>
        {t(state === 'done' ? 'ended-done' : state === 'rejected' ? 'ended-rejected' : 'ended-withdrawn')}{' '}
        <DateText value={closedAt} form="plain" />.
        {issued?.validUntil && (
          <>
            {' '}
            {t('valid-until')} <DateText value={issued.validUntil} form="plain" />.
          </>
        )}
        {state === 'rejected' && ` ${t('read-reason')}`}
      </>
    )
  }
  if (state === 'awaiting-outside') return body ? t('outside-at', { body: local(body) }) : t('outside-note')
  if (!at) return null
  return (
    <>
      {t('at-office', { office: local(at.office) })} <DateText value={at.since} />
      {at.person && (
        <>
          {t('comma')} {t('with')} <PersonName strong>{local(at.person)}</PersonName>
        </>
      )}
      .
      {dueAt && !waiting.includes(state) && (
        <>
          {' '}
          {t('expected')} <DateText value={dueAt} form="near" />.
        </>
      )}
    </>
  )
}
