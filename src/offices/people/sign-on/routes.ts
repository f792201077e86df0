import { type Address, addresses } from '../../../lib/addresses.ts'
import { idParam, url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import {
  changeProvider,
  saveNewProvider,
  showNewProvider,
  showProvider,
  switchProvider,
} from './pages/edit.tsx'
import { endRoutes } from './pages/end.ts'
import { goRoutes } from './pages/go.ts'
import { showProviders } from './pages/providers.tsx'

const page = (address: Address, handle: Route['handle']): Route =>
  route({
    method: 'get',
    address,
    access: staff('staff.write'),
    audit: nothing('shows settings, and nothing of a person'),
    handle,
  })

const act = (address: Address, name: string, handle: Route['handle']): Route =>
  route({ method: 'post', address, access: staff('staff.write'), audit: acts(name), stepUp: true, handle })

/** Single sign-on: to a provider and back, its word of a log-out, and the town's providers. */
export const signOnRoutes: Route[] = [
  ...goRoutes,
  ...endRoutes,
  page(addresses.signOnProviders, showProviders),
  page(addresses.signOnProviderNew, showNewProvider),
  act(addresses.signOnProviderNew, 'people.provider-added', saveNewProvider),
  page(addresses.signOnProvider, showProvider),
  act(addresses.signOnProvider, 'people.provider-changed', changeProvider),
  act(addresses.signOnProviderSwitch, 'people.provider-switched', switchProvider),
  page(addresses.signOnProviderSwitch, call =>
    redirect(url(call, addresses.signOnProvider, { provider: idParam(call, 'provider') })),
  ),
]
