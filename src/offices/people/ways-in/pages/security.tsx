import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  FaultText,
  Fold,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  PasskeyButton,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, read, typedText } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { getStaffMember } from '../../offices.ts'
import { deviceOf } from '../../pages/cookies.ts'
import { type WaysIn, waysInOf } from '../mine.ts'
import { staffIdOf } from '../own.ts'
import { creationOptions } from '../passkeys.ts'
import { siteOf } from '../site.ts'
import { wayTexts } from '../strings.ts'
import { deviceName } from './device.ts'
import { LogIns, Passkeys } from './lists.tsx'
import { NewPassword } from './parts.tsx'

type View = {
  ways: WaysIn
  options: unknown
  /** Names the log-in of this page. */
  here: string
  newName: string
  faults: readonly Fault[]
}

/** GET: what the person logs in with, and where they are in. */
export async function showSecurity(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const staffId = staffIdOf(call)
  const { ways, member } = await read(call, async tx => ({
    ways: await waysInOf(tx, staffId),
    member: await getStaffMember(tx, staffId),
  }))
  const town = { id: call.town.id, name: call.town.name[call.locale] }
  const who = { staffId, login: member.login, name: member.name[call.locale] }
  const view: View = {
    ways,
    options: await creationOptions(call.house.crypto, town, who, ways.passkeys, siteOf(call), call.now),
    here: call.visitor.sessionHash?.toString('hex') ?? '',
    newName: typedText(call, 'name') || deviceName(call.locale, deviceOf(call)),
    faults,
  }
  return showPage(call, <SecurityPage {...view} />, faults.length > 0 ? 422 : 200)
}

function SecurityPage(view: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('title')} faults={view.faults}>
      <Crumbs links={[{ label: t('desk'), href: page.url(addresses.myDesk) }]} />
      <Head title={t('title')} sub={t('sub')} />
      <Stack>
        <LogIns logIns={view.ways.logIns} here={view.here} />
        <Zones kind="half">
          <PasskeyPane {...view} />
          <Stack>
            <PasswordPane {...view} />
            <AppPane {...view} />
            <CodesPane {...view} />
          </Stack>
        </Zones>
      </Stack>
    </StaffLayout>
  )
}

function PasskeyPane({ ways, options, newName, faults }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  const broken = faultOf(faults, 'passkey')
  const last = faultOf(faults, 'passkeys')
  return (
    <Pane id="passkeys" title={t('passkeys-title')} icon="lock">
      <Stack>
        <p className="sm mut">{t('passkeys-sub')}</p>
        {last && (
          <p className="stop-c sm">
            <FaultText fault={last} />
          </p>
        )}
        {ways.passkeys.length > 0 ? <Passkeys keys={ways.passkeys} /> : <p>{t('passkeys-none')}</p>}
        <Form action={page.url(addresses.securityPasskeys)}>
          <TextField
            name="name"
            label={t('passkey-name')}
            hint={t('passkey-name-hint')}
            value={newName}
            fault={faultOf(faults, 'name') ?? broken}
            width="mid"
            maxLength={40}
            tight
          />
          <PasskeyButton act="create" options={options}>
            {t('passkey-add')}
          </PasskeyButton>
          <noscript>
            <p className="sm mut">{t('passkey-no-script')}</p>
          </noscript>
        </Form>
      </Stack>
    </Pane>
  )
}

function PasswordPane({ ways, faults }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  const open = ['password', 'again'].some(name => faultOf(faults, name))
  return (
    <Pane id="password" title={t('password-title')} icon="keyb">
      {!ways.hasPassword && <p className="mb-s">{t('password-handed')}</p>}
      <Fold kind="rare" title={t('password-save')} open={open}>
        <Form action={page.url(addresses.securityPassword)}>
          <NewPassword faults={faults} />
          <Button variant="quiet">{t('password-save')}</Button>
        </Form>
      </Fold>
    </Pane>
  )
}

function AppPane({ ways }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <Pane id="app" title={t('app-title')} icon="phone">
      <div className="row apart">
        <span>{t(ways.hasApp ? 'app-on' : 'app-off')}</span>
        <LinkButton href={page.url(addresses.securityApp)} variant="quiet">
          {t(ways.hasApp ? 'app-change' : 'app-add')}
        </LinkButton>
      </div>
    </Pane>
  )
}

function CodesPane({ ways }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  const { left, madeAt } = ways.codes
  return (
    <Pane id="codes" title={t('codes-title')} icon="doc">
      <Stack>
        {madeAt ? (
          <p>{t('codes-left', { count: left })}</p>
        ) : (
          <Note tone="honey" small>
            {t('codes-none')}
          </Note>
        )}
        <Form action={page.url(addresses.securityCodes)}>
          <Button variant="quiet" icon="plus">
            {t('codes-make')}
          </Button>
          {madeAt && <p className="sm mut mt-xs">{t('codes-make-note')}</p>}
        </Form>
      </Stack>
    </Pane>
  )
}
