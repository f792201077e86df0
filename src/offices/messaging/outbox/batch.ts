/** Things that are done many at a time: each caller waits for the batch its thing went with. */
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
  type Waiting = { thing: Thing; done: () => void; failed: (error: unknown) => void }
  const waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined

  function begin(): void {
    clearTimeout(timer)
    timer = undefined
    if (running || waiting.length === 0) return
    const taken = waiting.splice(0, most)
    running = work(taken.map(each => each.thing))
      .then(
        () => {
          for (const { done } of taken) done()
        },
        error => {
          for (const { failed } of taken) failed(error)
        },
      )
      .finally(() => {
        running = undefined
        if (waiting.length >= most) begin()
        else if (waiting.length > 0) timer ??= setTimeout(begin, afterMs)
      })
  }

  return {
    add(thing) {
      return new Promise((done, failed) => {
        waiting.push({ thing, done, failed })
        if (waiting.length >= most) begin()
        else timer ??= setTimeout(begin, afterMs)
      })
    },
    async drained() {
      while (waiting.length > 0 || running) {
        begin()
        await running
      }
    },
  }
}
