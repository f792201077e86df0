import { randomBytes } from 'node:crypto'
import { toWesternDigits } from '../../lib/arabic.ts'

/** Crockford's 32 signs: no I, L, O, U, which hands and eyes take for others. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 16
const grouped = /.{4}(?=.)/g

/** A fresh code of 80 random bits, in fours: XXXX-XXXX-XXXX-XXXX. */
export function newCode(): string {
  let code = ''
  // 256 is a multiple of 32, so every sign is equally likely
  for (const byte of randomBytes(length)) code += alphabet[byte % alphabet.length]
  return code.replace(grouped, '$&-')
}

/**
 * A code as people type it: small letters, spaces or hyphens or none, Arabic digits, O for 0 and I or L for 1. Undefined for what can be
 * no code.
 */
export function readCode(typed: string): string | undefined {
  const signs = toWesternDigits(typed.slice(0, 200).normalize('NFKC'))
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const valid = signs.length === length && [...signs].every(sign => alphabet.includes(sign))
  return valid ? signs.replace(grouped, '$&-') : undefined
}
