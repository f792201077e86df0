import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A random token for a link or a cookie, safe in an address; at least 128 bits. */
export function newToken(bytes = 16): string {
  if (bytes < 16) throw new RangeError('A token has at least 16 bytes')
  return randomBytes(bytes).toString('base64url')
}

/** What is kept of a token, so that who reads the database cannot use it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}

/** Whether two secrets are the same, in a time that does not tell how much of them is. */
export function sameSecret(a: string | Buffer, b: string | Buffer): boolean {
  const digest = (each: string | Buffer) => createHash('sha256').update(each).digest()
  return timingSafeEqual(digest(a), digest(b))
}
