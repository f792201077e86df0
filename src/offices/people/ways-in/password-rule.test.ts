import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passwordFault, shortestPassword } from './password-rule.ts'

describe('a password', () => {
  test.each([
    'password1234',
    'P@ssw0rd2026!',
    'qwertyuiop123',
    'Admin123456789',
    'aaaaaaaaaaaaaaaa',
    'abcabcabcabc',
    '123456789012',
    'Nablus2026Nablus',
    'كلمةالسر123456',
    'abcdefghijklmnop',
    'letmein-letmein',
    'samiqutob2026!!',
  ])('that everybody tries is none: %s', password => {
    expect(passwordFault(password, ['sami.qutob', 'سامي قطب'])).toBe('password-common')
  })

  test.each(['زيتون على التل الغربي', 'correct horse battery', 'k7-vhrt-29-mzx-q', 'تفاح وخبز ونهر بعيد'])(
    'of one’s own needs no capitals, digits or signs: %s',
    password => {
      expect(passwordFault(password, ['sami.qutob'])).toBeUndefined()
    },
  )

  test('is as long as it must be, counted in letters', () => {
    expect(passwordFault('vkzrtmwqhje')).toBe('password-short')
    expect(passwordFault('vkzrtmwqhjex')).toBeUndefined()
    expect(passwordFault('x'.repeat(201))).toBe('password-long')
  })

  test('is judged in a moment, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: shortestPassword, maxLength: 200 }), text => {
        passwordFault(text, [text.slice(0, 5)])
      }),
    )
  })
})
