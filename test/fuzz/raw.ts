import type { Text } from './input.ts'

/** Percent-encoded as no browser would: half an escape, overlong UTF-8, bytes of no letter, escapes of escapes. */
export const rawPercents: readonly string[] = [
  ...[
    '%',
    '%zz',
    '%0',
    '%00',
    '%c0%80',
    '%ff%fe',
    '%ed%a0%80',
    '%f8%88%80%80%80',
    '%u0041',
    '%2500',
    '%252e%252e',
  ],
  ...['%e2%82', '+%2b+', '%0d%0afz-head:1', 'x%26y%3dz', '%', '%%%'],
]

/** Raw JSON in the place of a value. */
export const rawJson: readonly Text[] = [
  ...[
    'null',
    'true',
    'false',
    '0',
    '-0',
    '-1',
    '1.5',
    '1e400',
    '-1e400',
    '9007199254740993',
    '1e-400',
    '00',
    '+1',
    '.5',
    'NaN',
    'undefined',
  ],
  ...[
    '""',
    '" "',
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\\u202e"',
    '"x\\"><fz-mark>"',
    '"\u0000"',
    "'x'",
    '"\\x41"',
    '"\n"',
    '"',
  ],
  ...[
    '[]',
    '{}',
    '[null]',
    '[[]]',
    '{"":""}',
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '[1,]',
    '{"a":1,"a":2}',
  ],
  ...[
    '"0000-00-00"',
    '"9999-12-31T23:59:59Z"',
    '"2026-02-30"',
    '"275760-09-14T00:00:00Z"',
    '"00000000-0000-0000-0000-000000000000"',
  ],
  { repeat: '[', times: 20_000 },
  { repeat: '{"a":', times: 5_000 },
  ...['// x\n1', '/* x */1', '1 2', '\ufeff1', '"٤"', '٤'],
]

/** Types a body may say it is of. */
export const bodyTypes: readonly string[] = [
  ...[
    '',
    'text/plain',
    'application/json',
    'application/json; charset=utf-16',
    'application/x-www-form-urlencoded; charset=windows-1256',
  ],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=other',
    'multipart/mixed; boundary=fuzz-boundary',
  ],
  ...[
    'application/xml',
    'application/problem+json',
    'application/x-www-form-urlencoded',
    'image/png',
    '*/*',
    'json',
    'APPLICATION/JSON',
    '\u00e9',
    ';;;',
  ],
]

export const fileNames: readonly Text[] = [
  ...[
    '',
    'a.pdf',
    '../../x.pdf',
    'x.pdf\0.exe',
    'ملف.pdf',
    'a".pdf',
    'con.pdf',
    '.htaccess',
    '\u202efdp.exe',
    'x.pdf.exe',
    'a\r\nx: y.pdf',
    '\ud800.pdf',
  ],
  { repeat: 'x', times: 5_000 },
]

/** Beginnings of files, and files that are none. */
export const fileBytes: readonly Text[] = [
  ...[
    '',
    'x',
    '%PDF-1.7 x',
    '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R>>',
    '\x89PNG\r\n\x1a\n',
    '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff',
  ],
  ...[
    '\xff\xd8\xff\xe0',
    'GIF89a',
    'PK\x03\x04',
    'II*\0\x08\0\0\0',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html><fz-mark>',
    'MZ',
    '\0\0\0\x18ftypheic',
    'a,b\n1,2\n',
    '"a\n',
    '\xef\xbb\xbfa;b\r\n"',
  ],
  ...[
    '{"a":1}',
    '<?xml version="1.0"?><definitions/>',
    '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    'code: X\nversion: 1\n',
    'a: &a [*a]',
    '\xc7\xe1\xd3\xe1\xc7\xe3',
  ],
  { repeat: '\0', times: 70_000 },
  { repeat: 'a,', times: 30_000 },
]
