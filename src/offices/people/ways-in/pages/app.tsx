import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  Head,
  LinkButton,
  Read,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { newTotpSecret } from '../../log-in/totp.ts'
import { getStaffMember } from '../../offices.ts'
import { staffIdOf } from '../own.ts'
import { wayTexts } from '../strings.ts'
import { NewApp } from './parts.tsx'

const purpose = 'new-app'
const openMs = 15 * 60_000

/** The secret of the square on a page, as it was sealed there; undefined when it is not this person's, or too old. */
export function openAppSecret(call: Call, sealed: string): string | undefined {
  try {
    const text = call.house.crypto.open(call.town.id, purpose, Buffer.from(sealed, 'base64url'))
    const [staffId, secret, until] = text.split(' ')
    return staffId === staffIdOf(call) && Number(until) > call.now.getTime() ? secret : undefined
  } catch {
    return undefined
  }
}

/** GET: a square for an authenticator app. */
export async function showApp(call: Call, secret = newTotpSecret(), faults?: Fault[]): Promise<Response> {
  const staffId = staffIdOf(call)
  const member = await read(call, tx => getStaffMember(tx, staffId))
  const sealed = call.house.crypto
    .seal(call.town.id, purpose, `${staffId} ${secret} ${call.now.getTime() + openMs}`)
    .toString('base64url')
  return showPage(
    call,
    <AppPage secret={secret} sealed={sealed} login={member.login} faults={faults} />,
    faults ? 422 : 200,
  )
}

type View = { secret: string; sealed: string; login: string; faults?: Fault[] | undefined }

function AppPage({ secret, sealed, login, faults }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('app-title-new')} faults={faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.mySecurity) }]} />
      <Read>
        <Head title={t('app-title-new')} sub={t('app-sub')} />
        <Form action={page.url(addresses.securityApp)} hidden={{ secret: sealed }}>
          <NewApp secret={secret} login={login} town={page.town.name[page.locale]} faults={faults} />
          <div className="row">
            <Button>{t('app-save')}</Button>
            <LinkButton href={page.url(addresses.mySecurity)} variant="plain" hotkey="Escape">
              {t('back')}
            </LinkButton>
          </div>
        </Form>
      </Read>
    </StaffLayout>
  )
}
