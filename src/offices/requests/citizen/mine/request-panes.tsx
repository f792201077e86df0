import { addresses } from '../../../../lib/addresses.ts'
import {
  DateText,
  LinkButton,
  Money,
  Pane,
  PersonName,
  Route,
  Say,
  SumLine,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { requestNumber } from '../../model.ts'
import { citizenTexts } from '../strings.ts'
import type { RequestSheet } from './request.tsx'
import { Sides } from './sides.tsx'

/** The way of the request: what is done, where it is now, what is to come. */
export function Way({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { request, way, charges } = sheet
  const before = charges.filter(charge => charge.feePoint === 'before-filing' && !charge.cancelled)
  const paid = before.every(charge => charge.open.minor === 0)
  return (
    <Route
      stops={[
        {
          id: 'filed',
          state: 'done',
          title: t('way-filed'),
          note: <DateText value={request.filedAt} form="full" />,
        },
        ...(before.length > 0
          ? [
              {
                id: 'fee',
                state: paid
                  ? ('done' as const)
                  : request.projection.closedAt
                    ? ('to-come' as const)
                    : ('halt' as const),
                title: t(paid ? 'way-fee-paid' : 'way-fee'),
                note: before.map(charge => <Money key={charge.id} value={charge.amount} />),
              },
            ]
          : []),
        ...way.map(stop => ({
          id: stop.step.id,
          state: stop.state,
          title: local(stop.step.name),
          note: (
            <>
              {stop.office && local(stop.office)}
              {stop.person && (
                <>
                  {t('comma')} <PersonName>{local(stop.person)}</PersonName>
                </>
              )}
              {stop.task?.closedAt && (
                <>
                  {' · '}
                  <DateText value={stop.task.closedAt} form="moment" />
                </>
              )}
              {stop.state === 'now' && stop.task && (
                <>
                  {' · '}
                  {t('since')} <DateText value={stop.task.openedAt} form="moment" />
                </>
              )}
              {stop.state === 'now' && stop.task?.dueAt && stop.sides.length === 0 && (
                <>
                  {' · '}
                  {t('until')} <DateText value={stop.task.dueAt} />
                </>
              )}
              <Sides sides={stop.sides} />
            </>
          ),
        })),
      ]}
    />
  )
}

/** What is to be paid now, and how. */
export function FeeDue({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { town, url } = usePage()
  const open = sheet.charges.filter(charge => !charge.cancelled && charge.open.minor > 0)
  if (open.length === 0) return null
  return (
    <Pane id="fee" tone="honey" icon="cash" title={t('fee-due')}>
      {open.map(charge => (
        <SumLine key={charge.id} label={local(charge.label)} value={charge.open} />
      ))}
      {sheet.online && (
        <p className="mt-s">
          <LinkButton href={url(addresses.myPay, {}, { request: sheet.request.id })} icon="wallet">
            {t('pay-online')}
          </LinkButton>
        </p>
      )}
      <p className="mt-s">{t('fee-pay', { number: requestNumber(sheet.request) })}</p>
      <p className="sm mut">
        {local(town.hours)} · {local(town.address)}
      </p>
      {!sheet.online && <p className="sm mut mt-s">{t('fee-online')}</p>}
    </Pane>
  )
}

/** What the town issued for it. */
export function IssuedPapers({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (sheet.issued.length === 0) return null
  return (
    <Pane id="issued" icon="cert" title={t('issued')}>
      <ul className="lines">
        {sheet.issued.map(each => {
          const output = sheet.service.definition.outputs.find(({ id }) => id === each.outputId)
          return (
            <li key={each.documentId}>
              <p className="row">
                <b>{output ? local(output.name) : t('issued')}</b>
                <span className="sm mut">
                  <Say>{t('issued-number', { number: each.number })}</Say>
                </span>
              </p>
              {each.validUntil && (
                <p className="sm mut">
                  {t('valid-until')} <DateText value={each.validUntil} form="plain" />
                </p>
              )}
              {each.state === 'valid' && each.atHand ? (
                <p className="warn-c sm">{t('issued-at-hand')}</p>
              ) : each.state === 'valid' ? (
                <p className="row mt-s">
                  <LinkButton icon="dl" href={url(addresses.document, { id: each.documentId })}>
                    {t('download')}
                  </LinkButton>
                  <a className="sm" href={url(addresses.verifyCode, { code: each.code })}>
                    {t('verify')}
                  </a>
                </p>
              ) : (
                <p className="stop-c sm">{t('issued-void')}</p>
              )}
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}

/** What was sent to the telephone about it. */
export function Messages({ sheet }: { sheet: RequestSheet }) {
  const t = useTexts(citizenTexts)
  if (sheet.messages.length === 0) return null
  return (
    <Pane id="messages" icon="chat" title={t('messages-sent')}>
      <ul className="lines">
        {sheet.messages.map(message => (
          <li key={message.id}>
            <bdi>
              <Say>{message.body}</Say>
            </bdi>
            <small className="dim line-note">
              <DateText value={message.plannedAt} form="moment" />
            </small>
          </li>
        ))}
      </ul>
    </Pane>
  )
}
