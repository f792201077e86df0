import { addresses } from '../../../lib/addresses.ts'
import { type Call, url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import type { Arrived } from '../log-in/arrive.ts'
import { writeTicket } from '../log-in/choose-pin.ts'
import { giveDevice, giveSession, giveTicket } from './cookies.ts'
import { carried, destination, type Wish } from './destination.ts'

/** Takes somebody who proved who they are to where they wanted to go, or to choosing the PIN that is theirs alone. */
export function goIn(call: Call, arrived: Arrived, wish: Wish): Response {
  if (arrived.kind === 'first') {
    const { personId, knownBy, trusted } = arrived
    const first = { personId, knownBy, trusted }
    giveTicket(call, 'first', writeTicket(call.house.crypto, call.town.id, first, call.now))
    return redirect(url(call, addresses.citizenPin, {}, carried(wish)))
  }
  giveSession(call, 'citizen', arrived.token)
  giveDevice(call, arrived.deviceToken)
  return redirect(destination(call, wish, addresses.my))
}
