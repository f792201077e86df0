import type { Documented } from './document.ts'
import { faultOfHtml } from './html.ts'
import type { Input } from './input.ts'
import { type Came, NoAnswer } from './wire.ts'
import { headMark, tagMark } from './words.ts'

/** The route as declared, as far as the judge needs it. */
export type Declared = { method: string; pattern: string; audit: 'act' | 'look' | 'nothing' }

/** What every answer of a page may be; of the API the document says it. */
const pageStatus = {
  get: new Set([200, 204, 302, 303, 304, 400, 401, 403, 404, 409, 410, 413, 416, 422, 429]),
  post: new Set([200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429]),
}

/** Rows a call may leave though it was refused: what was typed waits for a log-in, tries are counted, a refusal is written down. */
const keptThoughRefused =
  /^(session|api_key|parked_form|audit|look|citizen_login|log_in_failure):|^(staff|short_link|log_in_code):UPDATE$/

/** Rows that are a record themselves: what came in and went out. */
const ownRecord = /^(incoming_|message|idempotency:|visit)/

/** What a page writes that an act shows again, refused or half filled in: that a task was seen, its letters read, and who stands at the window. */
const shownAgain: readonly [RegExp, readonly string[]][] = [
  [/^\/office\/requests\//, ['task:UPDATE', 'letter:UPDATE']],
  [/^\/my\/requests\//, ['letter:UPDATE', 'request:UPDATE']],
  [/^\/counter\//, ['visit:UPDATE']],
]

/** Rows that no page wrote that was only shown; a request is marked as read together with its letters. */
function besidesShown(rows: readonly string[], { pattern }: Pick<Declared, 'pattern'>): string[] {
  const shown = shownAgain.flatMap(([at, each]) => (at.test(pattern) ? each : []))
  const read = shown.includes('letter:UPDATE') && rows.includes('letter:UPDATE') ? ['request:UPDATE'] : []
  return rows.filter(each => !shown.includes(each) && !read.includes(each))
}

const stack =
  /\bat [\w.<>]+ \((?:file:|\/|node:)|node:internal|node_modules|\/dist\/run|\.tsx?:\d+:\d+|(?:syntax error at or near|violates (?:check|foreign|unique|not-null)|invalid input syntax for|row-level security policy|relation "\w+")/

const needed = {
  all: [
    'x-content-type-options',
    'cross-origin-resource-policy',
    'cache-control',
    'referrer-policy',
    'content-security-policy',
  ],
  page: ['cross-origin-opener-policy', 'permissions-policy'],
}

/** Everything that is wrong with an answer; nothing when it is as it should be. */
export function faultsOf(input: Input, came: Came, route: Declared | undefined, api: Documented): string[] {
  const faults: string[] = []
  const of = (name: string) => came.headers.find(each => each[0] === name)?.[1]
  const { status } = came
  const wire = input.edits.some(({ at }) => at === 'wire')
  // What is no HTTP is refused before it is a call: a bare word, and the line is closed.
  if (
    came.body.length === 0 &&
    [400, 408, 413, 414, 417, 431, 501, 505].includes(status) &&
    !of('content-type')
  ) {
    return wire || status !== 501 ? [] : ['501 without a word']
  }
  const type = of('content-type') ?? ''
  const text = came.body.toString('utf8')
  if (status >= 500) faults.push(`answers ${status}: ${plainly(text)}`)
  else if (input.route.startsWith('/api/') && !wire) faults.push(...api.faultsOf(input, status, type, text))
  else if (!pageStatus[input.method === 'get' ? 'get' : 'post'].has(status))
    faults.push(`answers ${status}, which nothing says`)
  for (const name of needed.all) if (of(name) === undefined) faults.push(`has no ${name}`)
  if (input.method === 'head') return faults
  if (type.startsWith('text/html')) {
    for (const name of needed.page) if (of(name) === undefined) faults.push(`has no ${name}`)
    if (text.includes(tagMark)) faults.push(`what was typed is a tag: ${around(text, tagMark)}`)
    const fault = faultOfHtml(text)
    if (fault) faults.push(`no HTML: ${fault}`)
  } else if (/\bjson\b/.test(type) && came.body.length > 0) {
    try {
      JSON.parse(text)
    } catch {
      faults.push(`no JSON: ${text.slice(0, 100)}`)
    }
  } else if (text.startsWith('<') && !/^(text\/plain|text\/csv|application\/|image\/svg)/.test(type)) {
    faults.push(`a page of the type ${type}`)
  }
  if (/^(text|application\/(problem\+)?json)/.test(type)) {
    const said = stack.exec(text)
    if (said && !input.route.includes('designer'))
      faults.push(`tells of the inside: ${around(text, said[0])}`)
  }
  if (came.headers.some(([name]) => name === headMark)) faults.push('what was typed is a header')
  const location = of('location')
  if (location !== undefined && !isOurs(location)) faults.push(`leads to ${location.slice(0, 200)}`)
  faults.push(...faultsOfRows(status, of('x-wrote'), route))
  return faults
}

/** A refusal leaves nothing behind; an act that changed something says so in the record. */
function faultsOfRows(status: number, wrote: string | undefined, route: Declared | undefined): string[] {
  if (!wrote) return []
  const rows = wrote.split(' ')
  if (status >= 400) {
    const left = besidesShown(rows, route ?? { pattern: '' }).filter(each => !keptThoughRefused.test(each))
    return left.length > 0 ? [`refused with ${status}, and wrote ${left.join(' ')}`] : []
  }
  const written = status === 200 ? besidesShown(rows, route ?? { pattern: '' }) : rows
  const own = written.filter(each => !keptThoughRefused.test(each) && !ownRecord.test(each))
  if (route?.audit === 'act' && own.length > 0 && !rows.includes('audit:INSERT'))
    return [`wrote ${own.join(' ')} and nothing in the record`]
  return []
}

const isOurs = (location: string): boolean =>
  (location.startsWith('/') && !/^\/[/\\]/.test(location)) ||
  /^http:\/\/(127\.0\.0\.1|localhost|town\.test|bank\.test)[:/]/.test(location)

/** What is wrong with getting no answer; where the wire itself was broken, a closed line is one. */
export function faultOfSilence(input: Input, error: unknown): string | undefined {
  if (!(error instanceof NoAnswer)) return String(error)
  const broken = input.edits.some(each => each.at === 'wire')
  return broken && error.why === 'closed' ? undefined : `no answer, ${error.message}`
}

const around = (text: string, mark: string): string => {
  const at = text.indexOf(mark)
  return text.slice(Math.max(0, at - 60), at + 80)
}
const plainly = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 160)
