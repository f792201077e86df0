import type { z } from 'zod'
import { type DefinitionFault, type Finding, type Path, type Spot, toFault } from './faults.ts'
import { checkFormat } from './format.ts'
import type { ServiceDefinition } from './model.ts'
import type { Commons } from './reading/common.ts'
import { expand } from './reading/expand.ts'
import { readYaml } from './reading/yaml.ts'
import { serviceSchema } from './schema.ts'

/** Says where in the text a place of the definition stands. */
export type Locate = (path: Path, onKey?: boolean) => Spot

export type ParsedService =
  | {
      ok: true
      definition: ServiceDefinition
      locate: Locate
      /** Names of the common files it uses. */
      uses: readonly string[]
    }
  | { ok: false; faults: DefinitionFault[] }

const failed = (...faults: DefinitionFault[]): ParsedService => ({ ok: false, faults })
const none: Commons = new Map()

/** Reads a service's YAML text, with the parts it uses of the common files. Every fault says its line; nothing throws. */
export function parseService(text: string, commons: Commons = none): ParsedService {
  const read = readYaml(text)
  if (!read.ok) return failed(toFault(read.finding, read.line))
  const { value, lineOf } = read
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed(toFault({ path: [], code: 'not-a-service' }, 1))
  }
  const formatFinding = checkFormat(value)
  if (formatFinding) return failed(toFault(formatFinding, lineOf(formatFinding.path)))
  const expanded = expand(value, commons)
  if (!expanded.ok) return failed(toFault(expanded.finding, lineOf(expanded.finding.path)))
  const locate: Locate = (path, onKey) => {
    const { path: written, part } = expanded.originOf(path)
    return { line: lineOf(written, onKey), ...(part !== undefined && { part }) }
  }
  const { format: _, needs: __, ...rest } = expanded.value as Record<string, unknown>
  const checked = serviceSchema.safeParse(rest)
  if (checked.success) return { ok: true, definition: checked.data, locate, uses: expanded.uses }
  return failed(
    ...checked.error.issues
      .flatMap(issue => toFindings(issue, rest))
      .map(finding => toFault(finding, locate(finding.path, finding.onKey))),
  )
}

type Issue = z.core.$ZodIssue

function toFindings(issue: Issue, whole: unknown): Finding[] {
  const path = issue.path as Path
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => ({
        path: [...path, key],
        code: 'unknown-key',
        values: { key },
        onKey: true,
      }))
    case 'invalid_type':
      return [missing(path, whole) ?? { path, code: 'wrong-type', values: { expected: issue.expected } }]
    case 'invalid_value':
      return [
        missing(path, whole) ?? {
          path,
          code: 'not-allowed',
          values: { allowed: issue.values.map(String).join(', ') },
        },
      ]
    case 'invalid_union':
      return [missing(path, whole) ?? { path, code: 'bad-form' }]
    case 'too_small':
      return [{ path, code: issue.origin === 'string' ? 'empty-text' : 'out-of-bounds' }]
    case 'too_big':
      return [{ path, code: 'out-of-bounds' }]
    default:
      return [{ path, code: 'bad-form' }]
  }
}

function missing(path: Path, whole: unknown): Finding | undefined {
  let value: unknown = whole
  for (const part of path) value = (value as Record<string | number, unknown> | undefined)?.[part]
  return value === undefined
    ? { path, code: 'missing-key', values: { key: String(path.at(-1) ?? '') } }
    : undefined
}
