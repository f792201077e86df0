import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml'
import type { Finding, Path } from '../faults.ts'

/** More text than this is no description of a service. */
const maxBytes = 1_000_000
const maxAliases = 50

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

/** Reads YAML that anybody may have written: bounded in size, repetition and depth. Nothing throws. */
export function readYaml(text: string): ReadText {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) return failed({ code: 'too-large' })
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      merge: false,
      version: '1.2',
    })
    const [error] = document.errors
    if (error) {
      const line = lines.linePos(error.pos[0]).line
      return failed({ code: 'yaml-syntax', values: { reason: error.message } }, line)
    }
    const value: unknown = document.toJS({ maxAliasCount: maxAliases })
    return { ok: true, value, lineOf: lineFinder(document, lines) }
  } catch (error) {
    return failed({ code: error instanceof ReferenceError ? 'too-many-aliases' : 'too-deep' })
  }
}

function lineFinder(document: Document.Parsed, lines: LineCounter): LineOf {
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
