import { createHash } from 'node:crypto'
import type { Commons } from '../../kernel/definition/index.ts'

/** What a service is written in: its own text, and those of the common files it may use. */
export type ServiceText = { source: string; commons?: Commons }

/** sha-256 of everything the text is made of, in hex: the same hash is the same service. */
export function hashOfText({ source, commons }: ServiceText): string {
  const hash = createHash('sha256').update(source)
  const parts = [...(commons ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  if (parts.length > 0) hash.update(`\0${JSON.stringify(parts)}`)
  return hash.digest('hex')
}
