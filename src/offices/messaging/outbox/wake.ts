/** Somebody waits until something moved. */
export type Wake = {
  stir(): void
  /** Until something moved, a second at most: rates and clocks move by themselves. */
  moved(): Promise<void>
}

const mostMs = 1_000

export function openWake(): Wake {
  let waiting: (() => void)[] = []
  return {
    stir() {
      if (waiting.length === 0) return
      const woken = waiting
      waiting = []
      for (const each of woken) each()
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
