import type { z } from 'zod'
import { BadRequest, type Fault, InvalidInput } from '../../lib/errors.ts'

type Issue = z.core.$ZodIssue

const codes: Partial<Record<Issue['code'], string>> = {
  too_small: 'too-small',
  too_big: 'too-large',
  invalid_format: 'malformed',
  invalid_value: 'not-an-option',
  unrecognized_keys: 'unknown-field',
}

/** A place in the body as a JSON pointer in a fragment (RFC 6901): `#/papers/0/document`. */
export const pointer = (...path: readonly PropertyKey[]): string =>
  ['#', ...path.map(part => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/')

function faultsOf(issue: Issue, missing: (path: readonly PropertyKey[]) => boolean): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({ field: pointer(...issue.path, key), code: 'unknown-field' }))
  const isMissing = issue.code === 'invalid_type' && missing(issue.path)
  return [
    { field: pointer(...issue.path), code: isMissing ? 'required' : (codes[issue.code] ?? 'wrong-kind') },
  ]
}

/** What was sent, if it has the form asked for; else a fault for each place where it has not. */
export function parseShape<Shape extends z.ZodType>(shape: Shape, value: unknown): z.output<Shape> {
  const read = shape.safeParse(value)
  if (read.success) return read.data
  const missing = (path: readonly PropertyKey[]) => at(value, path) === undefined
  throw new InvalidInput(read.error.issues.flatMap(issue => faultsOf(issue, missing)))
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  )
}

/** Reads a JSON body. What no database can keep (NUL, half a character pair) is refused here, wherever it stands. */
export function parseJson(text: string | undefined): unknown {
  if (text === undefined) throw new BadRequest('json-expected')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadRequest('bad-json')
  }
  const unfit = text.includes('\\u') || text.includes('\u0000') ? findUnfit(value, []) : undefined
  if (unfit) throw new InvalidInput([{ field: pointer(...unfit), code: 'unfit-characters' }])
  return value
}

function findUnfit(value: unknown, path: string[]): string[] | undefined {
  if (typeof value === 'string') return isUnfit(value) ? path : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    if (isUnfit(key)) return path
    const found = findUnfit(inner, [...path, key])
    if (found) return found
  }
  return undefined
}

const isUnfit = (text: string): boolean => text.includes('\u0000') || !text.isWellFormed()
