import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { NotFound } from '../../../../lib/errors.ts'
import {
  CitizenLayout,
  DateText,
  Head,
  KeyValues,
  LinkButton,
  Money,
  Note,
  Pane,
  QrCode,
  Say,
  Stack,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, publicUrl, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type Charge, chargesOfRequest } from '../../../treasury/index.ts'
import { type Request, requestNumber } from '../../model.ts'
import { citizenTexts } from '../strings.ts'
import { openTracking } from '../tracking-seal.ts'
import { getMine } from './request.tsx'
import { trackingHashOf } from './store.ts'

type Acknowledged = {
  request: Request
  service: CompiledService
  charges: Charge[]
  /** The link that follows the request without a log-in: known only on the page after filing. */
  link: string | undefined
  track: string
}

/** What stands between filing and the rest: the number, when, what comes next, and the link that follows it. Made to be printed. */
export async function showAcknowledgement(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const { request, service, charges, hash } = await read(call, async tx => ({
    ...(await getMine(tx, call, id)),
    charges: await chargesOfRequest(tx, id),
    hash: await trackingHashOf(tx, id),
  }))
  if (!hash) throw new NotFound('no-such-request')
  const token = openTracking(call, call.query.t, hash)
  return showPage(
    call,
    <AcknowledgementPage
      request={request}
      service={service}
      charges={charges}
      link={token && publicUrl(call, addresses.trackLink, { token })}
      track={publicUrl(call, addresses.track)}
    />,
  )
}

function AcknowledgementPage({ request, service, charges, link, track }: Acknowledged) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url, actor } = usePage()
  const number = requestNumber(request)
  const open = charges.filter(charge => !charge.cancelled && charge.open.minor > 0)
  const { dueAt, state } = request.projection
  return (
    <CitizenLayout title={t('received-title')} unlisted>
      <div className="read">
        <Stack>
          <Head title={t('received-title')} sub={t('received-lead')} />
          <Pane id="received" title={local(service.definition.name)} end={<StateBadge state={state} />}>
            <KeyValues
              pairs={[
                { term: t('received-number'), value: <b>{<Say>{number}</Say>}</b> },
                {
                  term: t('received-at'),
                  value: (
                    <>
                      <DateText value={request.filedAt} form="paper" /> ·{' '}
                      <DateText value={request.filedAt} form="time" />
                    </>
                  ),
                },
                ...(actor.kind === 'citizen'
                  ? [{ term: t('applicant'), value: <bdi>{actor.name}</bdi> }]
                  : []),
                ...(dueAt
                  ? [{ term: t('received-due'), value: <DateText value={dueAt} form="long" /> }]
                  : []),
                ...open.map(charge => ({
                  term: local(charge.label),
                  value: <Money value={charge.open} strong />,
                })),
              ]}
            />
          </Pane>
          {open.length > 0 && (
            <Note tone="honey" icon="cash" title={t('received-fee-title')}>
              {t('fee-pay', { number })}
            </Note>
          )}
          <Pane id="track" title={t('track-yours')}>
            <div className="qr">
              <QrCode text={link ?? track} label={t('track-qr')} />
              <div>
                <p>{t(link ? 'track-link-text' : 'track-number-text')}</p>
                <p className="sm">
                  <a href={link ?? track} dir="ltr">
                    {link ?? track}
                  </a>
                </p>
                {link && <p className="sm mut">{t('track-once')}</p>}
              </div>
            </div>
          </Pane>
          <p className="row no-print">
            <LinkButton href={url(addresses.myRequest, { id: request.id })}>{t('open-request')}</LinkButton>
            <LinkButton variant="plain" href={url(addresses.my)}>
              {t('to-my')}
            </LinkButton>
          </p>
          <p className="sm mut no-print">{t('print-words')}</p>
        </Stack>
      </div>
    </CitizenLayout>
  )
}
