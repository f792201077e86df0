import { type Address, addresses } from '../../../lib/addresses.ts'
import { acts, citizen, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { printSheet, sendAtCounter, showAtCounter } from './pages/counter.tsx'
import { sendEnd, sendPurpose, showManage } from './pages/manage.tsx'
import { sendMine, showMine } from './pages/mine.tsx'

const texts = nothing('shows texts of the town, and how many agreed')

const post = (address: Address, access: Route['access'], name: string, handle: Route['handle']): Route =>
  route({ method: 'post', address, access, audit: acts(name), handle })

const atCounter = (address: Address, handle: Route['handle']): Route =>
  route({
    method: 'get',
    address,
    access: staff('consent.give'),
    audit: looks('consent.opened'),
    handle,
  })

/** What people agreed to: asked on the portal and at the counter, to texts the town keeps. */
export const consentRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myConsents,
    access: citizen('consent.give'),
    handle: showMine,
    audit: nothing('shows people their own'),
  }),
  post(addresses.myConsents, citizen('consent.give'), 'consent.answered', sendMine),
  atCounter(addresses.counterConsents, showAtCounter),
  atCounter(addresses.counterConsentSheet, printSheet),
  post(addresses.counterConsents, staff('consent.give'), 'consent.answered', sendAtCounter),
  route({
    method: 'get',
    address: addresses.manageConsents,
    access: staff('settings.read'),
    audit: texts,
    handle: call => showManage(call),
  }),
  post(addresses.manageConsents, staff('consent.text'), 'consent.text-written', sendPurpose),
  post(addresses.manageConsentEnd, staff('consent.text'), 'consent.purpose-ended', sendEnd),
  route({
    method: 'get',
    address: addresses.manageConsentEnd,
    access: staff('settings.read'),
    audit: texts,
    handle: call => showManage(call),
  }),
]
