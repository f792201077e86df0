import type { Failure } from '../model.ts'
import type { Bound, Session } from './session.ts'

const firstMs = 500
const mostMs = 60_000
/** A connection that lasted this long starts counting its failures anew. */
const steadyMs = 10_000

export type Line = {
  /** The connection there is, or the one being made just now. */
  now(): Session | Promise<Session | undefined>
  /** Tries at once instead of waiting for the next turn. */
  probe(): Promise<Session | undefined>
  why(): { reason: Failure; detail: string }
  close(): Promise<void>
}

/**
 * Keeps one connection: a lost one is made again after a while that doubles with each failure up to a minute and is never the same for
 * two that lost theirs together.
 */
export function keepLine(connect: () => Promise<Bound>, say: (what: string, detail?: string) => void): Line {
  let session: Session | undefined
  let trying: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let closed = false
  let why: { reason: Failure; detail: string } = { reason: 'no-connection', detail: 'not yet connected' }

  const again = () => {
    if (closed) return
    const first = failures === 0
    const most = Math.min(mostMs, firstMs * 2 ** Math.min(failures, 10))
    failures += 1
    // A line that held is made again at once: many networks close those that rest.
    if (first) return void attempt()
    timer = setTimeout(attempt, most * (0.5 + Math.random() / 2))
    timer.unref()
  }
  const attempt = (): Promise<void> => {
    clearTimeout(timer)
    trying ??= connect().then(bound => {
      trying = undefined
      if (!bound.ok) {
        why = { reason: bound.reason, detail: bound.detail }
        if (failures === 0) say('not connected', bound.detail)
        failures = Math.max(failures, 1)
        return again()
      }
      if (closed) return void bound.session.end()
      session = bound.session
      const since = performance.now()
      say('connected')
      session.ended.then(detail => {
        session = undefined
        why = { reason: 'no-connection', detail }
        if (closed) return
        say('connection lost', detail)
        if (performance.now() - since > steadyMs) failures = 0
        again()
      })
    })
    return trying
  }
  void attempt()

  return {
    why: () => why,
    now: () => session ?? Promise.resolve(trying).then(() => session),
    async probe() {
      if (!session && !closed) await attempt()
      return session
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await trying
      await session?.end()
    },
  }
}
