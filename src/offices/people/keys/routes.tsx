import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Crumbs,
  Head,
  LinkButton,
  Listing,
  Note,
  Pane,
  Read,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { addApiKey } from '../staff.ts'
import { staffIdOf } from '../ways-in/own.ts'
import { showKeys } from './pages/page.tsx'
import { keyScopes } from './scopes.ts'
import { revokeKey } from './store.ts'
import { keyText, keyTexts } from './strings.ts'

const byOf = (call: Call) => ({ kind: 'staff' as const, id: staffIdOf(call) })
const back = (call: Call) => ({ redirect: url(call, addresses.manageKeys) })

/** POST: a key, shown this once. The same form sent again makes none. */
async function makeKey(call: Call): Promise<Response> {
  const name = stripControls(typedText(call, 'name')).replace(/\s+/g, ' ').trim().slice(0, 80)
  const scopes = keyScopes.filter(scope => typedList(call, 'scopes').includes(scope))
  const faults: Fault[] = [
    ...(name === '' ? [{ field: 'name', code: 'key-name-missing' }] : []),
    ...(scopes.length === 0 ? [{ field: 'scopes', code: 'scopes-missing' }] : []),
  ]
  if (faults.length > 0) return showKeys(call, faults)
  let key: string | undefined
  const answer = await write(call, async tx => {
    key = await addApiKey(tx, name, scopes, byOf(call))
    return back(call)
  })
  if (key !== undefined) return showPage(call, <KeyPage name={name} secret={key} />)
  flash(call, { text: keyText(call.locale, 'slip-already'), tone: 'info' })
  return answer
}

async function endKey(call: Call): Promise<Response> {
  let name = ''
  const answer = await write(call, async tx => {
    name = await revokeKey(tx, idParam(call, 'key'), byOf(call))
    return back(call)
  })
  if (name !== '') flash(call, { text: keyText(call.locale, 'revoked-done', { name }), tone: 'olive' })
  return answer
}

function KeyPage({ name, secret }: { name: string; secret: string }) {
  const t = useTexts(keyTexts)
  const page = usePage()
  const title = t('slip-title', { name })
  return (
    <StaffLayout title={title}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.manageKeys) }]} />
      <Read>
        <Head title={title} />
        <Pane>
          <Note tone="honey">{t('slip-sub')}</Note>
          <div className="mt">
            <Listing>{secret}</Listing>
          </div>
          <p className="mt">
            <LinkButton href={page.url(addresses.manageKeys)}>{t('slip-done')}</LinkButton>
          </p>
        </Pane>
      </Read>
    </StaffLayout>
  )
}

/** Keys of partners' programs: made, seen, ended. */
export const keyRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.manageKeys,
    access: staff('staff.write'),
    audit: nothing('shows keys by name; the keys themselves nobody has'),
    handle: call => showKeys(call),
  }),
  route({
    method: 'post',
    address: addresses.manageKeys,
    access: staff('staff.write'),
    audit: acts('people.api-key-added'),
    stepUp: true,
    handle: makeKey,
  }),
  route({
    method: 'post',
    address: addresses.manageKeyRevoke,
    access: staff('staff.write'),
    audit: acts('people.api-key-revoked'),
    handle: endKey,
  }),
  route({
    method: 'get',
    address: addresses.manageKeyRevoke,
    access: staff('staff.write'),
    audit: nothing('leads on to the list'),
    handle: call => redirect(url(call, addresses.manageKeys)),
  }),
]
