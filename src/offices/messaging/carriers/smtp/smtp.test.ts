import type { AddressInfo, Server, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, expect, test } from 'vitest'
import { smtpSettings } from '../settings.ts'
import { smtpCarrier } from './carrier.ts'

const secret = { user: 'window', password: 'secret', token: '', hook: '' }

/** A mail server; `cut` drops its lines in the middle of a word. */
async function aMailServer(given: (cut: () => void) => Partial<SMTPServerOptions> = () => ({})) {
  const lines = new Set<Socket>()
  const options = given(() => {
    for (const line of lines) line.destroy()
  })
  const letters: { from: string; to: string[]; raw: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'window' && password === 'secret'
        ? done(null, { user: username })
        : done(new Error('who are you')),
    onData: (stream, session, done) => {
      let raw = ''
      stream.on('data', piece => {
        raw += piece
      })
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw,
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening: Server = server.listen(0, '127.0.0.1')
  listening.on('connection', line => lines.add(line))
  await new Promise<void>(resolve => listening.once('listening', () => resolve()))
  afterAll(() => new Promise<void>(resolve => server.close(() => resolve())))
  const settings = smtpSettings.parse({
    host: '127.0.0.1',
    port: (listening.address() as AddressInfo).port,
    tls: 'none',
    from: 'window@dura.test',
    fromName: 'بلدية دورا',
    answerSeconds: 2,
  })
  return { letters, carrier: smtpCarrier(settings, secret), settings }
}

const message = (text: string, more: { to?: string; subject?: string } = {}) => ({
  ...({
    messageId: '019d-1',
    channel: 'email',
    to: 'person@example.test',
    subject: 'طلبك 12/2026',
    text,
  } as const),
  ...more,
})
/** What a header says, its words decoded. */
const decoded = (raw: string, header: string) => {
  const line = new RegExp(`^${header}: (.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(raw)?.[1] ?? ''
  return line
    .replace(/\r?\n[ \t]/g, '')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
}

test('a letter arrives with its sender, subject, our id, and its words as text and as paragraphs of their own direction', async () => {
  const { letters, carrier } = await aMailServer()
  expect(await carrier.send(message('تم استلام طلبك.\n\nDura <Municipality>'))).toEqual({
    outcome: 'accepted',
    refs: ['<019d-1@dura.test>'],
  })
  const [letter] = letters
  expect(letter).toMatchObject({ from: 'window@dura.test', to: ['person@example.test'] })
  const raw = letter?.raw ?? ''
  expect(decoded(raw, 'Subject')).toBe('طلبك 12/2026')
  expect(decoded(raw, 'From')).toContain('<window@dura.test>')
  expect(raw).toContain('Message-ID: <019d-1@dura.test>')
  expect(raw).toContain('Auto-Submitted: auto-generated')
  const bodies = [...raw.matchAll(/base64\r?\n(?:[\w-]+:.*\r?\n)*\r?\n([\s\S]*?)\r?\n-/g)].map(
    ([, body = '']) => Buffer.from(body, 'base64').toString('utf8'),
  )
  expect(bodies[0]).toBe('تم استلام طلبك.\n\nDura <Municipality>')
  expect(bodies[1]).toBe('<p dir="auto">تم استلام طلبك.</p><p dir="auto">Dura &lt;Municipality&gt;</p>')
})

test('a subject or an address cannot bring headers or other readers with it', async () => {
  const { letters, carrier } = await aMailServer()
  await carrier.send(message('Hi', { subject: 'One\r\nBcc: other@example.test' }))
  await carrier.send(message('Hi', { to: 'person@example.test, other@example.test' }))
  await carrier.send(message('Hi', { to: 'person@example.test\r\nRCPT TO:<other@example.test>' }))
  expect(letters.flatMap(({ to }) => to).filter(to => to.startsWith('other'))).toEqual([])
  expect(letters.some(({ raw }) => /^Bcc:/im.test(raw))).toBe(false)
})

test('a server that refuses says whether it is about the letter, about us, or for now', async () => {
  const refusing = (responseCode: number) => Object.assign(new Error('no'), { responseCode })
  const servers = await Promise.all([
    aMailServer(() => ({ onRcptTo: (_to, _session, done) => done(refusing(550)) })),
    aMailServer(() => ({ onRcptTo: (_to, _session, done) => done(refusing(450)) })),
    aMailServer(() => ({ onMailFrom: (_from, _session, done) => done(refusing(451)) })),
    aMailServer(() => ({ onMailFrom: (_from, _session, done) => done(refusing(553)) })),
    aMailServer(() => ({
      onData: (stream, _session, done) => {
        stream.resume()
        stream.on('end', () => done(refusing(552)))
      },
    })),
    aMailServer(() => ({ onAuth: (_auth, _session, done) => done(refusing(535)) })),
  ])
  const outcomes = await Promise.all(servers.map(({ carrier }) => carrier.send(message('Hi'))))
  expect(outcomes.map(each => each.outcome === 'refused' && [each.failure, each.cause])).toEqual([
    ['wrong-address', 'message'],
    ['undeliverable', 'later'],
    ['throttled', 'throttled'],
    ['sender-refused', 'carrier'],
    ['message-refused', 'message'],
    ['not-authorised', 'carrier'],
  ])
  const [open, shut] = [servers[0], servers.at(-1)]
  expect(await open?.carrier.check()).toEqual({ up: true })
  expect(await shut?.carrier.check()).toMatchObject({ up: false, reason: 'not-authorised' })
})

test.each([
  ['full', 452, '4.2.2 Mailbox full', 'later'],
  ['asked to come again', 451, '4.7.1 Greylisted', 'later'],
  ['full, without a status', 452, 'too many messages', 'later'],
  ['of a server without room', 452, '4.3.1 Insufficient system storage', 'throttled'],
  ['of a busy server', 451, '4.3.2 Server busy', 'throttled'],
  ['of a busy server, without a status', 451, 'busy', 'throttled'],
])('a letter box that is %s is told from the server', async (_what, responseCode, words, cause) => {
  const refusal = Object.assign(new Error(words), { responseCode })
  const { carrier } = await aMailServer(() => ({ onRcptTo: (_to, _session, done) => done(refusal) }))
  expect(await carrier.send(message('Hi'))).toMatchObject({ outcome: 'refused', cause })
})

test('a server that is busy once it has the words is not the fault of the letter box', async () => {
  const { carrier } = await aMailServer(() => ({
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done(Object.assign(new Error('4.2.2 full'), { responseCode: 452 })))
    },
  }))
  expect(await carrier.send(message('Hi'))).toMatchObject({ outcome: 'refused', cause: 'throttled' })
})

test('a line lost before the words were sent sent nothing; one lost after them leaves the letter uncertain', async () => {
  const before = await aMailServer(cut => ({ onRcptTo: cut }))
  const after = await aMailServer(cut => ({
    onData: stream => {
      stream.resume()
      stream.on('end', cut)
    },
  }))
  const silent = await aMailServer(() => ({ onData: stream => void stream.resume() }))
  expect(await before.carrier.send(message('Hi'))).toMatchObject({
    outcome: 'refused',
    failure: 'no-connection',
  })
  expect(await after.carrier.send(message('Hi'))).toMatchObject({
    outcome: 'uncertain',
    failure: 'answer-lost',
  })
  expect(await silent.carrier.send(message('Hi'))).toMatchObject({
    outcome: 'uncertain',
    failure: 'answer-lost',
  })
  const nobody = smtpCarrier({ ...before.settings, port: 1 }, secret)
  expect(await nobody.send(message('Hi'))).toMatchObject({ outcome: 'refused', failure: 'no-connection' })
  expect(await nobody.check()).toMatchObject({ up: false, reason: 'no-connection' })
})

test('a server that cannot be spoken to secretly gets nothing where that was asked for', async () => {
  const { letters, settings } = await aMailServer()
  const careful = smtpCarrier({ ...settings, tls: 'starttls' }, secret)
  expect(await careful.send(message('Hi'))).toMatchObject({ outcome: 'refused', cause: 'carrier' })
  expect(letters).toEqual([])
})
