import type { Call } from './call.ts'
import { readCookie, townCookie } from './cookies.ts'
import type { Route } from './route.ts'

/** Says when somebody last did something here: until a replica must hold it, they are shown everything as it is. */
const wroteCookie = 'shubbak_wrote'

/** Between two questions of how old the replica is, and some more. */
const slackSeconds = 5

const reads = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

/** How long after an act its doer reads what is as it is: no replica that is read is older. */
const windowSeconds = ({ house }: Call) => house.config.databaseReplicaAge + slackSeconds

/**
 * Whether this answer may be a little old (docs/guide/scale.md): its route says so, and whoever asks has done nothing here of late. The note of
 * that is a cookie, so every process of an installation knows it.
 */
export function mayBeOld(call: Call, route: Route): boolean {
  if (!route.mayBeOld || call.house.config.databaseReplicaUrl === undefined) return false
  const wrote = Number(readCookie(call.request, wroteCookie) ?? 0)
  return !(Math.abs(call.now.getTime() / 1000 - wrote) <= windowSeconds(call))
}

/** Notes that somebody did something, where there is a replica that may not hold it yet. */
export function noteAct(call: Call): void {
  const { actor } = call.visitor
  if (reads(call.request.method) || actor.kind === 'partner') return
  if (call.house.config.databaseReplicaUrl === undefined) return
  const wrote = String(Math.floor(call.now.getTime() / 1000))
  call.setCookies.push(townCookie(call.house, call.town, wroteCookie, wrote, windowSeconds(call)))
}
