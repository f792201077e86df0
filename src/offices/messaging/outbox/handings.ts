/** What this process wrote down before handing over, and what of it is not known yet. */
export type Handings = {
  begin(handing: string, messages: readonly string[]): void
  /** Of these messages, once what became of them is written, the handings that are over by it. */
  overWith(messages: readonly { id: string; handing: string }[]): string[]
  written(messages: readonly { id: string; handing: string }[]): void
}

export function openHandings(): Handings {
  const open = new Map<string, Set<string>>()
  return {
    begin: (handing, messages) => void open.set(handing, new Set(messages)),
    overWith(messages) {
      const byHanding = Map.groupBy(
        messages.filter(({ handing }) => open.has(handing)),
        ({ handing }) => handing,
      )
      return [...byHanding].flatMap(([handing, its]) => {
        const left = open.get(handing)
        const known = new Set(its.map(({ id }) => id))
        return left && [...left].every(id => known.has(id)) ? [handing] : []
      })
    },
    written(messages) {
      for (const { id, handing } of messages) {
        const left = open.get(handing)
        left?.delete(id)
        if (left?.size === 0) open.delete(handing)
      }
    },
  }
}
