import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type DefinitionFault, type Finding, type Path, toFault } from './faults.ts'
import type { ServiceDefinition } from './model.ts'
import { serviceSchema } from './schema.ts'

/** The format this version writes, and the newest it reads. */
const DEFINITION_FORMAT = 1

const maxBytes = 1_000_000
const maxAliases = 50

/** Says on which line of the text a place of the definition stands. */
export type Locate = (path: Path, onKey?: boolean) => number

export type ParsedService =
  | { ok: true; definition: ServiceDefinition; locate: Locate }
  | { ok: false; faults: DefinitionFault[] }

const failed = (...faults: DefinitionFault[]): ParsedService => ({ ok: false, faults })

/** Reads a service's YAML text. Every fault says its line; nothing throws. */
export function parseService(text: string): ParsedService {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    return failed(toFault({ path: [], code: 'too-large' }, 1))
  }
  const lines = new LineCounter()
  let document: Document.Parsed
  let value: unknown
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: false, version: '1.2' })
    if (document.errors.length > 0) {
      return failed(
        ...document.errors.map(error =>
          toFault(
            { path: [], code: 'yaml-syntax', values: { reason: error.message } },
            lines.linePos(error.pos[0]).line,
          ),
        ),
      )
    }
    value = document.toJS({ maxAliasCount: maxAliases })
  } catch (error) {
    const code = error instanceof ReferenceError ? 'too-many-aliases' : 'too-deep'
    return failed(toFault({ path: [], code }, 1))
  }
  const locate = locator(document, lines)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return failed(toFault({ path: [], code: 'not-a-service' }, 1))
  }
  const { format, ...rest } = value as Record<string, unknown>
  const formatFinding = checkFormat(format)
  if (formatFinding) return failed(toFault(formatFinding, locate(formatFinding.path)))
  const read = serviceSchema.safeParse(rest)
  if (read.success) return { ok: true, definition: read.data, locate }
  return failed(
    ...read.error.issues
      .flatMap(issue => toFindings(issue, rest))
      .map(finding => toFault(finding, locate(finding.path, finding.onKey))),
  )
}

function checkFormat(format: unknown): Finding | undefined {
  if (format === undefined) return { path: [], code: 'format-missing' }
  if (format === DEFINITION_FORMAT) return undefined
  return {
    path: ['format'],
    code: 'format-unknown',
    values: { format: String(format).slice(0, 20), known: DEFINITION_FORMAT },
  }
}

/** The line of the nearest place that exists: a missing key is shown at what it is missing from. */
function locator(document: Document.Parsed, lines: LineCounter): Locate {
  return (path, onKey = false) => {
    let node: unknown = document.contents
    let offset = document.contents?.range?.[0] ?? 0
    for (const part of path) {
      if (!isNode(node)) break
      const pair = isMap(node)
        ? node.items.find(item => isPair(item) && String(item.key) === String(part))
        : undefined
      if (isMap(node) && !pair) break
      const key = pair?.key
      node = pair
        ? pair.value
        : 'get' in node
          ? (node as { get(k: unknown, keep: true): unknown }).get(part, true)
          : undefined
      if (key && isNode(key) && key.range) offset = key.range[0]
      else if (isNode(node) && node.range) offset = node.range[0]
    }
    if (!onKey && isNode(node) && !isMap(node) && node.range && 'value' in node) offset = node.range[0]
    return lines.linePos(offset).line
  }
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
