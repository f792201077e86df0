import type { Base, Edit, Trick } from './input.ts'
import { bodyTypes, fileBytes, fileNames, rawJson, rawPercents } from './raw.ts'
import { aWord, type Chance } from './words.ts'

/** One place of something that can be sent, counted by name: a field, a name after the address, a part of a body. */
export type Target = { at: 'field' | 'query' | 'path' | 'json' | 'file'; name: string }

const tricks: readonly Trick[] = [
  'chunked',
  'cut',
  'short-length',
  'two-lengths',
  'length-and-chunks',
  'bad-chunk',
  'bytewise',
  'expect',
  'old-http',
  'no-host',
  'two-hosts',
  'absolute',
  'bare-line-feed',
  'many-headers',
  'long-header',
  'no-such-method',
]

const headerNames = [
  'accept',
  'accept-language',
  'accept-encoding',
  'content-type',
  'origin',
  'referer',
  'sec-fetch-site',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'if-none-match',
  'if-modified-since',
  'range',
  'user-agent',
  'authorization',
  'idempotency-key',
  'last-event-id',
  'host',
  'upgrade',
  'connection',
  'tus-resumable',
  'upload-length',
  'upload-offset',
  'upload-metadata',
  'x-http-method-override',
  'traceparent',
]
const cookieNames = [
  'shubbak_session',
  'shubbak_flash',
  'shubbak_locale',
  'shubbak_known',
  'x',
  '__proto__',
  '',
]

/** Every place of a thing that can be sent which has a name of its own. */
export function targetsOf(base: Base): Target[] {
  const found = new Map<string, Target>()
  const add = (at: Target['at'], name: string) => found.set(`${at} ${name}`, { at, name })
  for (const [name] of base.fields ?? []) add('field', name)
  for (const [name] of base.query ?? []) add('query', name)
  for (const name of base.files ?? []) add('file', name)
  for (const pointer of pointersOf(base.json)) add('json', pointer)
  base.route.split('/').forEach((part, at) => {
    if (part.startsWith(':')) add('path', String(at))
  })
  return [...found.values()]
}

function pointersOf(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return at === '' ? [] : [at]
  const inner = Object.entries(value).flatMap(([name, each]) => pointersOf(each, `${at}/${name}`))
  return at === '' ? inner : [at, ...inner]
}

/** A name with numbers and ids taken out: the lines of a list are one field. */
export const nameOf = ({ at, name }: Target, { route }: Base): string =>
  at === 'path'
    ? `path ${route.split('/')[Number(name)]}`
    : `${at} ${name.replace(/\{\{[^}]+\}\}|[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\d+/g, '#')}`

/** What a place may be broken with. */
export function editOf(chance: Chance, { at, name }: Target, ids: readonly string[]): Edit {
  const anId = () => `{{${chance.pick(ids)}}}`
  const word = () => (ids.length > 0 && chance.next() < 0.06 ? anId() : aWord(chance))
  switch (at) {
    case 'field':
    case 'query': {
      const way = chance.next()
      if (way < 0.07) return { at, name, as: null }
      if (way < 0.14) return { at, name, as: [word(), word()] }
      if (way < 0.2) return { at, name, as: chance.pick(rawPercents), raw: true }
      return { at, name, as: word() }
    }
    case 'path':
      return chance.next() < 0.2
        ? { at, part: Number(name), as: chance.pick(rawPercents), raw: true }
        : { at, part: Number(name), as: word() }
    case 'json': {
      if (chance.next() < 0.45) return { at, pointer: name, as: chance.pick(rawJson) }
      const text = word()
      // A text as JSON writes it; a long one is of letters that need no escape, or is left out of its quotes.
      return {
        at,
        pointer: name,
        as: typeof text === 'string' ? JSON.stringify(text) : { repeat: `"${'x'.repeat(50)}",`, times: 400 },
      }
    }
    case 'file':
      return {
        at,
        name,
        fileName: chance.pick(fileNames),
        type: chance.pick(bodyTypes),
        bytes: chance.pick(fileBytes),
      }
  }
}

/** Something broken around what is sent: headers, cookies, the body as a whole, the wire, names nobody asks for. */
export function strayEdit(chance: Chance, base: Base): Edit {
  const way = chance.next()
  const sends = base.method !== 'get' && base.method !== 'head'
  if (way < 0.3) return { at: 'header', name: chance.pick(headerNames), as: aWord(chance) }
  if (way < 0.45) return { at: 'cookie', name: chance.pick(cookieNames), as: aWord(chance) }
  if (way < 0.6) return { at: 'wire', trick: chance.pick(tricks) }
  if (way < 0.75 || !sends) {
    const name = chance.pick([
      'lang',
      'q',
      'then',
      'page',
      'cursor',
      'from',
      'to',
      'format',
      'parked',
      '__proto__',
      '',
      'year',
      'month',
      'after',
      'limit',
      'state',
    ])
    return chance.next() < 0.3
      ? { at: 'query', name, as: chance.pick(rawPercents), raw: true }
      : { at: 'query', name, as: aWord(chance) }
  }
  if (way < 0.85 && base.json === undefined) {
    const name = chance.pick([
      '_key',
      '_place',
      '__proto__',
      'constructor',
      '',
      'toString',
      'then',
      '_verb',
      'x'.repeat(3_000),
    ])
    return { at: 'field', name, as: chance.next() < 0.3 ? [aWord(chance), aWord(chance)] : aWord(chance) }
  }
  return chance.next() < 0.5
    ? { at: 'body', type: chance.pick(bodyTypes) }
    : { at: 'body', as: base.json === undefined ? aWord(chance) : chance.pick(rawJson) }
}
