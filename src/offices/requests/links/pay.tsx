import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { sumByCurrency } from '../../../lib/money.ts'
import {
  CitizenLayout,
  Head,
  LinkButton,
  Note,
  Pane,
  PhoneText,
  Stack,
  SumLine,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import type { ShortLink } from '../../messaging/index.ts'
import { type Charge, chargesOfRequest, paysOnline } from '../../treasury/index.ts'
import { type Request, requestNumber } from '../model.ts'
import { getRequest } from '../store.ts'
import { whoIs } from '../surroundings.ts'
import { shortTexts } from './words.ts'

type Owed = { request: Request; open: Charge[]; online: boolean; isMine: boolean }

/** What a request owes and where it is paid, without a name; whoever is logged in and a party goes straight on to the paying. */
export async function showPay(call: Call, { requestId }: ShortLink): Promise<Response> {
  const owed = await read(call, async (tx): Promise<Owed> => {
    const request = await getRequest(tx, requestId)
    const who = await whoIs(tx, call.visitor.actor, request)
    const charges = await chargesOfRequest(tx, requestId)
    return {
      request,
      open: charges.filter(charge => !charge.cancelled && charge.open.minor > 0),
      online: await paysOnline(tx, dateIn(tx.now, call.town.timeZone)),
      isMine: who.kind === 'citizen' && who.relation === 'party',
    }
  })
  if (owed.online && owed.isMine && owed.open.length > 0)
    return redirect(url(call, addresses.myPay, {}, { request: requestId }))
  return showPage(call, owed.open.length > 0 ? <PayPage {...owed} /> : <NothingOwed {...owed} />)
}

function PayPage({ request, open, online }: Owed) {
  const t = useTexts(shortTexts)
  const local = useLocalized()
  const { url, town } = usePage()
  const number = requestNumber(request)
  const totals = sumByCurrency(open.map(charge => charge.open))
  return (
    <CitizenLayout title={t('pay-title', { number })} unlisted>
      <div className="read">
        <Stack>
          <Head title={t('pay-title', { number })} sub={t('pay-sub')} />
          <Pane id="owed" tone="honey" icon="cash" title={t('pay-owed')}>
            {open.map(charge => (
              <SumLine key={charge.id} label={local(charge.label)} value={charge.open} />
            ))}
            {open.length > 1 &&
              totals.map(total => (
                <SumLine key={total.currency} label={t('pay-total')} value={total} total />
              ))}
            {online && (
              <>
                <p className="mt-s">
                  <LinkButton href={url(addresses.myPay, {}, { request: request.id })} icon="wallet" big full>
                    {t('pay-now')}
                  </LinkButton>
                </p>
                <p className="sm mut">{t('pay-now-hint')}</p>
              </>
            )}
          </Pane>
          <Pane id="where" icon="pin" title={t('pay-where')}>
            <p>{local(town.address)}</p>
            <p>{local(town.hours)}</p>
            <p>
              <PhoneText value={town.phone} call />
            </p>
            <p className="mt-s">{t('pay-say', { number })}</p>
          </Pane>
        </Stack>
      </div>
    </CitizenLayout>
  )
}

function NothingOwed({ request }: Owed) {
  const t = useTexts(shortTexts)
  const { url } = usePage()
  const number = requestNumber(request)
  return (
    <CitizenLayout title={t('pay-none-title')} unlisted>
      <div className="read">
        <Stack>
          <Head title={t('pay-none-title')} />
          <Note tone="olive">{t('pay-none', { number })}</Note>
          <p>
            <LinkButton href={url(addresses.track, {}, { number })} variant="quiet">
              {t('follow')}
            </LinkButton>
          </p>
        </Stack>
      </div>
    </CitizenLayout>
  )
}
