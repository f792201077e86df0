import type { Call } from '../../../web/call.ts'
import type { Visible } from '../proof/access.ts'
import type { Finder } from '../proof/find.ts'

/** What the pages of the message office are lent by the office of requests. */
export type Lent = { visible: Visible }

/** Who looks, and within what. */
export const finderOf = (call: Call, { visible }: Lent): Finder => ({
  actor: call.visitor.actor,
  visible,
  crypto: call.house.crypto,
  timeZone: call.town.timeZone,
})
