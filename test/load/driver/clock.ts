import { setTimeout as sleep } from 'node:timers/promises'

/** A clock of milliseconds from some beginning; in tests another than the machine's. */
export type Time = { now(): number; sleep(ms: number): Promise<void> }

export const machineTime: Time = {
  now: () => performance.now(),
  sleep: async ms => {
    await sleep(ms)
  },
}

/** Begins an act that was due at `due`; resolves when it has ended. It never rejects: what fails is counted by who counts. */
export type Act = (due: number, place: number) => Promise<void>

/**
 * An open loop: acts begin when they are due, however slow the ones before are, as people come who know nothing of each other. At most `most`
 * are under way; whoever is due beyond that waits, and since an act is given when it was due, its waiting is counted and not left out
 * (coordinated omission). `dues` are milliseconds from now on, rising.
 */
export async function openLoop(dues: Iterable<number>, act: Act, most: number, time: Time): Promise<void> {
  const began = time.now()
  const underWay = new Set<Promise<void>>()
  let place = 0
  for (const each of dues) {
    const due = began + each
    const early = due - time.now()
    if (early > 0) await time.sleep(early)
    while (underWay.size >= most) await Promise.race(underWay)
    const running = act(due, place).finally(() => underWay.delete(running))
    underWay.add(running)
    place += 1
  }
  await Promise.all(underWay)
}

/** Arrivals of a second count: `rate` in each second on average, by chance (Poisson), until `seconds` are over. */
export function* arrivals(rate: number, seconds: number, next: () => number, from = 0): Generator<number> {
  const end = from + seconds * 1000
  for (let at = from; ; ) {
    at += (-Math.log(1 - next()) / rate) * 1000
    if (at >= end) return
    yield at
  }
}

/** Steps of arrivals, one after another: so many in a second for so many seconds each. */
export function* bursts(rates: readonly number[], seconds: number, next: () => number): Generator<number> {
  for (const [place, rate] of rates.entries()) yield* arrivals(rate, seconds, next, place * seconds * 1000)
}

/** A pause as people make: mostly short, at times long, `mean` milliseconds on average and never more than six times that. */
export const thinking = (mean: number, next: () => number): number =>
  Math.min(6 * mean, -Math.log(1 - next()) * mean)
