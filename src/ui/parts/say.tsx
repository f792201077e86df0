import { Children, isValidElement, type ReactNode } from 'react'

/* Addresses of the net stand first, whole; then phones, since they hold spaces; then any run with a digit in it: amounts, codes, dates, percents, ranges. */
const ISLAND =
  /https?:\/\/[^\s،؛]*[^\s،؛.,:!?)]|\+?\d{2,4}(?:[ \u00a0]\d{3,4}){2}|[A-Za-z*+−-]{0,40}\d(?:[A-Za-z\d*.,:/_–-]*[A-Za-z\d*])?%?/g
/* What one of those has at least. */
const MAYBE = /\d|:\/\//
const ISOLATES = /[\u2066-\u2069\u200e\u200f]/g

/**
 * Sets a text so that each number, phone and code is an island of its own, left to right, with digits of one width.
 * Without it «2026/1234-B» would read backwards in an Arabic line.
 */
export function say(node: ReactNode): ReactNode {
  if (typeof node === 'number') return <Num>{node}</Num>
  if (typeof node === 'string') return island(node)
  if (Array.isArray(node)) return Children.map(node, child => (isValidElement(child) ? child : say(child)))
  return node
}

function island(marked: string): ReactNode {
  const text = marked.replace(ISOLATES, '')
  if (!MAYBE.test(text)) return text
  const parts: ReactNode[] = []
  let from = 0
  for (const match of text.matchAll(ISLAND)) {
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push(
      // Keys by place: the pieces of a sentence never move. An address is long: it may break where a line ends.
      <bdi key={match.index} className={match[0].includes('://') ? undefined : 'n'} dir="ltr">
        {match[0]}
      </bdi>,
    )
    from = match.index + match[0].length
  }
  if (from === 0) return text
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

/** `say` as a part, for a text that stands among elements. */
export function Say({ children }: { children: ReactNode }) {
  return <>{say(children)}</>
}

/** A number, a code or an amount without its unit. */
export function Num({ children }: { children: ReactNode }) {
  return (
    <bdi className="n" dir="ltr">
      {children}
    </bdi>
  )
}

/** A large count, its thousands set apart: 743,373. */
export function Count({ of }: { of: number }) {
  return <Num>{String(of).replace(/\B(?=(\d{3})+$)/g, ',')}</Num>
}
