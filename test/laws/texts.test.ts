import { describe, expect, test } from 'vitest'
import { sources, withoutComments } from './sources.ts'

/** Words between tags or in attributes that people read: Arabic anywhere, or an English sentence as the text of an element. */
function wordsInPage(text: string): string[] {
  const code = withoutComments(text)
  const arabic = code.match(/[\u0621-\u064a]+/g) ?? []
  const english = [...code.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)\s*[<{]/g)].map(([, words = '']) => words)
  return [...arabic, ...english]
}

/** A path written where `page.url()` belongs. */
function literalPaths(text: string): string[] {
  return (
    withoutComments(text)
      .replace(/Address<'[^']*'>/g, '')
      .match(
        /(['"`])\/(?:~|my|office|counter|services|track|verify|manage|open|api|uploads|documents|demo|assets)\b[^'"`]*\1/g,
      ) ?? []
  )
}

const inlineStyles = (text: string): string[] =>
  withoutComments(text).match(/\sstyle=\{?["'{]|\son[a-z]+="/g) ?? []

function physicalSides(css: string): string[] {
  return (
    withoutComments(css).match(
      /(?:margin|padding|border)-(?:left|right)|(?:^|[\s;{])(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)/g,
    ) ?? []
  )
}

const broken = (pattern: string, find: (text: string) => string[]) =>
  sources(pattern).flatMap(({ path, text }) => find(text).map(each => `${path}: ${each.trim()}`))

describe('texts and styles', () => {
  test('no page holds words of its own: they come from strings files', () => {
    expect(broken('src/**/*.tsx', wordsInPage)).toEqual([])
    expect(wordsInPage('<p>أهل</p>')).toHaveLength(1)
    expect(wordsInPage('<p>Your request arrived</p>')).toHaveLength(1)
  })

  test('no page writes a path: addresses do', () => {
    const places = [
      'src/offices/**/*.{ts,tsx}',
      'src/ui/**/*.tsx',
      'src/web/**/*.{ts,tsx}',
      'src/navigation/**/*.ts',
    ]
    expect(places.flatMap(place => broken(place, literalPaths))).toEqual([])
    expect(literalPaths("<a href='/my/requests'>")).toHaveLength(1)
  })

  test('no element carries a style or a handler of its own', () => {
    expect(broken('src/**/*.tsx', inlineStyles)).toEqual([])
    expect(inlineStyles('<p style={{ color }}>')).toHaveLength(1)
  })

  test('no style names left or right', () => {
    expect(broken('src/ui/**/*.css', physicalSides)).toEqual([])
    expect(physicalSides('p { margin-left: 1px; text-align: right }')).toHaveLength(2)
  })
})
