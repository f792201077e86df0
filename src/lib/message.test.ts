import fc from 'fast-check'
import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test } from 'vitest'
import { readMessage } from './message.ts'

const locales = ['ar-PS-u-nu-latn', 'en-GB']
const byLibrary = (message: string, locale: string, values: Record<string, string | number>) =>
  String(new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).format(values))

const words = fc.stringMatching(/^[a-z<>" \u0628\u062a]{0,6}$/)
const { message } = fc.letrec<{ message: string }>(tie => ({
  message: fc.oneof(
    { maxDepth: 3 },
    words,
    fc.constantFrom('{n}', '{word}', '{n, number}', '{other}'),
    fc.array(tie('message'), { maxLength: 3 }).map(all => all.join(' ')),
    fc
      .tuple(tie('message'), tie('message'), tie('message'), fc.constantFrom('', 'offset:1 '))
      .map(
        ([none, two, other, offset]) => `{n, plural, ${offset}=0 {${none}} two {#${two}} other {# ${other}}}`,
      ),
    fc
      .tuple(tie('message'), tie('message'))
      .map(([one, other]) => `{word, select, open {${one}} other {${other}}}`),
  ),
}))

test('a message says what the library says, whatever stands in it', () => {
  fc.assert(
    fc.property(
      message,
      fc.constantFrom(...locales),
      fc.oneof(fc.integer({ min: -3, max: 2_000_000 }), fc.double({ noNaN: true, min: 0, max: 9_999 })),
      fc.constantFrom('open', 'shut', '', 'constructor{}'),
      (text, locale, n, word) => {
        const values = { n, word, other: '#{x}' }
        expect(readMessage(text, locale)(values)).toBe(byLibrary(text, locale, values))
      },
    ),
    { numRuns: 400 },
  )
})

test('a date of a town’s own template is left to the library', () => {
  const text = '{at, date, ::yyyy} {n, number, ::percent}'
  const values = { at: 1_700_000_000_000, n: 0.5 }
  expect(readMessage(text, 'en-GB')(values)).toBe(byLibrary(text, 'en-GB', values))
})

test('a value that is missing, and a word that is a name of every object, are no words', () => {
  expect(() => readMessage('{n}', 'ar')({})).toThrow('no value for n')
  expect(() => readMessage('{toString}', 'ar')({})).toThrow('no value for toString')
  expect(readMessage('{w, select, a {x} other {y}}', 'ar')({ w: 'constructor' })).toBe('y')
})
