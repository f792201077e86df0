import { parse, serialize } from 'hono/utils/cookie'
import type { House } from '../platform/house.ts'
import type { Town } from './town.ts'

export const sessionCookie = 'shubbak_session'
export const localeCookie = 'shubbak_lang'
export const flashCookie = 'shubbak_flash'

/** Over https nobody but this host, over https, can have set a cookie of such a name (RFC 6265bis, 4.1.3): none is planted from beside. */
type Prefix = '__Host-' | '__Secure-' | ''

const prefixes = new WeakMap<Request, Prefix>()

const pathOf = (town: Town) => (town.prefix === '' ? '/' : town.prefix)
const isSecure = ({ config }: Pick<House, 'config'>) => config.publicUrl?.startsWith('https:') ?? false

function prefixFor(house: Pick<House, 'config'>, town: Town): Prefix {
  if (!isSecure(house)) return ''
  return pathOf(town) === '/' ? '__Host-' : '__Secure-'
}

/** Told by the door once it knows the town: by which names this request's cookies are read. */
export function notePrefix(request: Request, house: Pick<House, 'config'>, town: Town): void {
  prefixes.set(request, prefixFor(house, town))
}

/** The value of a cookie that this host has set; one of a lesser name counts for nothing. */
export function readCookie(request: Request, name: string): string | undefined {
  const header = request.headers.get('cookie')
  const full = (prefixes.get(request) ?? '') + name
  return header ? parse(header, full)[full] : undefined
}

/** A cookie of this town only: bound to its path where towns share a host, and never readable by scripts. */
export function townCookie(
  house: Pick<House, 'config'>,
  town: Town,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string {
  return serialize(prefixFor(house, town) + name, value, {
    path: pathOf(town),
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(house),
    maxAge: maxAgeSeconds,
  })
}
