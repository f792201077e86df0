import { parseSync, Visitor } from 'oxc-parser'
import { check } from 'recheck'
import { describe, expect, test } from 'vitest'
import { type Source, sources } from './sources.ts'

/** Patterns that take longer than their text is long, and why no text is long there. */
const bounded: Record<string, string> = {
  '/\\B(?=(\\d{3})+$)/g': 'figures of a number',
  '/\\B(?=(\\d{3})+\\.)/g': 'figures of a number',
  '/\\.?0+$/': 'figures of a number',
  '/[/:]+(\\w)/g': 'our own addresses',
  '/[^/]*$/': 'the address of the database',
  '/\\s+\\S*$/': 'a reason cut at 80',
  '/^(.).*(@.*)$/': 'an address of mail that was taken, 254 at the most',
  '/^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/': 'cut at 200',
  '/^(\\d{1,2})[ -]+(\\p{L}[\\p{L} ]*?)[ ,-]+(\\d{4})$/u': 'looked at up to 60',
  '/"[^"]*"|\\[[^\\]]*\\]|\\\\./g': 'a format of Excel, cut at 255',
  '/\\/\\*[\\s\\S]*?\\*\\//g': 'a statement of a link, 8,000 at the most',
  '/[A-Za-z0-9+*][A-Za-z0-9+*/.:@_-]*[A-Za-z0-9*]/g': 'an answer that was taken, 8,000 at the most',
  '/"((?:[^"\\\\]|\\\\.)*)"/g': 'a rule, 10,000 at the most',
  '/"(?:[^"\\\\]|\\\\.)*"/g': 'a rule, 10,000 at the most',
  '/\\b([A-Za-z]\\w*)\\s*(?:!?=\\s*("[^"]*")|in\\s*[([]([^)\\]]*)[)\\]])/g': 'a rule, 10,000 at the most',
  '/[^\\s@<>"\'(),;:]+@[^\\s@<>"\'(),;:]+\\.[^\\s@<>"\'(),;:]+/g': 'what is logged, cut at 4,000',
  '/(?<![\\w.-])\\+?[0-9٠-٩۰-۹](?:[ \\-\\u00a0\\u200e\\u200f]?[0-9٠-٩۰-۹]){6,}(?![\\w.-])/g':
    'what is logged, cut at 4,000',
  '/https?:\\/\\/[^\\s،؛]*[^\\s،؛.,:!?)]|\\+?\\d{2,4}(?:[ \\u00a0]\\d{3,4}){2}|[A-Za-z*+−-]{0,40}\\d(?:[A-Za-z\\d*.,:/_–-]*[A-Za-z\\d*])?%?/g':
    'forty signs before a figure at the most',
}

type Pattern = { pattern: string; flags: string; paths: string[] }

/** Every pattern that is written down, by itself, with the files it stands in. */
function patternsOf(files: readonly Source[]): Map<string, Pattern> {
  const found = new Map<string, Pattern>()
  for (const { path, text } of files) {
    const visitor = new Visitor({
      Literal(node) {
        if (!('regex' in node)) return
        const { pattern, flags } = node.regex
        const key = `/${pattern}/${flags}`
        const { paths = [] } = found.get(key) ?? {}
        found.set(key, { pattern, flags, paths: [...paths, path] })
      },
    })
    visitor.visit(parseSync(path, text).program)
  }
  return found
}

/** Those for which a text can be made that takes longer than in step with its length. */
async function slowOf(patterns: ReadonlyMap<string, Pattern>): Promise<string[]> {
  const slow: string[] = []
  for (const [key, { pattern, flags, paths }] of patterns) {
    if (key in bounded) continue
    const { status } = await check(pattern, flags.replace(/[dv]/g, ''), { timeout: 20_000 })
    if (status === 'vulnerable') slow.push(`${key} in ${paths.join(', ')}`)
  }
  return slow
}

describe('a pattern looks at no text for longer than in step with its length', () => {
  const files = sources('src/**/*.{ts,tsx}')

  test('or the list says why no text is long there', async () => {
    const patterns = patternsOf(files)
    expect(patterns.size).toBeGreaterThan(400)
    expect(await slowOf(patterns)).toEqual([])
    expect(Object.keys(bounded).filter(key => !patterns.has(key))).toEqual([])
  }, 120_000)

  test('and one that goes back on its steps is found', async () => {
    const planted = { path: 'src/planted.ts', text: String.raw`const name = /\{\s*(.+?)\s*\}/g` }
    expect(await slowOf(patternsOf([planted]))).toEqual([String.raw`/\{\s*(.+?)\s*\}/g in src/planted.ts`])
  })
})
