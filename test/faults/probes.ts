import { setTimeout as sleep } from 'node:timers/promises'

/** One answer to somebody who only looks. */
export type Seen = { path: string; status: number; ms: number; retryAfter: string | null }

export type Probes = { seen: Seen[]; stop(): Promise<void> }

/** Asked again and again by `count` lookers each, until stopped; 0 is the status of a connection that broke. */
export function startProbes(
  port: number,
  paths: readonly string[],
  { count = 1, everyMs = 50, headers = {} as Record<string, string> } = {},
): Probes {
  const seen: Seen[] = []
  let stopped = false
  const look = async (path: string) => {
    while (!stopped) {
      const began = performance.now()
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(mostMs * 2),
      }).catch(() => undefined)
      await answer?.arrayBuffer().catch(() => {})
      seen.push({
        path,
        status: answer?.status ?? 0,
        ms: performance.now() - began,
        retryAfter: answer?.headers.get('retry-after') ?? null,
      })
      await sleep(everyMs)
    }
  }
  const all = Promise.all(paths.flatMap(path => Array.from({ length: count }, () => look(path))))
  return {
    seen,
    async stop() {
      stopped = true
      await all
    },
  }
}

/** Ten seconds for a connection, ten for a lock, and some for a busy machine: longer nobody may wait. */
export const mostMs = 25_000

/** What is wrong with answers of a time of trouble: others than pages and 503 with a time to ask again, and those that came too late. */
export function judgeProbes(seen: readonly Seen[], within = mostMs): string[] {
  const wrong: string[] = []
  for (const { path, status, ms, retryAfter } of seen) {
    if (ms > within) wrong.push(`${path} took ${Math.round(ms)} ms`)
    if (status === 503 ? retryAfter === null : status !== 200)
      wrong.push(`${path} was answered with ${status}`)
  }
  return wrong
}

/** Answers by status, in words. */
export function countStatuses(seen: readonly Seen[]): string {
  const counts = new Map<number, number>()
  for (const { status } of seen) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => `${status}: ${count}`).join(', ')
}
