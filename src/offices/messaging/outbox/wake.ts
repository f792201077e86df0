/** Somebody waits until something moved. */
export type Wake = {
  stir(): void
  /** Until something moved, a second at most: rates and clocks move by themselves. */
  moved(): Promise<void>
}

const mostMs = 1_000

/** Whoever waits is woken once for all that moves in one turn of the event loop. */
export function openWake(): Wake {
  let waiting: (() => void)[] = []
  let stirred = false

  function wake(): void {
    stirred = false
    const woken = waiting
    waiting = []
    for (const each of woken) each()
  }

  return {
    stir() {
      if (stirred || waiting.length === 0) return
      stirred = true
      setImmediate(wake)
    },
    moved: () =>
      new Promise(resolve => {
        const timer = setTimeout(resolve, mostMs)
        waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      }),
  }
}
