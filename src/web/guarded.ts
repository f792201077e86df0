import type { House } from '../platform/house.ts'

/** What is neither page nor picture loads nothing, sends nothing and stands in no frame of others. */
const bare = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
/** Browsers show no PDF inside a sandbox (Chrome blocks the page, Safari leaves it empty); an admitted PDF carries no script. */
export const readerPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

/**
 * What holds for every answer, of whatever kind: its type is what we say, no other site puts it into its pages, https stays, nobody keeps
 * it. An answer that says otherwise of itself is left as it is.
 */
export function guarded(house: Pick<House, 'config'>, answer: Response): Response {
  const { headers } = answer
  const usual = (name: string, value: string) => {
    if (!headers.has(name)) headers.set(name, value)
  }
  headers.set('x-content-type-options', 'nosniff')
  headers.set('cross-origin-resource-policy', 'same-origin')
  usual('cache-control', 'no-store')
  usual('referrer-policy', 'same-origin')
  const isPdf = headers.get('content-type')?.startsWith('application/pdf')
  usual('content-security-policy', isPdf ? readerPolicy : bare)
  return stayingSecure(house, answer)
}

/** Keeps browsers on https where the towns are reached by it. */
export function stayingSecure({ config }: Pick<House, 'config'>, answer: Response): Response {
  if (config.publicUrl?.startsWith('https:'))
    answer.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  return answer
}
