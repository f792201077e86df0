import { describe, expect, test } from 'vitest'
import { type Source, sources, withoutComments } from './sources.ts'

const isTexts = ({ path }: Source) => /\/(?:strings|kinds|acts|filing)\.(ar|en)\.ts$/.test(path)

/** The keys of a file of Arabic texts. English must have the same: TypeScript holds it to that. */
const keysOf = ({ text }: Source): string[] =>
  [...text.matchAll(/^ {2}(?:'([^']+)'|(\w+)):/gm)].map(([, quoted, plain]) => quoted ?? plain ?? '')

/** How programs ask for texts: words in quotes, words after a dot or before a colon, and the fixed parts of words put together. */
function asked(files: readonly Source[]) {
  const words = new Set<string>()
  const patterns = new Set<string>()
  for (const { text } of files) {
    const plain = withoutComments(text)
    for (const [, word] of plain.matchAll(/['"]([\w.:-]+)['"]/g)) if (word) words.add(word)
    for (const [, word] of plain.matchAll(/(?:\.|\b)([a-z]\w*)\b(?=\s*[,:;)}\]]|\s*$)/gm))
      if (word) words.add(word)
    for (const [, made] of plain.matchAll(/`((?:[\w.:-]|\$\{[^`{}]*(?:\{[^`{}]*\}[^`{}]*)*\})+)`/g))
      if (made?.includes('${') && /[a-z]{2}/.test(made.replace(/\$\{.*?\}/g, '')))
        patterns.add(made.replace(/\$\{[^`{}]*(?:\{[^`{}]*\}[^`{}]*)*\}/g, '\u0000'))
  }
  const plainly = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const made = [...patterns].map(each => new RegExp(`^${each.split('\u0000').map(plainly).join('.+')}$`))
  return (key: string) => words.has(key) || made.some(each => each.test(key))
}

/** Texts whose words are put together from two things that programs know only as they run: which, by the beginning they share. */
const putTogether: Record<string, { of: RegExp; why: string }> = {
  'src/offices/certificates/strings.ar.ts': { of: /^(use|pipe)-/, why: 'an answer, by its question' },
  'src/offices/counter/parties/strings.ar.ts': {
    of: /^(number|issuer|validUntil)-/,
    why: 'a field, by capacity',
  },
  'src/offices/messaging/providers/strings.ar.ts': { of: /^(tls|long|ids)-/, why: 'a setting, by its value' },
}

/** Texts that an office lends to others, who ask for them through its door. */
const lent: Record<string, string> = { 'src/offices/requests/mandates/strings.ar.ts': 'mandateText' }

/** Texts of an office are its own; those of other floors are everybody's. */
const officeOf = ({ path }: Pick<Source, 'path'>) => /^src\/offices\/[^/]+\//.exec(path)?.[0] ?? ''

function unused(files: readonly Source[]): string[] {
  const texts = files.filter(file => isTexts(file) && file.path.endsWith('ar.ts'))
  const programs = files.filter(file => !isTexts(file))
  return [...Map.groupBy(texts, officeOf)].flatMap(([office, theirs]) => {
    const isAsked = asked(programs.filter(({ path }) => path.startsWith(office)))
    return theirs.flatMap(file => {
      const { [file.path]: name } = lent
      const borrowed = name === undefined ? [] : programs.filter(({ text }) => text.includes(name))
      const isBorrowed = asked(borrowed)
      return keysOf(file)
        .filter(key => !isAsked(key) && !isBorrowed(key) && !putTogether[file.path]?.of.test(key))
        .map(key => `${file.path}: ${key}`)
    })
  })
}

describe('a text', () => {
  test('is asked for somewhere', () => {
    expect(unused(sources('src/**/*.{ts,tsx}'))).toEqual([])
  })

  test('is caught when nobody asks for it', () => {
    const texts = {
      path: 'src/x/strings.ar.ts',
      text: "export const ar = {\n  'said-here': 'أ',\n  'made-up': 'ب',\n  never: 'ج',\n}\n",
    }
    const page = { path: 'src/x/page.tsx', text: ["t('said-here')", 't(`made-$', '{how}`)'].join('') }
    expect(unused([texts, page])).toEqual(['src/x/strings.ar.ts: never'])
  })
})
