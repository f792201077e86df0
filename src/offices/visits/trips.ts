/** A contact at the counter: from its beginning to its end. */
export type Contact = { from: Date; until: Date }

/** Contacts so close in time were one way to the centre: filed at one window, paid at the next. */
const oneTripMs = 2 * 60 * 60_000

/** How often somebody came, when each time: contacts that follow each other within two hours are one visit. */
export function trips(contacts: readonly Contact[]): Date[] {
  const starts: Date[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const { from, until } of contacts.toSorted((a, b) => a.from.getTime() - b.from.getTime())) {
    if (from.getTime() - end > oneTripMs) starts.push(from)
    end = Math.max(end, until.getTime())
  }
  return starts
}
