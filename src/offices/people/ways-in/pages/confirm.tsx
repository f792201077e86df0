import { addresses } from '../../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import {
  Button,
  Form,
  faultOf,
  Head,
  LinkButton,
  PasskeyButton,
  PasswordField,
  Read,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, write } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import { confirmStaff } from '../../log-in/confirm.ts'
import { renewed } from '../../pages/cookies.ts'
import { carried, destination, type Wish, wishOf } from '../../pages/destination.ts'
import { staffIdOf } from '../own.ts'
import { requestOptions } from '../passkeys.ts'
import { confirmationMissing, confirmationOf, siteOf } from '../site.ts'
import { wayTexts } from '../strings.ts'

/** Where somebody proves again who they are, and goes on with what they were about. */
export const confirmRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.staffConfirm,
    access: staff('settings.read'),
    audit: nothing('shows an empty form'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.staffConfirm,
    access: staff('settings.read'),
    audit: acts('people.confirmed-again'),
    bodyLimit: 64 * 1024,
    handle: confirm,
  }),
]

async function show(call: Call, faults?: readonly Fault[]): Promise<Response> {
  const options = await requestOptions(call.house.crypto, call.town.id, siteOf(call), call.now)
  const wish = wishOf(call)
  return showPage(call, <ConfirmAgain wish={wish} options={options} faults={faults} />, faults ? 422 : 200)
}

async function confirm(call: Call): Promise<Response> {
  const missing = confirmationMissing(call)
  if (missing.length > 0) return show(call, missing)
  const staffId = staffIdOf(call)
  try {
    return await write(call, async tx => {
      await confirmStaff(tx, call.house, staffId, confirmationOf(call))
      await record(tx, {
        actor: { kind: 'staff', id: staffId },
        act: 'people.confirmed-again',
        subjectKind: 'staff',
        subjectId: staffId,
      })
      const cookies = await renewed(call, tx, 'staff')
      return { redirect: destination(call, wishOf(call), addresses.mySecurity), cookies }
    })
  } catch (error) {
    if (error instanceof InvalidInput) return show(call, error.faults)
    throw error
  }
}

type View = { wish: Wish; options: unknown; faults?: readonly Fault[] | undefined }

function ConfirmAgain({ wish, options, faults }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  const action = page.url(addresses.staffConfirm)
  return (
    <StaffLayout title={t('confirm-title')} faults={faults}>
      <Read>
        <Head title={t('confirm-title')} sub={t('confirm-sub')} />
        <Form action={action} hidden={carried(wish)}>
          <div className="mb-s">
            <PasskeyButton act="get" options={options} variant="main">
              {t('confirm-passkey')}
            </PasskeyButton>
          </div>
          <PasswordField name="password" label={t('password')} fault={faultOf(faults, 'password')} />
          <TextField
            name="code"
            label={t('code')}
            fault={faultOf(faults, 'code')}
            autoComplete="one-time-code"
            inputMode="numeric"
            width="short"
            maxLength={10}
            ltr
          />
          <div className="row">
            <Button variant="quiet">{t('confirm-verb')}</Button>
            <LinkButton href={page.url(addresses.mySecurity)} variant="plain" hotkey="Escape">
              {t('back')}
            </LinkButton>
          </div>
        </Form>
      </Read>
    </StaffLayout>
  )
}
