import { CORE_SCHEMA, load, YAMLException } from 'js-yaml'
import { isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml'
import type { Finding, Path } from '../faults.ts'
import { wordReason } from './yaml-words.ts'

/** More text than this is no description of a service. */
const maxBytes = 1_000_000
const maxAliases = 50
/** Deeper than any form in a list of a step. */
export const deepestNesting = 60

/** Says on which line of a text the value at a path stands, or its key; a path that leads nowhere stands where it breaks off. */
export type LineOf = (path: Path, onKey?: boolean) => number

export type ReadText =
  | { ok: true; value: unknown; lineOf: LineOf }
  | { ok: false; finding: Finding; line: number }

const failed = (finding: Omit<Finding, 'path'>, line = 1): ReadText => ({
  ok: false,
  finding: { path: [], ...finding },
  line,
})

/**
 * Reads YAML that anybody may have written: bounded in size, repetition and depth. Nothing throws. The lines are looked up with the slower
 * reader that keeps them, and only when somebody asks.
 */
export function readYaml(text: string): ReadText {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) return failed({ code: 'too-large' })
  if (text.trim() === '') return { ok: true, value: undefined, lineOf: () => 1 }
  try {
    const value: unknown = load(text, { schema: CORE_SCHEMA, maxAliases, maxDepth: deepestNesting })
    return { ok: true, value, lineOf: lazily(text) }
  } catch (error) {
    return failure(error)
  }
}

function failure(error: unknown): ReadText {
  if (!(error instanceof YAMLException)) return failed({ code: 'too-deep' })
  const { reason, mark } = error
  if (reason.startsWith('nesting exceeded')) return failed({ code: 'too-deep' }, (mark?.line ?? 0) + 1)
  if (reason.startsWith('aliases exceeded')) return failed({ code: 'too-many-aliases' })
  const words = wordReason(reason)
  const message = { ar: `لا يُقرأ السطر: ${words.ar}`, en: `The line cannot be read: ${words.en}` }
  return failed({ code: 'yaml-syntax', message }, (mark?.line ?? 0) + 1)
}

function lazily(text: string): LineOf {
  let find: LineOf | undefined
  return (path, onKey) => {
    find ??= lineFinder(text)
    return find(path, onKey)
  }
}

function lineFinder(text: string): LineOf {
  const lines = new LineCounter()
  const options = { lineCounter: lines, prettyErrors: false, merge: false, version: '1.2' } as const
  const document = parseDocument(text, options)
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
