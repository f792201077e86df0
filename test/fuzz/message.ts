import { bytesOf, type Edit, encoded, type Input, type Trick, textOf } from './input.ts'
import type { Sent } from './wire.ts'

type Pairs = [string, string][]
type Of<At extends Edit['at']> = Extract<Edit, { at: At }>
/** Fields and names after an address are broken in the same ways. */
type Named = Extract<Edit, { at: 'field' | 'query' }>

const boundary = 'fuzz-boundary'

/** The bytes of an input as `who` sends them; `key` is the hidden key of a form, new each time. */
export function messageOf(input: Input, own: Record<string, string>, host: string, key: string): Sent {
  const named = (at: 'field' | 'query') => input.edits.filter((each): each is Named => each.at === at)
  const of = <At extends Exclude<Edit['at'], Named['at']>>(at: At) =>
    input.edits.filter((each): each is Of<At> => each.at === at)
  const headers: Pairs = [
    ['host', host],
    ['accept', input.json === undefined ? 'text/html' : 'application/json'],
  ]
  for (const [name, value] of Object.entries(own))
    headers.push([name, withCookies(name, value, of('cookie'))])
  if (!('cookie' in own) && of('cookie').length > 0)
    headers.push(['cookie', withCookies('cookie', '', of('cookie'))])
  const { bytes, type } = bodyOf(input, of, named('field'), key)
  if (type) headers.push(['content-type', type])
  if (input.json !== undefined && input.method !== 'get') headers.push(['idempotency-key', key])
  for (const { name, as } of of('header')) {
    const at = headers.findIndex(([each]) => each === name)
    const value = textOf(as)
    if (at >= 0) headers[at] = [name, value]
    else headers.push([name, value])
  }
  const target = pathOf(input.path, of('path')) + queryOf(input.query ?? [], named('query'))
  const [wire] = of('wire')
  return framed(input.method.toUpperCase(), target, headers, bytes, wire?.trick)
}

const withCookies = (name: string, value: string, edits: Of<'cookie'>[]): string =>
  name === 'cookie' && edits.length > 0
    ? [
        ...(edits.some(({ name }) => value.startsWith(`${name}=`)) ? [] : [value]),
        ...edits.map(each => `${each.name}=${textOf(each.as)}`),
      ]
        .filter(Boolean)
        .join('; ')
    : value

function pathOf(path: string, edits: Of<'path'>[]): string {
  const parts = path.split('/')
  for (const { part, as, raw } of edits) {
    const text = textOf(as)
    parts[part] = raw ? text : encoded(text).replaceAll('+', '%20')
  }
  // What is no letter of an address at all would end the line: it is a matter of the wire, tried there.
  return parts.join('/').replace(/[\s\0]/g, '')
}

function queryOf(pairs: Pairs, edits: Named[]): string {
  const text = encodedPairs(pairs, edits)
  return text === '' ? '' : `?${text.replace(/[\s\0]/g, '')}`
}

/** Names and values with those edited left out, changed or doubled. */
function encodedPairs(pairs: Pairs, edits: Named[]): string {
  const edited = new Set(edits.map(({ name }) => name))
  const kept = pairs
    .filter(([name]) => !edited.has(name))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  const changed = edits.flatMap(({ name, as, raw }) =>
    as === null
      ? []
      : [as].flat().map(each => `${encoded(name)}=${raw ? textOf(each) : encoded(textOf(each))}`),
  )
  return [...kept, ...changed].join('&')
}

function bodyOf(
  input: Input,
  of: <At extends 'body' | 'json' | 'file'>(at: At) => Of<At>[],
  typed: Named[],
  key: string,
): { bytes: Buffer | undefined; type: string | undefined } {
  if (input.method === 'get' || input.method === 'head') return { bytes: undefined, type: undefined }
  const whole = of('body').at(-1)
  const as = whole?.as === undefined ? undefined : bytesOf(textOf(whole.as))
  if (input.json !== undefined) {
    const bytes = as ?? bytesOf(rendered(input.json, of('json')))
    return { bytes, type: whole?.type ?? 'application/json' }
  }
  const fields: Pairs = [...(input.fields ?? []), ['_key', key]]
  const files = of('file')
  if (files.length > 0) {
    const bytes = as ?? multipart(fields, typed, files)
    return { bytes, type: whole?.type ?? `multipart/form-data; boundary=${boundary}` }
  }
  const bytes = as ?? Buffer.from(encodedPairs(fields, typed))
  return { bytes, type: whole?.type ?? 'application/x-www-form-urlencoded' }
}

function multipart(fields: Pairs, edits: Named[], files: Of<'file'>[]): Buffer {
  const pieces: Buffer[] = []
  const edited = new Map(edits.map(each => [each.name, each.as]))
  const all = [
    ...fields.filter(([name]) => !edited.has(name)),
    ...[...edited].flatMap(([name, as]) =>
      as === null ? [] : [as].flat().map((each): [string, string] => [name, textOf(each)]),
    ),
  ]
  const say = (text: string) => pieces.push(bytesOf(text))
  for (const [name, value] of all)
    say(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  for (const { name, fileName, type, bytes } of files) {
    say(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${textOf(fileName)}"\r\n`)
    say(`content-type: ${textOf(type)}\r\n\r\n`)
    pieces.push(Buffer.from(textOf(bytes), 'latin1'))
    say('\r\n')
  }
  say(`--${boundary}--\r\n`)
  return Buffer.concat(pieces)
}

/** JSON with raw text in the place of what stands at some pointers; what stands nowhere yet is added to its object. */
function rendered(value: unknown, edits: Of<'json'>[], at = ''): string {
  const own = edits.find(({ pointer }) => pointer === at)
  if (own) return textOf(own.as)
  if (Array.isArray(value))
    return `[${value.map((each, index) => rendered(each, edits, `${at}/${index}`)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const names = new Set(Object.keys(value))
  for (const { pointer } of edits) {
    const rest = pointer.startsWith(`${at}/`) ? pointer.slice(at.length + 1) : ''
    if (rest !== '' && !rest.includes('/')) names.add(rest)
  }
  const members = [...names].map(
    name =>
      `${JSON.stringify(name)}:${rendered((value as Record<string, unknown>)[name], edits, `${at}/${name}`)}`,
  )
  return `{${members.join(',')}}`
}

function framed(
  method: string,
  target: string,
  headers: Pairs,
  body: Buffer | undefined,
  trick?: Trick,
): Sent {
  const lines = headers.map(([name, value]) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`)
  const chunk = (text: Buffer) =>
    Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), text, Buffer.from('\r\n')])
  const length = `content-length: ${body?.length ?? 0}`
  const say = (first: string, more: string[], ...rest: Buffer[]): Buffer =>
    Buffer.concat([bytesOf(`${first}\r\n${more.join('\r\n')}\r\n\r\n`), ...rest])
  const first = `${method} ${target} HTTP/1.1`
  const sent = body ?? Buffer.alloc(0)
  const whole = (more: string[], ...rest: Buffer[]) => ({
    pieces: [say(first, more, ...rest)],
    method,
    fresh: true,
  })
  switch (trick) {
    case undefined:
      return { pieces: [say(first, body ? [...lines, length] : lines, sent)], method }
    case 'chunked': {
      const half = Math.ceil(sent.length / 2)
      return whole(
        [...lines, 'transfer-encoding: chunked'],
        ...[sent.subarray(0, half), sent.subarray(half)].filter(each => each.length > 0).map(chunk),
        Buffer.from('0\r\n\r\n'),
      )
    }
    case 'cut':
      return { ...whole([...lines, `content-length: ${sent.length + 10}`], sent), closes: true }
    case 'short-length':
      return { ...whole([...lines, `content-length: ${Math.floor(sent.length / 2)}`], sent), closes: true }
    case 'two-lengths':
      return whole([...lines, length, `content-length: ${sent.length + 1}`], sent)
    case 'length-and-chunks':
      return whole([...lines, length, 'transfer-encoding: chunked'], chunk(sent), Buffer.from('0\r\n\r\n'))
    case 'bad-chunk':
      return whole([...lines, 'transfer-encoding: chunked'], Buffer.from('zz\r\nabc\r\n'))
    case 'bytewise': {
      const bytes = say(first, body ? [...lines, length] : lines, sent)
      const size = Math.max(1, Math.ceil(bytes.length / 8))
      return {
        pieces: Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
          bytes.subarray(at * size, (at + 1) * size),
        ),
        method,
        fresh: true,
      }
    }
    case 'expect':
      return whole([...lines, length, 'expect: 100-continue'], sent)
    case 'old-http':
      return { pieces: [say(`${method} ${target} HTTP/1.0`, [...lines, length], sent)], method, fresh: true }
    case 'no-host':
      return whole([...lines.filter(line => !line.startsWith('host:')), length], sent)
    case 'two-hosts':
      return whole([...lines, 'host: other.test', length], sent)
    case 'absolute':
      return {
        pieces: [say(`${method} http://other.test${target} HTTP/1.1`, [...lines, length], sent)],
        method,
        fresh: true,
      }
    case 'bare-line-feed':
      return { pieces: [Buffer.from(`${first}\n${lines.join('\n')}\n\n`)], method, fresh: true, closes: true }
    case 'many-headers':
      return whole([...lines, length, ...Array.from({ length: 400 }, (_, at) => `x-many-${at}: ${at}`)], sent)
    case 'long-header':
      return whole([...lines, length, `x-long: ${'x'.repeat(40_000)}`], sent)
    case 'no-such-method':
      return { pieces: [say(`FUZZ ${target} HTTP/1.1`, [...lines, length], sent)], method, fresh: true }
  }
}
