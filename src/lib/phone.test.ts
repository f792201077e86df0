import { expect, test } from 'vitest'
import { formatPhone, maskPhone, parsePhone } from './phone.ts'

const read = (text: string) => {
  const result = parsePhone(text)
  return result.ok ? `${result.value.e164} ${result.value.kind}` : result.code
}

test('every way of writing one mobile is one telephone', () => {
  for (const text of [
    '0599000123',
    '0599 000-123',
    '٠٥٩٩٠٠٠١٢٣',
    '۰۵۹۹۰۰۰۱۲۳',
    '00970599000123',
    '+970 599 000 123',
    '970599000123',
    '+972599000123',
    '00972599000123',
    '972599000123',
    '599000123',
    '\u202a+970599000123\u202c',
  ]) {
    expect(read(text)).toBe('+970599000123 mobile')
  }
  expect(read('0569000123')).toBe('+970569000123 mobile')
  expect(read('+972569000123')).toBe('+970569000123 mobile')
})

test('fixed lines and foreign telephones are told apart', () => {
  expect(read('02 223 4567')).toBe('+97022234567 fixed')
  expect(read('08 282 4567')).toBe('+97082824567 fixed')
  expect(read('0502345678')).toBe('+972502345678 foreign')
  expect(read('+962791234567')).toBe('+962791234567 foreign')
})

test('what is no telephone is refused', () => {
  expect(read('')).toBe('phone-missing')
  for (const text of [
    '115',
    '05990001',
    'abc',
    '0599000123456',
    '+1',
    '0000000000',
    '05990001234',
    '059900012a',
  ]) {
    expect(read(text)).toBe('phone-malformed')
  }
})

test('a telephone is shown whole to its owner and masked to others', () => {
  expect(formatPhone('+970599000123')).toBe('0599 000 123')
  expect(maskPhone('+970599000123')).toBe('05** *** 123')
})
