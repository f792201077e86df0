import { setTimeout as sleep } from 'node:timers/promises'

/** Lets at most so many through at once; the others wait in the order in which they came. */
export function gate(width: number): <T>(work: () => Promise<T>) => Promise<T> {
  let inside = 0
  const waiting: (() => void)[] = []
  return async work => {
    if (inside < width) inside += 1
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}

const firstMs = 100
const mostMs = 5_000

/** How fast a carrier wants it: each «too many» doubles the rest everybody takes, each message taken halves it. */
export function pace() {
  let restMs = 0
  let until = 0
  async function rest(): Promise<void> {
    for (let left = until - performance.now(); left > 0; left = until - performance.now()) await sleep(left)
  }
  return {
    /** Nothing to wait for, nearly always. */
    wait: () => (until > performance.now() ? rest() : undefined),
    slower() {
      // Those under way are refused together and count as one.
      if (performance.now() < until) return
      restMs = Math.min(mostMs, Math.max(firstMs, restMs * 2))
      until = performance.now() + restMs
    },
    faster() {
      restMs = restMs > firstMs ? restMs / 2 : 0
    },
  }
}
