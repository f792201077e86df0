import { isId } from '../../lib/ids.ts'
import type { Call } from '../../web/call.ts'
import { readCookie, townCookie } from '../../web/cookies.ts'

const cookie = 'shubbak_tracking'
const keptSeconds = 60 * 60

/**
 * The address that follows a request is known once, when it is filed: only its hash is stored. The clerk's browser holds it for the hour
 * in which the acknowledgement is printed, out of reach of scripts.
 */
export function keepTracking(call: Call, requestId: string, token: string): void {
  call.setCookies.push(townCookie(call.house, call.town, cookie, `${requestId}.${token}`, keptSeconds))
}

/** The token of this request, while the browser still holds it. */
export function trackingOf(call: Call, requestId: string): string | undefined {
  const [id, token] = (readCookie(call.request, cookie) ?? '').split('.')
  return id === requestId && isId(id) && token && /^[\w-]{16,}$/.test(token) ? token : undefined
}
