/** Names whose value is never logged, whatever it is; compared without case, dashes and underscores, also as the end of a longer name. */
const hiddenNames =
  /^(pin|code|codes|name|names|email|mail|to|from|text|body|answers|typed|fields|files|params|parameters|query|values|headers|address|birth|birthdate|idnumber|nationalid|passport|phone|mobile|telephone|payload|personal|input|cookie|cookies|authorization|search|url|href|ip|detail|where|hint|internalquery)$|(password|passwd|secret|token|totp|apikey|cookie|pinhash|recoverycode|nationalid|idnumber|phone|mobile|firstname|fathername|grandfathername|familyname|mothername|displayname|email|privatekey|credential|authorization)s?$/

/** What our own events say under such names: a code of an error, a word for a thing. */
const isWord = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^[a-z0-9]+([-_.][a-z0-9]+)*$/i.test(value))
const wordNames = new Set(['code', 'name'])

const hidden = '[hidden]'
const deepest = 6
const longest = 4000

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A text without what could tell who somebody is, or let anybody in: numbers, tokens, what stands in addresses behind `?` and before `@`. */
export function redactText(text: string): string {
  return (
    text
      .slice(0, longest)
      // What moves a terminal's cursor, turns its text round or ends a line in some reader of logs.
      .replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ')
      .replace(/:\/\/[^\s/@]*@/g, '://…@')
      .replace(/\b(bearer|basic)\s+\S+/gi, '$1 [hidden]')
      .replace(/([?&;][^\s=&;?#]{1,40})=[^\s&;#"']+/g, '$1=[hidden]')
      .replace(/[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[^\s@<>"'(),;:]+/g, '[mail]')
      // Identity numbers and telephones, also in groups and in Arabic digits; dates, instants and ids of rows stay.
      .replace(/(?<![\w.-])\+?[0-9٠-٩۰-۹](?:[ \-\u00a0\u200e\u200f]?[0-9٠-٩۰-۹]){6,}(?![\w.-])/g, found =>
        /^\d{4}-\d{2}-\d{2}$/.test(found) || uuid.test(found) ? found : '[number]',
      )
      .replace(/(?<![\w-])[\w-]{20,}(?![\w-])/g, found =>
        uuid.test(found) || !/[A-Z0-9]/.test(found) ? found : '[token]',
      )
  )
}

type Told = { code?: unknown; severity?: unknown }

/** Messages of these carry a piece of what was read: a value PostgreSQL could not take, the text that was no JSON. */
const quotesInput = (error: Error) =>
  error instanceof SyntaxError || ('severity' in error && /^22/.test(String((error as Told).code)))

/** From the first quotation mark to the last. */
function withoutQuoted(message: string): string {
  const from = message.search(/["'«]/)
  const to = Math.max(message.lastIndexOf('"'), message.lastIndexOf("'"), message.lastIndexOf('»'))
  return from < 0 || to <= from ? message : `${message.slice(0, from)}[value]${message.slice(to + 1)}`
}

function ofError(error: Error) {
  const message = redactText(quotesInput(error) ? withoutQuoted(error.message) : error.message)
  // The frames name our code; what stands before them is the message again, and may go over lines.
  const frames = (error.stack ?? '').split('\n').filter(line => /^ {4}at /.test(line))
  const code = (error as Told).code
  return {
    type: error.name,
    ...(isWord(code) && { code }),
    message,
    stack: [message, ...frames].join('\n'),
  }
}

/** Anything that is to be logged, without what may not be: by its name, by what it looks like, and never deeper than an event needs. */
export function redact(value: unknown, depth = 0, seen: Set<object> = new Set()): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'bigint') return redactText(String(value))
  if (typeof value === 'number') return Math.abs(value) >= 1e7 && !isInstant(value) ? '[number]' : value
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]'
  if (value instanceof Error) return ofError(value)
  if (depth >= deepest || seen.has(value)) return '[…]'
  const within = new Set(seen).add(value)
  const deeper = (each: unknown) => redact(each, depth + 1, within)
  if (Array.isArray(value) || value instanceof Set) return [...value].slice(0, 50).map(deeper)
  if (value instanceof Map) return redact(Object.fromEntries(value), depth, seen)
  // What wraps its parts (a request, headers, an address) shows them to nobody.
  const plain = Object.getPrototypeOf(value)
  if (plain !== Object.prototype && plain !== null) return `[${value.constructor?.name ?? 'object'}]`
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 50)
      .map(([name, each]) => [redactText(name), isHidden(name, each) ? hidden : deeper(each)]),
  )
}

function isHidden(name: string, value: unknown): boolean {
  const bare = name.toLowerCase().replace(/[-_]/g, '')
  if (!hiddenNames.test(bare) || value === undefined || value === null) return false
  return !(wordNames.has(bare) && isWord(value) && String(value).length < 40 && !/\d{4,}/.test(String(value)))
}

/** Milliseconds since 1970 of our time, which are no telephone. */
const isInstant = (value: number) => value > 1.5e12 && value < 2.5e12
