import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../bench/server.ts'
import { isGone } from './worker.ts'

const recoverWithinMs = 60_000

/** Whether the server that lives on answers that it is ready; false when it has ended. @throws Error when it does not get ready in a minute */
export async function readyAgain(server: Server): Promise<boolean> {
  const end = performance.now() + recoverWithinMs
  // It takes a moment until a death is noticed: the first question may still be answered from before.
  await sleep(30)
  while (performance.now() < end) {
    if (isGone(server)) return false
    if ((await askReady(server.port))?.ready) return true
    await sleep(20)
  }
  throw new Error(`the server did not get ready again within ${recoverWithinMs / 1000} s: ${server.said()}`)
}

/** What /readyz says; undefined when nobody answers within five seconds. */
export async function askReady(port: number): Promise<{ ready: boolean; missing: string[] } | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) })
    return (await answer.json()) as { ready: boolean; missing: string[] }
  } catch {
    return undefined
  }
}
