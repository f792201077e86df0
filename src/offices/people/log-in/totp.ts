import { Secret, TOTP } from 'otpauth'
import { toWesternDigits } from '../../../lib/arabic.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'

/** Codes of an authenticator app (RFC 6238): six digits, thirty seconds, one step either side for clocks that differ. */
const period = 30
const window = 1

export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

export const sealTotp = (crypto: Crypto, town: string, base32: string): Buffer =>
  crypto.seal(town, 'totp', base32)
export const openTotp = (crypto: Crypto, town: string, sealed: Buffer): string =>
  crypto.open(town, 'totp', sealed)

const generator = (base32: string, label = '', issuer = '') =>
  new TOTP({ secret: Secret.fromBase32(base32), period, digits: 6, algorithm: 'SHA1', label, issuer })

/** The step a code belongs to, or undefined when it is none of those near `at`. A step is accepted once: the caller keeps the last one. */
export function totpCounter(base32: string, code: string, at: Date): number | undefined {
  const token = toWesternDigits(code).replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const totp = generator(base32)
  const delta = totp.validate({ token, timestamp: at.getTime(), window })
  return delta === null ? undefined : totp.counter({ timestamp: at.getTime() }) + delta
}

/** The code of an instant: for tests and for the demo's printed log-ins. */
export const totpCode = (base32: string, at: Date): string =>
  generator(base32).generate({ timestamp: at.getTime() })

/** The address an authenticator app reads from a QR. */
export const totpAddress = (base32: string, login: string, town: string): string =>
  generator(base32, login, town).toString()
