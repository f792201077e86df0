import { liveOf, type News } from '../platform/live/index.ts'
import { actorKey } from './actor.ts'
import type { Call } from './call.ts'

const heartbeatMs = 20_000
/** Several acts in one breath are one piece of news. */
const breathMs = 150

export type StreamOptions = {
  hears(news: News): boolean
  /** Asked at each beat; false ends the stream. */
  mayStay?(): Promise<boolean>
}

/** A stream of news for an open page: names of what has changed, and nothing of anybody. */
export function liveStream(call: Call, options: StreamOptions): Response {
  return new Response(streamOf(call, options), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}

function streamOf(call: Call, { hears, mayStay }: StreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const mine = [actorKey(call.visitor.actor).id, call.visitor.sessionHash?.toString('hex')]
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
        const stays = mayStay === undefined || (await mayStay().catch(() => false))
        if (stays) write(': still here\n\n')
        else end()
      }, heartbeatMs)
      beat.unref()
      const close = liveOf(call.house).open(call.town.id, {
        hears,
        tell(topics) {
          for (const topic of topics) waiting.add(topic)
          breath ??= setTimeout(flush, breathMs)
        },
        leave: () => end(),
        // Whoever keeps a post comes back by themselves and hears what they may then.
        ended(whose) {
          if (whose.some(each => mine.includes(each))) end()
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
