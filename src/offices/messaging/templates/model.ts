import type { MessageEvent } from '../../../kernel/definition/index.ts'

/** Whose words a message carries: the service's or the product's own, the town's for the occasion, or its words for the event of every service. */
export type WordsFrom = 'given' | 'town' | 'every'

/** Which words a message carries: the occasion, whose they are, and which version of them. */
export type TemplateUsed = { key: string; version: number; from: WordsFrom }

/** draft, in-review, returned: being written; set-aside: other words were written before anybody decided on these. */
export type WordsState = 'draft' | 'in-review' | 'returned' | 'approved' | 'withdrawn' | 'set-aside'

/** Words a town wrote for an occasion. They never change: other words are another version. */
export type TownWords = {
  key: string
  version: number
  body: string
  note: string | undefined
  writtenBy: string
  writtenAt: Date
  state: WordsState
  askedAt: Date | undefined
  decided: { by: string; at: Date; note: string | undefined } | undefined
  fromAt: Date | undefined
  ended: { by: string; at: Date; why: string } | undefined
}

export const isOpen = ({ state }: Pick<TownWords, 'state'>): boolean =>
  state === 'draft' || state === 'in-review' || state === 'returned'

/** The occasion of a service, and the one of every service. */
export const serviceKey = (code: string, event: MessageEvent): string => `${code}/${event}`
export const everyKey = (event: MessageEvent): string => `*/${event}`

type Dated = Pick<TownWords, 'version' | 'fromAt' | 'ended'>

/**
 * The words of one occasion that hold at an instant: those that began last, unless they have been withdrawn since; words withdrawn before
 * they began never did. An older version never comes back by itself.
 */
export function inForce<Words extends Dated>(versions: readonly Words[], at: Date): Words | undefined {
  const time = at.getTime()
  const begun = versions.filter(
    ({ fromAt, ended }) =>
      fromAt && fromAt.getTime() <= time && !(ended && ended.at.getTime() <= fromAt.getTime()),
  )
  const last = begun.reduce<Words | undefined>(
    (latest, each) => (latest && beginsBefore(each, latest) ? latest : each),
    undefined,
  )
  return last?.ended && last.ended.at.getTime() <= time ? undefined : last
}

const beginsBefore = (a: Dated, b: Dated): boolean => {
  const [x, y] = [a.fromAt?.getTime() ?? 0, b.fromAt?.getTime() ?? 0]
  return x === y ? a.version < b.version : x < y
}
