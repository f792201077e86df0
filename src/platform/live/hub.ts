import type { House } from '../house.ts'

/** That something has changed, and for whom: regions of pages by name. What has changed, the page asks for itself. */
export type News = {
  town: string
  /** The offices it concerns; left out where everybody may hear of it. */
  offices?: readonly string[] | undefined
  topics: readonly string[]
  /** Whose open pages end now: ids of people, or hashes of sessions in hex. */
  ended?: readonly string[] | undefined
}

/** An open page. */
export type Ear = {
  hears(news: News): boolean
  tell(topics: readonly string[]): void
  /** Hears that log-ins have ended, and ends with its own. */
  ended?(whose: readonly string[]): void
  /** The process stops: whoever listens comes back to another by themselves. */
  leave?(): void
}

/** Open pages of this process by town, and a way to those of other processes where there is one. */
export class LiveHub {
  private readonly towns = new Map<string, Set<Ear>>()
  /** Carries news to the other processes; set while a relay runs. */
  relay: ((news: News) => void) | undefined

  open(town: string, ear: Ear): () => void {
    const ears = this.towns.get(town) ?? new Set()
    this.towns.set(town, ears.add(ear))
    return () => {
      ears.delete(ear)
      if (ears.size === 0) this.towns.delete(town)
    }
  }

  /** Tells the pages of this process and hands the news on to the others. */
  publish(news: News): void {
    this.deliver(news)
    this.relay?.(news)
  }

  /** Tells the pages of this process. */
  deliver(news: News): void {
    for (const ear of this.towns.get(news.town) ?? []) {
      if (news.ended) ear.ended?.(news.ended)
      else if (ear.hears(news)) ear.tell(news.topics)
    }
  }

  /** Ends the open pages of this process. */
  leave(): void {
    for (const ears of this.towns.values()) for (const ear of [...ears]) ear.leave?.()
  }

  count(town: string): number {
    return this.towns.get(town)?.size ?? 0
  }
}

const hubs = new WeakMap<House['events'], LiveHub>()

/** The open pages of a house. */
export function liveOf(house: Pick<House, 'events'>): LiveHub {
  const hub = hubs.get(house.events) ?? new LiveHub()
  hubs.set(house.events, hub)
  return hub
}
