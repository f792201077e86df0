import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { enter } from './enter.ts'
import { showPersonMandates } from './page.tsx'

/** Mandates entered at the window by the paper that proves them, and who represents an organisation. */
export const counterMandateRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterMandates,
    access: staff('mandate.give', 'person.read'),
    audit: looks('counter.person-opened'),
    handle: call => showPersonMandates(call),
  }),
  route({
    method: 'post',
    address: addresses.counterMandates,
    access: staff('mandate.give', 'person.read'),
    audit: acts('people.mandate-entered'),
    handle: enter,
  }),
]
