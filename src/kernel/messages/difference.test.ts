import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceInWords } from './index.ts'

const word = fc.constantFrom('طلبك', '{رقم}', 'جاهز', 'في', 'المركز', '.', ' ', '، ')
const text = fc.array(word, { maxLength: 30 }).map(words => words.join(' '))

test('what is the same and what went is the text before; what is the same and what came is the text after', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const pieces = differenceInWords(before, after)
      const of = (...kinds: string[]) =>
        pieces
          .filter(({ kind }) => kinds.includes(kind))
          .map(piece => piece.text)
          .join('')
      expect(of('same', 'gone')).toBe(before)
      expect(of('same', 'new')).toBe(after)
    }),
  )
})

test('a text differs from itself in nothing', () => {
  fc.assert(fc.property(text, same => differenceInWords(same, same).every(({ kind }) => kind === 'same')))
})

test('one word put in is told as that word', () => {
  expect(differenceInWords('طلبك جاهز.', 'طلبك {رقم} جاهز.').filter(({ kind }) => kind !== 'same')).toEqual([
    { kind: 'new', text: '{رقم} ' },
  ])
})
