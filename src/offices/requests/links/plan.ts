import type { MessageEvent } from '../../../kernel/definition/index.ts'
import { type PlannedLink, planLink } from '../../messaging/index.ts'
import type { Desk } from '../desk.ts'

/** Where a message of a request leads: to what it asks for, else to where the request stands. Undefined where the town has no address. */
export function linkFor(
  desk: { house: Pick<Desk['house'], 'config'>; town: Pick<Desk['town'], 'hosts' | 'slug' | 'isDemo'> },
  event: MessageEvent,
  requestId: string,
  papers: readonly { id: string }[] = [],
): PlannedLink | undefined {
  if (event === 'papers-missing' && papers.length > 0)
    return planLink(desk, { kind: 'paper', requestId, about: [...new Set(papers.map(({ id }) => id))] })
  return planLink(desk, { kind: event === 'fee-due' ? 'pay' : 'track', requestId })
}

/** The link, if the words carry it: only then is it written down. */
export const linksIn = (body: string, link: PlannedLink | undefined): PlannedLink[] =>
  link && body.includes(link.url) ? [link] : []

/** The link as a text not sent yet shows it: as long as the real one, and opening nothing. */
export const linkToShow = (link: PlannedLink | undefined): string | undefined =>
  link?.url.replace(link.code, 'x'.repeat(link.code.length))
