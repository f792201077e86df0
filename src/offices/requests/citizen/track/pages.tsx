import type { CompiledService, RuleValues } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { type Fault, NotFound } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import type { Localized } from '../../../../lib/localized.ts'
import { parsePhone } from '../../../../lib/phone.ts'
import {
  Button,
  CitizenLayout,
  CodeField,
  DateText,
  Form,
  faultOf,
  Head,
  HowLink,
  LinkButton,
  Note,
  Pane,
  PhoneField,
  Route,
  Say,
  Stack,
  StateBadge,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { aside, type Call, param, read, typedText, url } from '../../../../web/call.ts'
import { redirect, showPage } from '../../../../web/page.tsx'
import { catalogueOf } from '../../../catalogue/index.ts'
import { officesOf } from '../../../people/index.ts'
import { type Request, readRequestNumber, requestNumber } from '../../model.ts'
import { actionsOf, getRequest } from '../../store.ts'
import { type Side, Sides, sidesOf } from '../mine/sides.tsx'
import { type WayStop, wayOf } from '../mine/way.ts'
import { Whereabouts } from '../mine/whereabouts.tsx'
import { citizenTexts } from '../strings.ts'
import { readTrackingCode, requestOfTracking, sendTrackingCode } from './store.ts'

/** `/track`: the number and the telephone, then the code. */
export function showTrack(call: Call): Response {
  const code = call.query.code
  if (code && isId(code)) return showPage(call, <CodePage codeId={code} faults={[]} />)
  return showPage(call, <TrackPage number={call.query.number ?? ''} phone="" faults={[]} />)
}

/** Sends a code, or reads one back. What it says is the same whether the request exists or not. */
export async function track(call: Call): Promise<Response> {
  const codeId = typedText(call, 'id')
  return isId(codeId) ? readCode(call, codeId) : sendCode(call)
}

async function sendCode(call: Call): Promise<Response> {
  const number = typedText(call, 'number')
  const phone = typedText(call, 'phone')
  const asked = readRequestNumber(toWesternDigits(number.slice(0, 40)))
  const read = parsePhone(phone.slice(0, 40))
  const faults: Fault[] = []
  if (!asked) faults.push({ field: 'number', code: number.trim() === '' ? 'required' : 'request-number' })
  if (!read.ok) faults.push({ field: 'phone', code: read.code })
  if (!asked || !read.ok)
    return showPage(call, <TrackPage number={number} phone={phone} faults={faults} />, 422)
  const id = await aside(call, tx => sendTrackingCode(tx, call.house, { ...asked, phone }))
  return redirect(url(call, addresses.track, {}, { code: id }))
}

async function readCode(call: Call, codeId: string): Promise<Response> {
  const typed = toWesternDigits(typedText(call, 'code')).replace(/\D/g, '').slice(0, 10)
  const outcome = await aside(call, tx => readTrackingCode(tx, codeId, typed))
  if (outcome.ok) return redirect(url(call, addresses.trackLink, { token: outcome.token }))
  return showPage(call, <CodePage codeId={codeId} faults={[{ field: 'code', code: outcome.code }]} />, 422)
}

function TrackPage({ number, phone, faults }: { number: string; phone: string; faults: Fault[] }) {
  const t = useTexts(citizenTexts)
  const { url, actor } = usePage()
  return (
    <CitizenLayout title={t('track-title')} faults={faults}>
      <div className="read">
        <Head title={t('track-title')} sub={t('track-lead')} />
        {actor.kind === 'citizen' && (
          <Note>
            {t('track-logged-in')} <a href={url(addresses.myRequests)}>{t('mine')}</a>
          </Note>
        )}
        <div className="mt">
          <Form action={url(addresses.track)}>
            <TextField
              name="number"
              label={t('track-number')}
              hint={t('track-number-hint')}
              fault={faultOf(faults, 'number')}
              value={number}
              ltr
              width="mid"
              placeholder={t('track-number-sample')}
            />
            <PhoneField
              name="phone"
              label={t('track-phone')}
              hint={t('track-phone-hint')}
              fault={faultOf(faults, 'phone')}
              value={phone}
            />
            <Button big iconEnd="go">
              {t('track-send')}
            </Button>
          </Form>
          <HowLink topic="follow" />
        </div>
      </div>
    </CitizenLayout>
  )
}

function CodePage({ codeId, faults }: { codeId: string; faults: Fault[] }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('track-code-title')} faults={faults} unlisted>
      <div className="read">
        <Head title={t('track-code-title')} sub={t('track-code-lead')} />
        <div className="mt">
          <Form action={url(addresses.track)} hidden={{ id: codeId }}>
            <CodeField name="code" label={t('track-code')} fault={faultOf(faults, 'code')} />
            <p className="row">
              <Button big>{t('track-code-show')}</Button>
              <LinkButton variant="plain" href={url(addresses.track)}>
                {t('track-code-again')}
              </LinkButton>
            </p>
          </Form>
        </div>
      </div>
    </CitizenLayout>
  )
}

type Tracked = {
  request: Request
  name: Localized
  way: (Omit<WayStop, 'office'> & { office: Localized | undefined; sides: Side[] })[]
  service: CompiledService
  values: RuleValues
}

/** `/track/TOKEN`: where the request stands, without anything personal. */
export async function showTracked(call: Call): Promise<Response> {
  const id = await read(call, tx => requestOfTracking(tx, param(call, 'token')))
  if (!id) throw new NotFound('no-such-page')
  return showTrackedRequest(call, id)
}

/** The same of a request whose link was opened. */
export async function showTrackedRequest(call: Call, id: string): Promise<Response> {
  const tracked = await read(call, async (tx): Promise<Tracked> => {
    const request = await getRequest(tx, id)
    const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
    const offices = new Map((await officesOf(tx)).map(office => [office.code, office.name]))
    const { answers, capacity, channel, projection } = request
    const today = dateIn(tx.now, call.town.timeZone)
    const values = { answers, capacity, channel, today, stepFields: projection.stepFields }
    const way = wayOf(service, projection, values)
    const actions = await actionsOf(tx, id)
    return {
      request,
      name: service.definition.name,
      service,
      values,
      way: way.map(stop => ({
        ...stop,
        office: offices.get(stop.office),
        sides: sidesOf(stop, projection, actions, offices),
      })),
    }
  })
  return showPage(call, <TrackedPage {...tracked} />)
}

/** What the applicant is waited for. */
const waiting = {
  'awaiting-fee': 'turn-fee',
  'awaiting-papers': 'turn-papers',
  'awaiting-answer': 'turn-answer',
} as const

function TrackedPage({ request, name, way, service, values }: Tracked) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { state, dueAt, closedAt } = request.projection
  const number = requestNumber(request)
  const waits = waiting[state as keyof typeof waiting]
  return (
    <CitizenLayout title={t('number', { number })} unlisted>
      <div className="read">
        <Stack>
          <Head
            title={local(name)}
            sub={
              <span className="row">
                <StateBadge state={state} />
                <span>
                  <Say>{t('number', { number })}</Say>
                </span>
              </span>
            }
          />
          {waits && (
            <Note tone={state === 'awaiting-papers' ? 'sumac' : 'honey'}>
              {t(waits)} <a href={url(addresses.myRequest, { id: request.id })}>{t('track-log-in')}</a>
            </Note>
          )}
          <Whereabouts service={service} projection={request.projection} values={values} />
          {!waits && dueAt && !closedAt && state !== 'awaiting-outside' && (
            <Note icon="clock">
              {t('expected')} <DateText value={dueAt} form="long" />.
            </Note>
          )}
          {closedAt && (
            <Note tone={state === 'done' ? 'olive' : 'info'}>
              {t(
                state === 'done' ? 'ended-done' : state === 'rejected' ? 'ended-rejected' : 'ended-withdrawn',
              )}{' '}
              <DateText value={closedAt} form="long" />.
            </Note>
          )}
          <Pane id="way" title={t('way-title')}>
            <Route
              stops={[
                {
                  id: 'filed',
                  state: 'done',
                  title: t('way-filed'),
                  note: <DateText value={request.filedAt} form="full" />,
                },
                ...way.map(stop => ({
                  id: stop.step.id,
                  state: stop.state,
                  title: local(stop.step.name),
                  note: (
                    <>
                      {stop.office && local(stop.office)}
                      {stop.task?.closedAt && (
                        <>
                          {' · '}
                          <DateText value={stop.task.closedAt} form="plain" />
                        </>
                      )}
                      <Sides sides={stop.sides} />
                    </>
                  ),
                })),
              ]}
            />
          </Pane>
          <p className="sm mut">{t('track-private')}</p>
        </Stack>
      </div>
    </CitizenLayout>
  )
}
