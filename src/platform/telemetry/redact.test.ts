import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openLog } from './log.ts'
import { redactText } from './redact.ts'

function lines(write: (log: ReturnType<typeof openLog>) => void): string[] {
  const written: string[] = []
  write(openLog('trace', { write: line => void written.push(line) }))
  return written
}

const digits = (from: number, to: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: from, maxLength: to })
const arabic = (text: string) => text.replace(/\d/g, digit => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '')
const grouped = (text: string, by: string) => text.replace(/(\d{3})(?=\d)/g, `$1${by}`)

/** A number of a person, in the ways people and programs write it. */
const personal = fc
  .tuple(digits(9, 12), fc.constantFrom('', '+'), fc.nat(4))
  .map(
    ([number, plus, how]) =>
      [number, `${plus}${number}`, arabic(number), grouped(number, ' '), `+970${number.slice(0, 9)}`][how] ??
      number,
  )
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const token = fc
  .constantFrom(22, 27, 43)
  .chain(length =>
    fc
      .string({ unit: fc.constantFrom(...alphabet), minLength: length - 2, maxLength: length - 2 })
      .map(text => `A${text}9`),
  )
const secretText = fc.oneof(personal, token)
/** Words anybody may choose for a password, and names: found by the name they stand under, never by how they look. */
/** Of more than one word: a single one under `code` or `name` may be an event's own. */
const word = fc
  .string({ unit: fc.constantFrom(...'abcdefghابتثجح!? '), minLength: 6, maxLength: 20 })
  .map(text => `W ${text}w`)

const secretNames = [
  'password',
  'newPassword',
  'pin',
  'PIN',
  'token',
  'sessionToken',
  'access_token',
  'secret',
  'client_secret',
  'totpSecret',
  'code',
  'authorization',
  'Cookie',
  'set-cookie',
  'apiKey',
  'api_key',
  'nationalId',
  'id_number',
  'phone',
  'phones',
  'mobile',
  'email',
  'displayName',
  'first_name',
  'family_name',
  'motherName',
  'birth_date',
  'body',
  'text',
  'answers',
  'typed',
  'parameters',
  'values',
  'headers',
  'query',
  'url',
  'payload',
  'to',
  'detail',
]

/** Everything JSON can say of a text and everything that would show it. */
const shows = (line: string, text: string) =>
  line.includes(text) || line.includes(JSON.stringify(text).slice(1, -1)) || bare(line).includes(bare(text))
const bare = (text: string) => text.replace(/[٠-٩]/g, digit => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))

/** The ways in which something comes to be logged. */
const ways: ((secret: string) => (log: ReturnType<typeof openLog>) => void)[] = [
  secret => log => log.info(`called ${secret} again`),
  secret => log => log.warn({ what: { ever: [{ deep: secret }] } }, 'seen'),
  secret => log => log.error(new Error(`duplicate key (${secret})`)),
  secret => log =>
    log.error({ err: new Error(`no row for ${secret}`, { cause: new Error(secret) }) }, 'failed'),
  secret => log =>
    log.error(
      { err: Object.assign(new Error('refused'), { detail: `Key (x)=(${secret})`, where: secret }) },
      'x',
    ),
  secret => log =>
    log.error({
      err: Object.assign(new Error('q'), { parameters: [secret], config: { headers: { secret } } }),
    }),
  secret => log => log.info({ at: `GET /track/${secret}` }, 'opened'),
  secret => log => log.info({ at: `https://town.ps/x?t=${secret}&u=1` }, 'opened'),
  secret => log => log.info({ sent: new Map([['x', secret]]), all: new Set([secret]) }, 'x'),
  secret => log =>
    log.info({
      bytes: Buffer.from(secret),
      request: new Request('http://x/', { headers: { a: encodeURIComponent(secret) } }),
    }),
  secret => log => log.info('%s and %o', secret, { secret }),
  secret => log => log.info({ err: `${secret} is no error` }, 'x'),
  secret => log => log.debug({ [secret]: true }, 'x'),
  secret => log => log.info({ number: Number(secret.replace(/\D/g, '').slice(0, 15)) || 0 }, 'x'),
]

describe('nothing that tells who somebody is, or lets anybody in, is logged', () => {
  test('whichever way it comes', () => {
    fc.assert(
      fc.property(secretText, fc.nat(ways.length - 1), (secret, at) => {
        const [line = ''] = lines(ways[at]?.(secret) ?? (() => {}))
        expect(line).not.toBe('')
        expect(shows(line, secret)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('under a name that says so, whatever it looks like, however deep', () => {
    const nested = fc.tuple(fc.constantFrom(...secretNames), word, fc.nat(4))
    fc.assert(
      fc.property(nested, ([name, secret, depth]) => {
        let value: unknown = { [name]: secret }
        for (let n = 0; n < depth; n++) value = n % 2 ? [value] : { inner: value }
        const [line = ''] = lines(log => log.info({ value }, 'x'))
        expect(shows(line, secret)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('what a value was that PostgreSQL or JSON could not read', () => {
    const data = Object.assign(new Error('invalid input syntax for type integer: "ليلى قطب"'), {
      severity: 'ERROR',
      code: '22P02',
    })
    expect(lines(log => log.error({ err: data }, 'x'))[0]).not.toContain('ليلى')
    let broken: unknown
    try {
      JSON.parse('{"name": ليلى قطب}')
    } catch (error) {
      broken = error
    }
    expect(lines(log => log.error({ err: broken }, 'x'))[0]).not.toContain('ليلى')
    const address = 'connect postgresql://shubbak:open-sesame@db.example/x'
    expect(lines(log => log.error({ err: new Error(address) }, 'x'))[0]).not.toContain('sesame')
    expect(redactText('wrote to sami.q@example.ps today')).toBe('wrote to [mail] today')
  })
})

describe('an event is one line', () => {
  test('whatever is in it: nobody writes a line of their own', () => {
    const any = fc.string({ unit: 'binary' })
    const broken = fc
      .tuple(any, fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0085', '\u001b[2J'))
      .map(([text, end]) => `${text}${end}{"level":60,"msg":"forged"}`)
    fc.assert(
      fc.property(broken, broken, (text, name) => {
        const written = lines(log => log.error({ [name]: text, err: new Error(text) }, text))
        expect(written).toHaveLength(1)
        expect(written[0]?.slice(0, -1)).not.toMatch(/\p{Cc}/u)
        expect(JSON.parse(written[0] ?? '')).toMatchObject({ level: 50 })
      }),
    )
  })
})

describe('what an operator needs stays', () => {
  test.each([
    'request 01890000-0000-7000-8000-000000000001 took 12345 ms',
    'sealed at 2026-03-01T08:00:00.000Z, day 2026-03-01',
    'duplicate key value violates unique constraint "person_phone_municipality_id_fkey"',
    'a provider was not opened: ECONNREFUSED 127.0.0.1:2775',
  ])('%s', text => {
    expect(redactText(text)).toBe(text)
  })

  test('codes of errors, counts, and where in the program', () => {
    const error = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
    const [line = ''] = lines(log => log.error({ err: error, code: 'codes-too-many', count: 3 }, 'x'))
    expect(JSON.parse(line)).toMatchObject({
      err: { code: 'ECONNREFUSED' },
      code: 'codes-too-many',
      count: 3,
    })
    expect(line).toContain('redact.test.ts')
  })
})
