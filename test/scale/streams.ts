import { setTimeout as sleep } from 'node:timers/promises'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'

/** A page that stays open and hears what is new, as a browser does: what ends is opened again. */
export type Stream = {
  /** Pieces of news. */
  heard: number
  /** Whether it hears at this moment, and from which process. */
  open: boolean
  by: string
  reopened: number
  /** Answers that were no stream: a browser gives up for good on those. */
  refused: string[]
  stop(): void
}

/** A browser waits 5 s, as the stream tells it; here less, so that a trial takes less. */
const againMs = 500

export function openStream(port: number, cookie: string): Stream {
  const leave = new AbortController()
  const stream: Stream = {
    heard: 0,
    open: false,
    by: '',
    reopened: -1,
    refused: [],
    stop: () => leave.abort(),
  }
  void listen()
  return stream

  async function listen(): Promise<void> {
    while (!leave.signal.aborted) {
      try {
        const answer = await fetch(`http://127.0.0.1:${port}${fillAddress(addresses.live, {})}`, {
          headers: { cookie, accept: 'text/event-stream' },
          signal: leave.signal,
        })
        if (answer.status !== 200 || !answer.body) stream.refused.push(String(answer.status))
        else await hear(answer.body, (answer.headers.get('x-answered-by') ?? '').split(', ').at(-1) ?? '')
      } catch {
        // Broken off: opened again.
      }
      stream.open = false
      await sleep(againMs)
    }
  }

  async function hear(body: ReadableStream<Uint8Array>, by: string): Promise<void> {
    const decoder = new TextDecoder()
    Object.assign(stream, { open: true, by, reopened: stream.reopened + 1 })
    for await (const chunk of body)
      stream.heard += decoder.decode(chunk, { stream: true }).split('data:').length - 1
  }
}
