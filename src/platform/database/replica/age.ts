/** A moment, by the clock people read and by one that never jumps. */
export type Moment = { at: Date; steadyMs: number }

/** Not more are kept: a replica that lags by more of them is too old whatever the limit. */
const mostSamples = 1_000

/**
 * How old a replica is, without asking any server's clock. Every second the primary is asked how far its log has got; a replica that has
 * followed the log so far holds whatever had been acknowledged when the primary was asked. So a primary at rest makes no replica look old,
 * and one that is cut off looks as old as it is.
 */
export class ReplicaAge {
  #samples: { lsn: bigint; moment: Moment }[] = []
  #reached: Moment | undefined

  /** The primary's log had got this far when, at this moment, it was asked. */
  primaryAt(lsn: bigint, moment: Moment): void {
    // A log that goes back is another server's, which has taken over.
    if (this.#samples.some(sample => sample.lsn > lsn)) this.forget()
    this.#samples.push({ lsn, moment })
    if (this.#samples.length > mostSamples) this.#samples.shift()
  }

  /** The replica has followed the log so far. */
  replicaAt(lsn: bigint): void {
    const last = this.#samples.findLastIndex(sample => sample.lsn <= lsn)
    if (last < 0) return
    this.#reached = this.#samples[last]?.moment
    this.#samples = this.#samples.slice(last)
  }

  /** The replica cannot be reached, or is none. */
  forget(): void {
    this.#samples = []
    this.#reached = undefined
  }

  /** The moment whose data the replica holds at least, unless that is longer ago than `mostMs`. */
  within(mostMs: number, nowMs: number): Moment | undefined {
    return this.#reached && nowMs - this.#reached.steadyMs <= mostMs ? this.#reached : undefined
  }
}
