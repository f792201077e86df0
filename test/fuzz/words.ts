import type { chanceOf } from '../faults/chance.ts'
import type { Text } from './input.ts'

export type Chance = ReturnType<typeof chanceOf>

/** What stands in an answer only if something that was typed became a tag, or a header. */
export const tagMark = '<fz-mark'
export const headMark = 'fz-head'

const many = (repeat: string, times: number): Text => ({ repeat, times })

/** Texts that break what takes them for something else than text, or counts on what no text promises. */
export const hostile: Readonly<Record<string, readonly Text[]>> = {
  nothing: ['', ' ', '\t', '\n', '\r\n', '\u00a0', '\u200b', '\u2028', '\ufeff', '\u200f\u200e'],
  marks: [
    `x'"><fz-mark a="b`,
    `</textarea></title></script><fz-mark>`,
    `" onfocus=alert(1) <fz-mark x='`,
    '&lt;fz-mark&gt;&#0;&amp',
    'javascript:alert(1)//<fz-mark>',
    `<!--<fz-mark>--><svg><fz-mark>`,
  ],
  heads: [
    `x\r\n${headMark}: 1`,
    `x\n${headMark}: 1\n\n<fz-mark>`,
    `%0d%0a${headMark}:1`,
    `x\u010d\u010a${headMark}: 1`,
  ],
  nul: ['\0', 'a\0b', '\u0001\u0007\u001b[31m\u007f', '\u0085\u009f', 'x\u0000\u0000'],
  halves: ['\ud800', 'a\udc00b', '\udbff\ud800', 'ق\ud83d', '\ufffe\uffff'],
  direction: [
    '\u202eabc\u202c',
    '\u2066\u2067\u2068',
    '\u061c\u200f123',
    'م\u202e٤٣٢\u2069',
    '\u202a'.repeat(40),
  ],
  towers: [many('\u0301', 300), `م${'\u064b\u064c\u0651'.repeat(80)}`, many('\u0e49', 500), 'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢'],
  pictures: ['👩‍👩‍👧‍👦', '🏳️‍🌈🇵🇸', '\u{10ffff}', '𝕏𝒶𝓃𝒶', 'ﷺﷻ', 'ﻻﻼ', 'İıſK', '\u{e0001}\u{e0041}'],
  digits: ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳', '०१२', '１２３', '٤٫٥', '١٬٠٠٠', '٢٠٢٦/٣/١', '𝟙𝟚', '²³', '٠٥٩٩١٢٣٤٥٦'],
  numbers: [
    ...[
      '0',
      '-0',
      '-1',
      '1',
      '2147483647',
      '2147483648',
      '-2147483649',
      '9007199254740993',
      '9223372036854775808',
    ],
    ...[
      '1e9',
      '1e400',
      '-1e400',
      'NaN',
      'Infinity',
      '0x10',
      '0b1',
      '1_000',
      '1,000',
      '1.000,5',
      '.5',
      '5.',
      '+5',
      ' 5 ',
    ],
    ...[
      '0.005',
      '0.0000001',
      '999999999999.99',
      '99999999999999999999999999',
      '1.10.1',
      '--1',
      '٫',
      '00000000000000001',
    ],
  ],
  dates: [
    ...[
      '0000-00-00',
      '0001-01-01',
      '9999-12-31',
      '10000-01-01',
      '-2026-01-01',
      '2026-02-29',
      '2024-02-29',
      '2026-02-30',
    ],
    ...[
      '2026-13-01',
      '2026-00-10',
      '1970-01-01',
      '1582-10-10',
      '2026-03-27',
      '275760-09-13',
      '+275760-09-14',
      '294277-01-01',
    ],
    ...[
      '2026-03-01T25:61:61Z',
      '2026-03-01T08:00:00+99:99',
      '2026-W10',
      '2026-060',
      '31/12/2026',
      '1/1/1',
      '24:00',
      '23:60',
      '99:99',
    ],
    ...['2026-03', '2026-99', '0000-01', '9999-99', 'today', '2026-03-01\0'],
  ],
  ids: [
    ...[
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '0198A000-0000-7000-8000-00000000C011',
    ],
    ...[
      '{0198a000-0000-7000-8000-00000000c011}',
      '0198a00000007000800000000000c011',
      '0198a000-0000-7000-8000-00000000c01',
      'null',
      'undefined',
    ],
    ...['[object Object]', 'true', 'false', 'on', 'off'],
  ],
  objects: [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'length',
    '$where',
    '__defineGetter__',
  ],
  sql: [
    `';select pg_sleep(9)--`,
    `1' or '1'='1`,
    '%',
    '_',
    '\\',
    `\\'`,
    '$$',
    '$1',
    ':name',
    '?',
    `E'\\x'`,
    '--',
    '/*',
    ';',
    `')); drop table request;--`,
    '%%%_\\%',
  ],
  rules: [
    ...[
      '{name}',
      '{',
      '}',
      '{n, plural, one {x}}',
      '{n, plural, other {',
      '$' + '{7*7}',
      '{{7*7}}',
      '<%= 1 %>',
      '#{1}',
      "'{'",
      "''",
    ],
    ...[
      'x > 1',
      'for i in 1..1000000000 return i',
      'if',
      '((((((((',
      ']]]]',
      'date("x")',
      '@alias',
      '*a',
      '&a [*a,*a]',
      '!!js/function x',
      '- - - -',
    ],
    ...[
      '=1+1',
      '@SUM(1)',
      '+cmd|x',
      '"a","b"',
      'a;b',
      '&lt;!ENTITY x',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y "z">]>',
    ],
  ],
  paths: [
    '..',
    '../../etc/passwd',
    '..%2f..%2f',
    '/',
    '//evil.test',
    '\\\\evil.test\\x',
    'https://evil.test/',
    'C:\\x',
    'a/b',
    '.',
    'con',
    '~',
    'file:///etc/passwd',
  ],
  patterns: [
    many('a', 40) as Text,
    `${'a'.repeat(60)}!`,
    '(a+)+$',
    '[',
    '[a-',
    '(?',
    `${'0'.repeat(60)}x`,
    `${' '.repeat(200)}x`,
    `${'1-'.repeat(90)}`,
  ],
  long: [
    many('x', 300),
    many('م', 3_000),
    many('x ', 5_000),
    many('1', 400),
    many('ـ', 9_000),
    many("'", 20_000),
    many('😀', 2_000),
    many('\n', 3_000),
  ],
  huge: [many('x', 200_000), many('م', 450_000), many('x', 1_200_000)],
  telephones: [
    '0599',
    '+9705999999999999',
    '00970599123456',
    '٠٥٩٩-١٢٣-٤٥٦',
    'tel:+970599123456',
    '+1',
    '059912345x',
    '+٩٧٠٥٩٩',
  ],
  mail: [
    'a@b',
    '@',
    'a@@b.test',
    '"x y"@b.test',
    `a@${'b'.repeat(70)}.test`,
    'a@b.test\r\nbcc: c@d.test',
    'ب@ب.فلسطين',
  ],
  json: [
    '{}',
    '[]',
    '"x"',
    'null',
    '{"__proto__":{"x":1}}',
    '[[[[[[[[',
    '{"a":{"a":{"a":1}}}',
    '\\u0000',
    '\\ud800',
  ],
}

const usual = Object.keys(hostile).filter(kind => kind !== 'huge')

/** One hostile text; seldom one that is very long, since it costs as much as a thousand others. */
export function aWord(chance: Chance): Text {
  if (chance.next() < 0.004) return chance.pick(hostile.huge ?? [])
  const of = hostile[chance.pick(usual)] ?? []
  const word = chance.pick(of)
  // Two at once now and then: what one reader drops, the next one meets.
  if (typeof word === 'string' && chance.next() < 0.15) {
    const other = chance.pick(hostile[chance.pick(usual)] ?? [])
    if (typeof other === 'string') return chance.next() < 0.5 ? word + other : other + word
  }
  return word
}
