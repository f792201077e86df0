import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splice } from './spliced.ts'

test('what was squeezed in pieces is whole again, whatever fills the gaps', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('طلب '.repeat(9_000)))
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 4 }),
      fc.string({ maxLength: 60 }),
      (pieces, filling) => {
        const spliced = splice(pieces)
        expect(spliced.plain(filling)).toBe(pieces.join(filling))
        expect(gunzipSync(spliced.gzip(filling)).toString()).toBe(pieces.join(filling))
      },
    ),
  )
})

test('each answer has its own filling, and the pieces are not written anew', () => {
  const spliced = splice(['<script nonce="', '"></script>'])
  expect(gunzipSync(spliced.gzip('one')).toString()).toBe('<script nonce="one"></script>')
  expect(gunzipSync(spliced.gzip('two')).toString()).toBe('<script nonce="two"></script>')
})
