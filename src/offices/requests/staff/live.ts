import { sql } from 'kysely'
import { reachOf } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Forbidden } from '../../../lib/errors.ts'
import type { House } from '../../../platform/house.ts'
import { liveOf } from '../../../platform/live/index.ts'
import type { Call } from '../../../web/call.ts'
import { liveStream } from '../../../web/live.ts'
import { nothing, type Route, route, staff } from '../../../web/route.ts'

/** Regions of pages that news are for. */
export const inboxTopic = 'inbox'
export const requestTopic = (requestId: string): string => `request-${requestId}`

/** How many streams of a town are open in this process. */
export const openStreams = (house: House, town: string): number => liveOf(house).count(town)

/** After each act has been committed, the open pages of the offices it concerns are told that there is something new; not what. */
export function listenForNews(house: House): void {
  for (const news of ['requests.acted', 'requests.written'] as const) {
    house.events.after(news, (town, { requestId, offices }) => {
      liveOf(house).publish({ town, offices, topics: [inboxTopic, requestTopic(requestId)] })
    })
  }
}

export const liveRoute: Route = route({
  method: 'get',
  address: addresses.live,
  access: staff('request.act', 'request.read'),
  audit: nothing('says that something changed, and nothing of anybody'),
  handle: async call => {
    const { actor } = call.visitor
    if (actor.kind !== 'staff') throw new Forbidden('staff-only')
    const mine = new Set(actor.appointments.map(({ office }) => office))
    const wholeTown = reachOf(actor, 'request.act').town
    let closed = await closedTopics(call, actor.staffId)
    return liveStream(call, {
      hears: ({ offices, topics }) =>
        (wholeTown || !offices || offices.some(office => mine.has(office))) &&
        !topics.some(topic => closed.has(topic)),
      async mayStay() {
        closed = await closedTopics(call, actor.staffId)
        return isLoggedIn(call)
      },
    })
  },
})

/** Of what is closed to them nobody hears that anything happened in it. */
async function closedTopics({ house, town }: Call, staffId: string): Promise<Set<string>> {
  const { rows } = await house.database.read(town.id, tx =>
    sql<{ request_id: string }>`select request_id from request_closed
      where municipality_id = ${town.id} and staff_id = ${staffId}`.execute(tx.q),
  )
  return new Set(rows.map(({ request_id }) => requestTopic(request_id)))
}

/** The stream does not keep a log-in alive, and ends with it. */
async function isLoggedIn({ house, town, visitor }: Call): Promise<boolean> {
  if (!visitor.sessionHash) return false
  const hash = visitor.sessionHash
  const { rows } = await house.database.read(town.id, tx =>
    sql`select 1 from session where municipality_id = ${town.id} and token_hash = ${hash} and ended_at is null
          and expires_at > ${tx.now}`.execute(tx.q),
  )
  return rows.length > 0
}
