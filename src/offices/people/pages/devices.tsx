import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, Forbidden } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  Button,
  CitizenLayout,
  DateText,
  Flag,
  Form,
  Head,
  Note,
  Pane,
  Read,
  Stack,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, citizen, nothing, type Route, route } from '../../../web/route.ts'
import { record } from '../../audit/index.ts'
import { type Device, deviceName, devicesOf, endDevice, endDevicesOf } from '../log-in/devices.ts'
import { endOtherSessions, endSessionByKey, type LogInShown, sessionsOf } from '../log-in/sessions.ts'
import { peopleText, peopleTexts } from '../strings.ts'

/** The browsers somebody is known at and their log-ins, and the way out of one or of all. */
export const deviceRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myDevices,
    access: citizen(),
    audit: nothing('shows people their own'),
    handle: show,
  }),
  route({
    method: 'post',
    address: addresses.myDevices,
    access: citizen(),
    audit: acts('people.signed-out'),
    handle: signOut,
  }),
]

function personOf({ visitor }: Call): string {
  if (visitor.actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return visitor.actor.personId
}

type View = { devices: Device[]; logIns: LogInShown[] }

async function show(call: Call): Promise<Response> {
  const personId = personOf(call)
  const view = await read(
    call,
    async (tx): Promise<View> => ({
      devices: await devicesOf(tx, personId),
      logIns: await sessionsOf(tx, personId, call.visitor.sessionHash),
    }),
  )
  return showPage(call, <DevicesPage {...view} />)
}

async function signOut(call: Call): Promise<Response> {
  const personId = personOf(call)
  const [what = '', which = ''] = typedText(call, 'end').split(':')
  const here = call.visitor.sessionHash
  let done = true
  const answer = await write(call, async tx => {
    if (what === 'device' && isId(which)) await endDevice(tx, personId, which)
    else if (what === 'log-in' && /^[\da-f]{32}$/.test(which))
      done = await endSessionByKey(tx, personId, which)
    else if (what === 'others') {
      const mine = (await sessionsOf(tx, personId, here)).find(each => each.here)
      await endOtherSessions(tx, personId, here)
      await endDevicesOf(tx, personId, mine?.deviceId)
    } else throw new BadRequest('bad-form')
    if (!done) return { redirect: url(call, addresses.myDevices) }
    await record(tx, {
      actor: { kind: 'citizen', id: personId },
      act: 'people.signed-out',
      subjectKind: 'person',
      subjectId: personId,
      personId,
      cause: what,
    })
    return { redirect: url(call, addresses.myDevices) }
  })
  if (done) flash(call, { text: peopleText(call.locale, `ended-${what as 'device'}`), tone: 'olive' })
  else flash(call, { text: peopleText(call.locale, 'ended-none'), tone: 'sumac' })
  return answer
}

function DevicesPage({ devices, logIns }: View) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const here = logIns.find(each => each.here)
  return (
    <CitizenLayout title={t('devices-title')} unlisted>
      <Read>
        <Head title={t('devices-title')} sub={t('devices-sub')} />
        <Form action={page.url(addresses.myDevices)}>
          <Stack>
            <Pane id="devices" title={t('devices')} icon="phone">
              {devices.length === 0 && <p className="mut">{t('devices-none')}</p>}
              <ul className="lines">
                {devices.map(device => (
                  <DeviceLine key={device.id} device={device} here={device.id === here?.deviceId} />
                ))}
              </ul>
            </Pane>
            <Pane id="log-ins" title={t('log-ins')} icon="clock">
              <ul className="lines">
                {logIns.map(each => (
                  <LogInLine key={each.key} logIn={each} />
                ))}
              </ul>
              <p className="mt">
                <Button variant="stop" name="end" value="others">
                  {t('end-others')}
                </Button>
              </p>
            </Pane>
            <Note small>
              {t('devices-strange')} <a href={page.url(addresses.citizenPin)}>{t('pin-change-link')}</a>
            </Note>
          </Stack>
        </Form>
      </Read>
    </CitizenLayout>
  )
}

function DeviceLine({ device, here }: { device: Device; here: boolean }) {
  const t = useTexts(peopleTexts)
  const name = device.name === '' ? t('device-unnamed') : device.name
  return (
    <li>
      <p className="row">
        <b>
          <bdi>{name}</bdi>
        </b>
        {here && (
          <Flag icon="ok" tone="glass">
            {t('device-here')}
          </Flag>
        )}
        {device.trusted && (
          <Flag icon="lock" tone="olive">
            {t('device-trusted')}
          </Flag>
        )}
        {device.knownBy === 'pin' && (
          <Flag icon="lock" tone="honey">
            {t('device-unproven')}
          </Flag>
        )}
      </p>
      <p className="row sm mut">
        <span>
          {t('device-last')} <DateText value={device.lastAt} />
        </span>
        <Button variant="quiet" name="end" value={`device:${device.id}`} label={t('device-end-of', { name })}>
          {t('device-end')}
        </Button>
      </p>
    </li>
  )
}

function LogInLine({ logIn }: { logIn: LogInShown }) {
  const t = useTexts(peopleTexts)
  const name = deviceName(logIn.device) || t('device-unnamed')
  return (
    <li>
      <p className="row">
        <span>
          <DateText value={logIn.at} form="moment" />
        </span>
        <bdi className="mut">{name}</bdi>
        {logIn.here ? (
          <Flag icon="ok" tone="glass">
            {t('log-in-here')}
          </Flag>
        ) : logIn.open ? (
          <>
            <Flag icon="clock" tone="honey">
              {t('log-in-open')}
            </Flag>
            <Button
              variant="quiet"
              name="end"
              value={`log-in:${logIn.key}`}
              label={t('log-in-end-of', { name })}
            >
              {t('log-in-end')}
            </Button>
          </>
        ) : (
          <span className="dim sm">{t('log-in-over')}</span>
        )}
      </p>
    </li>
  )
}
