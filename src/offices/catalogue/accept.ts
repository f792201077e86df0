import { isMap, isPair, isScalar, isSeq, type Pair, parseDocument } from 'yaml'
import { type Commons, type ExampleOutcome, parseService } from '../../kernel/definition/index.ts'
import { runExamples } from '../../kernel/examples/index.ts'

/**
 * The text of a service with what came of its examples written as what is expected of them; the rest stays byte for byte. Examples that
 * do not go on, or stand in a common part, stay as they are.
 */
export function acceptOutcomes(source: string, commons: Commons): string {
  const read = parseService(source, commons)
  if (!read.ok) return source
  const written = expectsIn(source)
  const edits = runExamples(read.definition).examples.flatMap(({ id, came, halt, differs }) => {
    const place = written.get(id)
    return place && !halt && differs.length > 0 ? [{ ...place, text: write(came, place.column + 2) }] : []
  })
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: now }) => `${text.slice(0, from)}${now}${text.slice(to)}`, source)
}

type Written = { from: number; to: number; column: number }

/** Where `expect` of each example stands: from behind its colon to the end of its value. */
function expectsIn(source: string): Map<string, Written> {
  const list = parseDocument(source).get('examples', true)
  const items = isSeq(list) ? list.items.filter(isMap) : []
  return new Map(
    items.flatMap((item): [string, Written][] => {
      const pair = item.items.find(each => isPair(each) && isScalar(each.key) && each.key.value === 'expect')
      const [key, value] = [rangeOf(pair?.key), rangeOf((pair as Pair | undefined)?.value)]
      if (!key || !value) return []
      const lineStart = source.lastIndexOf('\n', key[0]) + 1
      // A flow mapping's range ends with its brace, a block mapping's behind the last line break.
      const to = value[0] + source.slice(value[0], value[1]).trimEnd().length
      return [[String(item.get('id')), { from: key[1] + 1, to, column: key[0] - lineStart }]]
    }),
  )
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = (node as { range?: [number, number, number] | null } | undefined)?.range
  return range ? [range[0], range[1]] : undefined
}

function write(outcome: ExampleOutcome, indent: number): string {
  const lines = Object.entries(outcome).map(([key, value]) => `${' '.repeat(indent)}${key}: ${flow(value)}`)
  return `\n${lines.join('\n')}`
}

function flow(value: ExampleOutcome[keyof ExampleOutcome]): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return `[${value.join(', ')}]`
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${item}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
