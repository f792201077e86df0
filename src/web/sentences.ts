import { toHtml } from '../ui/html.tsx'
import type { Typed } from './call.ts'
import { withoutSecrets } from './send-again.tsx'

/** More than any form asks for. */
const most = 40

/** Three words at the least: what somebody wrote, and no id, number or name. Looks at each sign once, however long the text. */
const isProse = (text: string): boolean =>
  text
    .slice(0, 2_000)
    .split(/\s+/)
    .filter(word => /\p{L}/u.test(word)).length >= 3
/** What a form carries for itself (its key, what was shown when it was opened), and secrets by other names. */
const neverShown = /^_|\.was$|secret|pass|token|key/i

/** What somebody wrote in sentences, each once; secrets are no part of it. */
export const sentencesOf = (typed: Typed): string[] =>
  [
    ...new Set(
      Object.entries(withoutSecrets(typed))
        .filter(([name]) => !neverShown.test(name))
        .flatMap(([, value]) => value)
        .map(value => value.trim())
        .filter(isProse),
    ),
  ].slice(0, most)

const squeezed = (text: string): string => text.replace(/\s+/g, ' ')

/** Sentences that were typed and stand nowhere on a page: its form is gone, or came back without them. */
export function missingFrom(html: string, typed: Typed): string[] {
  const written = sentencesOf(typed)
  if (written.length === 0) return []
  const page = squeezed(html)
  return written.filter(each => !page.includes(squeezed(toHtml(each))))
}
