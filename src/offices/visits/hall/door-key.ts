import type { Call } from '../../../web/call.ts'

/**
 * What the machine at the door shows to be it: turns of the door are given to nobody at home. The counter opens the machine's page with it.
 */
export const doorKey = (call: Pick<Call, 'house' | 'town'>): string =>
  call.house.crypto.blindIndex(call.town.id, 'visits-door', call.town.slug).toString('hex').slice(0, 24)
