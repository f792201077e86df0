import { type Commons, expand as expandAll, readCommon } from '../../../../kernel/definition/index.ts'
import { isMapping } from './values.ts'

/** What common parts (`use: FILE.part`) stand for, on plain values. */

export type Use = { use: string; with?: Record<string, unknown> } & Record<string, unknown>

export const isUse = (value: unknown): value is Use => isMapping(value) && typeof value.use === 'string'

/** A text's value with its common parts written out; where one cannot be put in, it stays as it is called. */
export function expand(value: unknown, commons: Commons): unknown {
  const whole = expandAll(value, commons)
  if (whole.ok) return whole.value
  if (Array.isArray(value)) return value.flatMap(item => expandItem(item, commons))
  if (!isMapping(value) || isUse(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each, commons)]))
}

/** The items one item of a list stands for. */
export function expandItem(item: unknown, commons: Commons): unknown[] {
  const whole = expand(item, commons)
  return isUse(item) && Array.isArray(whole) ? whole : [whole]
}

/** A part as it is before anything is laid over it. */
export const partOf = (use: Use, commons: Commons): unknown =>
  expand({ use: use.use, ...(use.with && { with: use.with }) }, commons)

/** A part as its file has it, its parameters not filled. */
export function writtenPart(use: Use, commons: Commons): unknown {
  const [file = '', id = ''] = use.use.split('.')
  const read = readCommon(file, commons)
  return read?.ok ? read.parts.get(id)?.value : undefined
}

/** The parameter a key of a part is filled by, where it is nothing but that. */
export function paramAt(use: Use, key: string | number, commons: Commons): string | undefined {
  const part = writtenPart(use, commons)
  return isMapping(part) && !isUse(part) ? paramOf(part[key]) : undefined
}

/** The keys laid over a part. */
export const laidOver = ({ use: _, with: __, ...over }: Use): Record<string, unknown> => over

/** The parameter a scalar stands for. */
export const paramOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\$[A-Za-z][A-Za-z0-9-]*$/.test(value) ? value.slice(1) : undefined
