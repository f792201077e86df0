import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { showPinForm } from './form.tsx'
import { givePin } from './give.ts'

/** Handing over PINs face to face. */
export const pinRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterPin,
    access: staff('person.register'),
    audit: looks('counter.person-opened'),
    handle: call => showPinForm(call),
  }),
  route({
    method: 'post',
    address: addresses.counterPin,
    access: staff('person.register'),
    audit: acts('people.pin-set'),
    handle: givePin,
  }),
]
