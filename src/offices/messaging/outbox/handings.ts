/** What this process wrote down before handing over, and of how much of it is not known yet what became. */
export type Handings = {
  begin(handing: string, count: number): void
  /** Of these messages, once what became of them is written, the handings that are over by it. */
  overWith(messages: readonly { handing: string }[]): string[]
  written(messages: readonly { handing: string }[]): void
}

export function openHandings(): Handings {
  const open = new Map<string, number>()

  /** How many of each are left once these are written. */
  function left(messages: readonly { handing: string }[]): Map<string, number> {
    const after = new Map<string, number>()
    for (const { handing } of messages) {
      const count = after.get(handing) ?? open.get(handing)
      if (count !== undefined) after.set(handing, count - 1)
    }
    return after
  }

  return {
    begin: (handing, count) => void open.set(handing, count),
    overWith: messages => [...left(messages)].flatMap(([handing, count]) => (count === 0 ? [handing] : [])),
    written(messages) {
      for (const [handing, count] of left(messages))
        if (count === 0) open.delete(handing)
        else open.set(handing, count)
    },
  }
}
