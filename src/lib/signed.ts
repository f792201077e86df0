import { createHmac, timingSafeEqual } from 'node:crypto'

/** Named texts that travel together and carry the signature of all of them under `signature`. */
export type Fields = Readonly<Record<string, string>>

/**
 * The one text that is signed: each field but the signature as `name=value` on a line of its own, sorted by name; line ends and backslashes
 * in a value are written as escapes, so that no two sets of fields make one text.
 */
export function canonicalFields(fields: Fields): string {
  const escaped = (text: string) =>
    text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return Object.keys(fields)
    .filter(name => name !== 'signature')
    .sort()
    .map(name => `${name}=${escaped(fields[name] ?? '')}\n`)
    .join('')
}

const signatureOf = (fields: Fields, key: string): string =>
  createHmac('sha256', key).update(canonicalFields(fields), 'utf8').digest('hex')

/** The fields with their HMAC-SHA256 in hexadecimal under `signature`. */
export const signFields = <F extends Fields>(fields: F, key: string): F & { signature: string } => ({
  ...fields,
  signature: signatureOf(fields, key),
})

/** Whether the signature is that of these fields under this key; takes the same time whatever is wrong. */
export function signatureHolds(fields: Fields, key: string): boolean {
  const expected = Buffer.from(signatureOf(fields, key), 'hex')
  const given = Buffer.from(fields.signature ?? '', 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
