import { addresses } from '../../../lib/addresses.ts'
import { acts, citizen, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { give } from './give.ts'
import { showMandates } from './list.tsx'
import { act, showMandate } from './one.tsx'
import { actInPlace } from './place.ts'

const own = nothing('shows people the mandates they are a side of')
const mine = { access: citizen('mandate.give') }

/** Mandates as both sides see them, and the way into somebody's place. */
export const mandateRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myMandates,
    ...mine,
    audit: own,
    handle: call => showMandates(call),
  }),
  route({
    method: 'post',
    address: addresses.myMandates,
    ...mine,
    audit: acts('people.mandate-offered'),
    handle: give,
  }),
  route({
    method: 'get',
    address: addresses.myMandate,
    ...mine,
    audit: own,
    handle: call => showMandate(call),
  }),
  route({
    method: 'post',
    address: addresses.myMandate,
    ...mine,
    audit: acts('people.mandate-accepted'),
    handle: act,
  }),
  route({
    method: 'post',
    address: addresses.actInPlace,
    audit: acts('people.place-taken'),
    handle: actInPlace,
    access: everyone('a citizen takes a place or leaves it; the handler asks who they are'),
  }),
]
