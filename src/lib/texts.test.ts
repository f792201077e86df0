import { IntlMessageFormat } from 'intl-messageformat'
import { expect, test, vi } from 'vitest'
import { formatMessage, texts, translate } from './texts.ts'

const strings = texts({
  ar: {
    title: 'طلباتي',
    count:
      '{n, plural, zero {لا طلبات} one {طلب واحد} two {طلبان} few {# طلبات} many {# طلبًا} other {# طلب}}',
    state: '{state, select, open {مفتوح} other {مغلق}}',
    hello: 'مرحبًا {name}',
  },
  en: {
    title: 'My requests',
    count: '{n, plural, one {one request} other {# requests}}',
    state: '{state, select, open {open} other {closed}}',
    hello: 'Hello {name}',
  },
})

test('a text is found by its key in either language', () => {
  expect(translate(strings, 'ar', 'title')).toBe('طلباتي')
  expect(translate(strings, 'en', 'title')).toBe('My requests')
})

test('counts take the forms of Arabic, in Western digits', () => {
  expect([0, 1, 2, 3, 11, 100, 1234].map(n => translate(strings, 'ar', 'count', { n }))).toEqual([
    'لا طلبات',
    'طلب واحد',
    'طلبان',
    '3 طلبات',
    '11 طلبًا',
    '100 طلب',
    '1,234 طلبًا',
  ])
})

test('values are put in as text, tags are not interpreted', () => {
  expect(translate(strings, 'ar', 'hello', { name: '<b>سعاد</b> {x}' })).toBe('مرحبًا <b>سعاد</b> {x}')
  expect(formatMessage('رقم {n}', 'ar', { n: 4178 })).toBe('رقم 4178')
  expect(translate(strings, 'en', 'state', { state: 'open' })).toBe('open')
})

test('a missing value is an error, not an empty place', () => {
  expect(() => translate(strings, 'en', 'hello')).toThrow()
})

test('our own texts are read once; of those a town writes the last ones are kept, since there is no end of them', () => {
  const library = IntlMessageFormat as unknown as { __parse(...words: unknown[]): unknown }
  const read = vi.spyOn(library, '__parse')
  const timesRead = (work: () => unknown) => {
    read.mockClear()
    work()
    return read.mock.calls.length
  }
  const ours = () => translate(strings, 'ar', 'hello', { name: 'سعاد' })
  const theirs = () => formatMessage('عزيزي {name}', 'ar', { name: 'سعاد' })
  ours()
  theirs()
  expect([timesRead(ours), timesRead(theirs)]).toEqual([0, 0])
  for (let at = 0; at < 600; at++) formatMessage(`${at} {name}`, 'ar', { name: 'سعاد' })
  expect([timesRead(ours), timesRead(theirs)]).toEqual([0, 1])
  read.mockRestore()
})
