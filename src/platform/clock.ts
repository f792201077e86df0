/** The only place that reads the machine's clock: everything else is handed the instant. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is told to move: for tests, and for a demo town laid out in the past. */
export function fixedClock(start: Date | string): Clock & { advance(ms: number): void; set(to: Date): void } {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    advance: ms => {
      at += ms
    },
    set: to => {
      at = to.getTime()
    },
  }
}
