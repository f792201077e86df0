import type { Call } from '../../../web/call.ts'
import type { LinkKind, ShortLink } from './model.ts'

/** What stands behind a kind of link: the page it opens, and what is done with what is sent from there. */
export type LinkOpener = {
  open(call: Call, link: ShortLink): Promise<Response>
  /** Takes what was sent; a link that takes nothing has none. Of one that has taken `mostTries` nothing was read. */
  take?(call: Call, link: ShortLink): Promise<Response>
  /** Bytes a sending may have. */
  bodyLimit?: number
}

const openers = new Map<LinkKind, LinkOpener>()

/** Registered at start by the office the link leads to: messaging knows no requests. */
export function registerLink(kind: LinkKind, opener: LinkOpener): void {
  openers.set(kind, opener)
}

export const openerOf = (kind: LinkKind): LinkOpener | undefined => openers.get(kind)
