import { parse, serialize } from 'hono/utils/cookie'
import type { House } from '../platform/house.ts'
import type { Town } from './town.ts'

export const sessionCookie = 'shubbak_session'
export const localeCookie = 'shubbak_lang'
export const flashCookie = 'shubbak_flash'

export function readCookie(request: Request, name: string): string | undefined {
  const header = request.headers.get('cookie')
  return header ? parse(header, name)[name] : undefined
}

/** A cookie of this town only: bound to its path where towns share a host, and never readable by scripts. */
export function townCookie(
  house: House,
  town: Town,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string {
  return serialize(name, value, {
    path: town.prefix === '' ? '/' : town.prefix,
    httpOnly: true,
    sameSite: 'Lax',
    secure: house.config.publicUrl?.startsWith('https:') ?? false,
    maxAge: maxAgeSeconds,
  })
}
