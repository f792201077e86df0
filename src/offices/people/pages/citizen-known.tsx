import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Form,
  faultOf,
  Head,
  NationalIdField,
  Note,
  Read,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, typedText, url } from '../../../web/call.ts'
import { clientOf } from '../../../web/client.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { askToBeKnown, writeCodeTicket } from '../log-in/device-code.ts'
import { peopleTexts } from '../strings.ts'
import { giveTicket } from './cookies.ts'

const open = everyone('the way in for whoever is kept waiting because others typed wrong PINs', {
  house: 'the log-in looks up who somebody says they are',
})

/** Where a browser becomes known by a code, before any PIN is typed. */
export const citizenKnownRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.citizenKnown,
    access: open,
    audit: nothing('shows an empty form'),
    handle: call => show(call, {}),
  }),
  route({
    method: 'post',
    address: addresses.citizenKnown,
    access: open,
    audit: acts('people.code-asked'),
    bodyLimit: 16 * 1024,
    handle: ask,
  }),
]

async function ask(call: Call): Promise<Response> {
  const idNumber = typedText(call, 'idNumber')
  if (idNumber.trim() === '')
    return show(call, { faults: [{ field: 'idNumber', code: 'national-id-missing' }] }, 422)
  const { house, town } = call
  const ticket = await askToBeKnown(house, town.id, { idNumber, address: clientOf(call) })
  giveTicket(call, 'code', writeCodeTicket(house.crypto, town.id, ticket, call.now))
  return redirect(url(call, addresses.citizenCode))
}

const show = (call: Call, view: { faults?: Fault[] }, status = 200) =>
  showPage(call, <KnownPage {...view} />, status)

function KnownPage({ faults }: { faults?: Fault[] }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('known-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('known-title')} sub={t('known-sub')} />
        <Form action={page.url(addresses.citizenKnown)}>
          <NationalIdField
            name="idNumber"
            label={t('id-number')}
            hint={t('id-number-hint')}
            fault={faultOf(faults, 'idNumber')}
            autoComplete="username"
          />
          <p className="mt">
            <Button big>{t('known-send')}</Button>
          </p>
        </Form>
        <div className="mt">
          <Note small>{t('known-else')}</Note>
        </div>
      </Read>
    </CitizenLayout>
  )
}
