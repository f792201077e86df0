import { hash } from 'node:crypto'
import type { Crypto } from '../../platform/crypto/index.ts'

/** How what a source says is sealed and found again: keys and people of a source by blind indexes of its own. */
export type SourceKeys = {
  key(key: string): Buffer
  ident(ident: string): Buffer
  fingerprint(content: string): Buffer
  /** The same text is the same id, in this source alone: the object of accounts that hang on nothing else. */
  objectId(text: string): string
  seal(value: unknown): Buffer
  open<T>(sealed: Buffer): T
}

const purpose = 'import'

export function sourceKeys(crypto: Crypto, town: string, sourceId: string): SourceKeys {
  // One secret of the source, then plain hashes under it: a file of 20,000 rows asks for 60,000 of them, and each HMAC is an object
  // outside the heap.
  const secret = crypto.steadyIndex(town, 'import', sourceId).toString('hex')
  const index = (what: string, text: string) =>
    hash('sha256', `${secret} ${what} ${text.length} ${text} ${secret}`, 'buffer')
  return {
    key: text => index('key', text),
    ident: text => index('ident', text),
    fingerprint: text => index('row', text).subarray(0, 16),
    objectId(text) {
      const bytes = index('object', text)
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
      return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
    },
    seal: value => crypto.seal(town, purpose, JSON.stringify(value)),
    open: sealed => JSON.parse(crypto.open(town, purpose, sealed)),
  }
}

/** Bytes for a JSON that PostgreSQL reads as bytea. */
export const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`
