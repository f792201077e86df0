import { registerLink } from '../../messaging/index.ts'
import { showTrackedRequest } from '../citizen/track/pages.tsx'
import { showPay } from './pay.tsx'
import { paperOpener } from './take-paper.tsx'

/** What the short links of messages open: where a request stands, what it owes, the papers it lacks. */
export function registerShortLinks(): void {
  registerLink('track', { open: (call, link) => showTrackedRequest(call, link.requestId) })
  registerLink('pay', { open: showPay })
  registerLink('paper', paperOpener)
}
