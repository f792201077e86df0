import { sql } from 'kysely'
import { reachOf } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Forbidden } from '../../../lib/errors.ts'
import type { House } from '../../../platform/house.ts'
import type { Call } from '../../../web/call.ts'
import { nothing, type Route, route, staff } from '../../../web/route.ts'

/** Regions of pages that news are for. */
export const inboxTopic = 'inbox'
export const requestTopic = (requestId: string): string => `request-${requestId}`

type Stream = { offices: ReadonlySet<string>; wholeTown: boolean; tell(topics: readonly string[]): void }

/** Streams open in this process, by town. Each process serves the tabs connected to it. */
class Hub {
  private readonly towns = new Map<string, Set<Stream>>()

  open(town: string, stream: Stream): () => void {
    const streams = this.towns.get(town) ?? new Set()
    this.towns.set(town, streams.add(stream))
    return () => {
      streams.delete(stream)
      if (streams.size === 0) this.towns.delete(town)
    }
  }

  tell(town: string, offices: readonly string[], topics: readonly string[]): void {
    for (const stream of this.towns.get(town) ?? []) {
      if (stream.wholeTown || offices.some(office => stream.offices.has(office))) stream.tell(topics)
    }
  }

  count(town: string): number {
    return this.towns.get(town)?.size ?? 0
  }
}

const hubs = new WeakMap<House, Hub>()

function hubOf(house: House): Hub {
  const hub = hubs.get(house) ?? new Hub()
  hubs.set(house, hub)
  return hub
}

/** How many streams of a town are open in this process. */
export const openStreams = (house: House, town: string): number => hubOf(house).count(town)

/** After each act has been committed, the open pages of the offices it concerns are told that there is something new; not what. */
export function listenForNews(house: House): void {
  house.events.after('requests.acted', (town, { requestId, offices }) => {
    hubOf(house).tell(town, offices, [inboxTopic, requestTopic(requestId)])
  })
}

const heartbeatMs = 20_000
/** Several acts in one breath are one piece of news. */
const breathMs = 150

export const liveRoute: Route = route({
  method: 'get',
  address: addresses.live,
  access: staff('request.act'),
  audit: nothing('says that something changed, and nothing of anybody'),
  handle: call => {
    const { actor } = call.visitor
    if (actor.kind !== 'staff') throw new Forbidden('staff-only')
    const offices = new Set(actor.appointments.map(({ office }) => office))
    return new Response(streamOf(call, offices, reachOf(actor, 'request.act').town), {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
      },
    })
  },
})

function streamOf(call: Call, offices: ReadonlySet<string>, wholeTown: boolean): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      const waiting = new Set<string>()
      let breath: NodeJS.Timeout | undefined
      const write = (text: string) => controller.enqueue(encoder.encode(text))
      const flush = () => {
        breath = undefined
        for (const topic of waiting) write(`data: ${JSON.stringify({ topic })}\n\n`)
        waiting.clear()
      }
      const beat = setInterval(async () => {
        if (await isLoggedIn(call).catch(() => false)) write(': still here\n\n')
        else end()
      }, heartbeatMs)
      beat.unref()
      const close = hubOf(call.house).open(call.town.id, {
        offices,
        wholeTown,
        tell(topics) {
          for (const topic of topics) waiting.add(topic)
          breath ??= setTimeout(flush, breathMs)
        },
      })
      end = () => {
        end = () => {}
        clearInterval(beat)
        clearTimeout(breath)
        close()
        try {
          controller.close()
        } catch {
          // The reader has gone first.
        }
      }
      call.request.signal.addEventListener('abort', () => end())
      write('retry: 5000\n\n')
    },
    cancel: () => end(),
  })
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
