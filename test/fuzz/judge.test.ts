import { expect, test } from 'vitest'
import { faultOfHtml } from './html.ts'
import type { Input } from './input.ts'
import { type Declared, faultsOf } from './judge.ts'
import type { Came } from './wire.ts'

const guards: [string, string][] = [
  'x-content-type-options',
  'cross-origin-resource-policy',
  'cache-control',
  'referrer-policy',
  'content-security-policy',
  'cross-origin-opener-policy',
  'permissions-policy',
].map(name => [name, 'x'])
const html: [string, string] = ['content-type', 'text/html; charset=utf-8']
const input: Input = { who: 'clerk', method: 'post', route: '/my/requests', path: '/my/requests', edits: [] }
const act: Declared = { method: 'post', pattern: '/my/requests', audit: 'act' }
const api = { bases: [], faultsOf: () => ['answers what the document does not say'] }

const came = (over: Partial<Came>): Came => ({
  status: 200,
  took: 1,
  headers: [...guards, html],
  body: Buffer.from('<!doctype html><html><body><p class="x">نص<br/></p></body></html>'),
  ...over,
})
const judged = (over: Partial<Came>, of: Input = input) => faultsOf(of, came(over), act, api)
const page = (inside: string) => Buffer.from(`<!doctype html><html>${inside}</html>`)

test('a page as it should be has no fault', () => {
  expect(judged({})).toEqual([])
})

test.each<[string, Partial<Came>, RegExp]>([
  ['a failure of ours', { status: 500 }, /answers 500/],
  ['a part that does not answer', { status: 503 }, /answers 503/],
  ['a status that nothing says', { status: 418 }, /answers 418/],
  ['a header that is not there', { headers: [...guards.slice(1), html] }, /x-content-type-options/],
  ['a tag that was typed', { body: page('<fz-mark></fz-mark>') }, /is a tag/],
  ['an end without a beginning', { body: page('<p></p></div>') }, /no HTML/],
  ['what is left open', { body: page('<p><b></b>') }, /no HTML/],
  ['a value that leaves its quotes', { body: page('<p a="b"c"></p>') }, /no HTML/],
  ['a header that was typed', { headers: [...guards, html, ['fz-head', '1']] }, /is a header/],
  [
    'a way to another site',
    { status: 303, headers: [...guards, html, ['location', '//evil.test']] },
    /leads to/,
  ],
  ['where it broke', { body: page('<p>at run (/work/x.ts:3:4)</p>') }, /tells of the inside/],
  [
    'a refusal that wrote',
    { status: 422, headers: [...guards, html, ['x-wrote', 'request:INSERT']] },
    /refused with 422, and wrote/,
  ],
  [
    'an act without a record',
    { status: 303, headers: [...guards, html, ['x-wrote', 'request:INSERT']] },
    /nothing in the record/,
  ],
])('%s is found', (_, over, fault) => {
  expect(judged(over).join('\n')).toMatch(fault)
})

test('an answer of the API that its document does not say is found', () => {
  const of = { ...input, route: '/api/v1/requests' }
  expect(judged({}, of).join()).toContain('does not say')
})

test('a refusal may count a try, and an act may write with its record', () => {
  const wrote = (rows: string): [string, string][] => [...guards, html, ['x-wrote', rows]]
  expect(judged({ status: 422, headers: wrote('citizen_login:UPDATE look:INSERT') })).toEqual([])
  expect(judged({ status: 303, headers: wrote('audit:INSERT request:INSERT') })).toEqual([])
})

test('a page shown again may mark letters as read, and nothing else', () => {
  const route: Declared = { method: 'post', pattern: '/office/requests/:id/acts/:act', audit: 'act' }
  const of = (status: number, rows: string) =>
    faultsOf(input, came({ status, headers: [...guards, html, ['x-wrote', rows]] }), route, api)
  expect([200, 409, 422].flatMap(status => of(status, 'letter:UPDATE request:UPDATE look:INSERT'))).toEqual(
    [],
  )
  expect(of(409, 'request:UPDATE')).toHaveLength(1)
  expect(of(200, 'request:UPDATE')).toHaveLength(1)
  expect(of(303, 'letter:UPDATE request:UPDATE')).toHaveLength(1)
})

test('remarks, scripts and elements without an end are HTML', () => {
  expect(
    faultOfHtml('<!doctype html><p>a<!-- --> b</p><script nonce="x">a<b && "</p>"</script><img src="x">'),
  ).toBeUndefined()
})
