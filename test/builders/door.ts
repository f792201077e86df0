import { doorkeeper } from '../../src/offices/people/index.ts'
import type { House } from '../../src/platform/house.ts'
import { type Door, openDoor } from '../../src/web/door.ts'
import { type Composer, composeWith } from '../../src/web/page.tsx'
import type { Route } from '../../src/web/route.ts'
import { everyCause } from './looks.ts'

const composer: Composer = {
  navigation: () => ({ home: '/', links: [], rail: [], footer: [] }),
  asset: name => `/assets/${name}`,
  townList: () => new Response(null, { status: 404 }),
  assetAt: () => undefined,
}

export type Knock = {
  method?: string
  cookie?: string
  headers?: Record<string, string>
  body?: string | Uint8Array | FormData | ReadableStream
  /** Fields of a form. */
  form?: Record<string, string | readonly string[]>
}

/**
 * The door of some routes, knocked at as a browser does: `knock('/verify', { cookie })`. Whoever knocks has a cause to open what they may see,
 * unless the test says `onlyOwnCauses()`.
 */
export function aDoor(
  house: House,
  routes: readonly Route[],
): Door & { knock: (path: string, knock?: Knock) => Promise<Response> } {
  composeWith(composer)
  everyCause()
  const door = openDoor(house, routes, doorkeeper(house), composer)
  const knock = (path: string, { method, cookie, headers = {}, body, form }: Knock = {}) => {
    const pairs = Object.entries(form ?? {}).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((each): [string, string] => [name, each]),
    )
    const sent = form ? new URLSearchParams(pairs) : body
    return door.fetch(
      new Request(`http://town.test${path}`, {
        method: method ?? (sent === undefined ? 'GET' : 'POST'),
        headers: { host: 'town.test', ...(cookie ? { cookie } : {}), ...headers },
        ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
      } as RequestInit),
    )
  }
  return { ...door, knock }
}
