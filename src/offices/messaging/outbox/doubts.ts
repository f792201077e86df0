/** Handings that are written down as far as we know, but were surely not begun. */
export type Doubts = {
  add(handing: string): void
  /** Takes them back, so that nobody takes their messages for handed over. What was not taken back is tried the next time. */
  forget(): Promise<void>
}

/** Channels share one list: what one adds while another takes back stays on it. */
export function openDoubts(takeBack: (handings: readonly string[]) => Promise<void>): Doubts {
  let doubtful: string[] = []
  return {
    add(handing) {
      doubtful.push(handing)
    },
    async forget() {
      if (doubtful.length === 0) return
      const gone = doubtful
      doubtful = []
      try {
        await takeBack(gone)
      } catch (error) {
        doubtful.push(...gone)
        throw error
      }
    },
  }
}
