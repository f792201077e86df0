import { addresses } from '../../../lib/addresses.ts'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { saveFee, showFee } from './fee.tsx'
import { showSettings } from './page.tsx'
import { saveRate, showRate } from './rate.tsx'

const noPerson = nothing('shows what holds for the whole town and nothing of a person')

/** What the town charges and at which rates: read by all of the staff, written by the administrator and the treasurer. */
export const manageRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.manage,
    access: staff('settings.read'),
    audit: noPerson,
    handle: showSettings,
  }),
  route({
    method: 'get',
    address: addresses.manageSettings,
    access: staff('settings.read'),
    audit: noPerson,
    handle: call => showFee(call),
  }),
  route({
    method: 'post',
    address: addresses.manageSettings,
    access: staff('settings.write'),
    audit: acts('treasury.tariff-set'),
    stepUp: true,
    handle: saveFee,
  }),
  route({
    method: 'get',
    address: addresses.manageRate,
    access: staff('rate.set'),
    audit: noPerson,
    handle: call => showRate(call),
  }),
  route({
    method: 'post',
    address: addresses.manageRate,
    access: staff('rate.set'),
    audit: acts('treasury.rate-set'),
    stepUp: true,
    handle: saveRate,
  }),
]
