/** Things that are done many at a time: whoever adds one may wait for the batch it went with. */
export type Batch<Thing> = {
  add(thing: Thing): Promise<void>
  /** Resolves when nothing waits any more. */
  drained(): Promise<void>
}

export type BatchOptions = { most: number; afterMs: number }

/** Gathers until `most` are there or `afterMs` have passed; one batch is under way at a time, and what comes meanwhile goes with the next. */
export function batches<Thing>(
  work: (things: Thing[]) => Promise<void>,
  { most, afterMs }: BatchOptions,
): Batch<Thing> {
  const waiting: ({ things: Thing[] } & PromiseWithResolvers<void>)[] = []
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  function begin(): void {
    clearTimeout(timer)
    timer = undefined
    if (running) return
    const next = waiting.shift()
    if (!next) return
    running = work(next.things)
      .then(next.resolve, next.reject)
      .finally(() => {
        running = undefined
        soon()
      })
  }

  function soon(): void {
    const [first] = waiting
    if (!first) return
    if (first.things.length >= most) begin()
    else timer ??= setTimeout(begin, afterMs)
  }

  function newest() {
    const last = waiting.at(-1)
    if (last && last.things.length < most) return last
    const next = { things: [] as Thing[], ...Promise.withResolvers<void>() }
    // Not everybody waits to hear of it.
    next.promise.catch(() => {})
    waiting.push(next)
    return next
  }

  return {
    add(thing) {
      const { things, promise } = newest()
      things.push(thing)
      soon()
      return promise
    },
    async drained() {
      while (waiting.length > 0 || running) {
        begin()
        await running
      }
    },
  }
}
