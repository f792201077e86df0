/** Codes that open nothing, from one address of the net, in a quarter of an hour: people mistype, programs guess. */
const mostMisses = 60
const windowMs = 15 * 60_000
/** Addresses remembered at once; the oldest is forgotten first. */
const mostClients = 10_000

type Window = { from: number; misses: number }

/** Counts the misses of each address of the net, in this process and for a while. */
export type Guard = {
  /** Whether this address has missed too often to be looked up for. */
  isShut(client: string, now: Date): boolean
  /** True for the miss that shuts it: once in a window. */
  noteMiss(client: string, now: Date): boolean
}

export function openGuard(): Guard {
  const windows = new Map<string, Window>()
  const current = (client: string, now: Date): Window | undefined => {
    const found = windows.get(client)
    return found && now.getTime() - found.from < windowMs ? found : undefined
  }
  return {
    isShut: (client, now) => (current(client, now)?.misses ?? 0) >= mostMisses,
    noteMiss(client, now) {
      const found = current(client, now) ?? { from: now.getTime(), misses: 0 }
      windows.delete(client)
      windows.set(client, { ...found, misses: found.misses + 1 })
      const [oldest] = windows.keys()
      if (windows.size > mostClients && oldest !== undefined) windows.delete(oldest)
      return found.misses + 1 === mostMisses
    },
  }
}
