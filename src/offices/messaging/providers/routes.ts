import { addresses } from '../../../lib/addresses.ts'
import { acts, everyone, nothing, type Route, route, staff } from '../../../web/route.ts'
import { actOnProvider, savePause } from './acts.ts'
import { hearReport, hearText } from './hooks.ts'
import {
  saveNewProvider,
  saveProviderSettings,
  showNewProvider,
  showProviderSettings,
} from './pages/edit.tsx'
import { showProviders } from './pages/list.tsx'
import { showProvider } from './pages/one.tsx'
import { saveQuiet, showQuiet } from './pages/quiet.tsx'

const calledByProviders = everyone('providers call it, and the word in the address says which of them', {
  house: 'the word in the address is a provider’s secret; what it brings is filed, and nothing is shown',
})
const reported = nothing('what a provider says is kept with the message it is about')
const texted = nothing('what people text is kept, and whoever reads it is written down')

/** What providers call. */
const hookRoutes: Route[] = (['get', 'post'] as const).flatMap(method => [
  route({
    method,
    address: addresses.messageReport,
    access: calledByProviders,
    audit: reported,
    rawBody: true,
    handle: hearReport,
  }),
  route({
    method,
    address: addresses.messageIncoming,
    access: calledByProviders,
    audit: texted,
    rawBody: true,
    handle: hearText,
  }),
])

const ofProviders = { access: staff('message.settings') } as const
const noPerson = { audit: nothing('shows who carries messages and nothing of a person') } as const

/** Who carries the town's messages: the hooks they call, and the pages where they are set. */
export const providerRoutes: Route[] = [
  ...hookRoutes,
  route({
    method: 'get',
    address: addresses.messageProviders,
    ...ofProviders,
    ...noPerson,
    handle: showProviders,
  }),
  route({
    method: 'post',
    address: addresses.messagePauses,
    ...ofProviders,
    audit: acts('messages.paused'),
    handle: savePause,
  }),
  route({
    method: 'get',
    address: addresses.messageQuiet,
    ...ofProviders,
    ...noPerson,
    handle: showQuiet,
  }),
  route({
    method: 'post',
    address: addresses.messageQuiet,
    ...ofProviders,
    audit: acts('treasury.setting-set'),
    handle: saveQuiet,
  }),
  route({
    method: 'get',
    address: addresses.messageProviderNew,
    ...ofProviders,
    ...noPerson,
    handle: showNewProvider,
  }),
  route({
    method: 'post',
    address: addresses.messageProviderNew,
    ...ofProviders,
    audit: acts('messages.provider-added'),
    handle: saveNewProvider,
  }),
  route({
    method: 'get',
    address: addresses.messageProvider,
    ...ofProviders,
    ...noPerson,
    handle: showProvider,
  }),
  route({
    method: 'get',
    address: addresses.messageProviderSettings,
    ...ofProviders,
    ...noPerson,
    handle: showProviderSettings,
  }),
  route({
    method: 'post',
    address: addresses.messageProviderSettings,
    ...ofProviders,
    audit: acts('messages.provider-changed'),
    handle: saveProviderSettings,
  }),
  route({
    method: 'post',
    address: addresses.messageProviderAct,
    ...ofProviders,
    audit: acts('messages.provider-tried'),
    handle: actOnProvider,
  }),
]
