import { type Address, addresses } from '../../../lib/addresses.ts'
import { url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { dropPasskey, saveApp, savePasskey, savePassword, stopLogIns } from './pages/acts.ts'
import { showApp } from './pages/app.tsx'
import { remakeCodes } from './pages/codes.tsx'
import { confirmRoutes } from './pages/confirm.tsx'
import { firstRoutes } from './pages/first.tsx'
import { showSecurity } from './pages/security.tsx'

// Everybody of the staff has these of their own; the pages show nobody else's.
const own = staff('settings.read')

const act = (address: Address, name: string, handle: Route['handle']): Route =>
  route({
    method: 'post',
    address,
    access: own,
    audit: acts(name),
    bodyLimit: 64 * 1024,
    stepUp: true,
    handle,
  })

/** A page that answered a form has the form's address; come back to, it leads to the page itself. */
const again = (address: Address): Route =>
  route({
    method: 'get',
    address,
    access: own,
    audit: nothing('leads on to the page of log-ins'),
    handle: call => redirect(url(call, addresses.mySecurity)),
  })

/** How the staff come in: the first time, what they prove it with, again for what gives power. */
export const wayRoutes: Route[] = [
  ...firstRoutes,
  ...confirmRoutes,
  route({
    method: 'get',
    address: addresses.mySecurity,
    access: own,
    audit: nothing('shows the staff their own log-ins'),
    handle: call => showSecurity(call),
  }),
  act(addresses.securityPassword, 'people.password-changed', savePassword),
  again(addresses.securityPassword),
  route({
    method: 'get',
    address: addresses.securityApp,
    access: own,
    audit: nothing('shows a square that opens nothing yet'),
    handle: call => showApp(call),
  }),
  act(addresses.securityApp, 'people.app-enrolled', saveApp),
  act(addresses.securityPasskeys, 'people.passkey-added', savePasskey),
  again(addresses.securityPasskeys),
  act(addresses.securityPasskeyRemove, 'people.passkey-removed', dropPasskey),
  again(addresses.securityPasskeyRemove),
  act(addresses.securityCodes, 'people.recovery-codes-made', remakeCodes),
  again(addresses.securityCodes),
  // Ending log-ins takes power away: it is not asked for again.
  route({
    method: 'post',
    address: addresses.securitySessions,
    access: own,
    audit: acts('people.log-ins-ended'),
    handle: stopLogIns,
  }),
  again(addresses.securitySessions),
]
