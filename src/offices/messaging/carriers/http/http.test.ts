import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { describedSettings, hotSmsSettings } from '../settings.ts'
import { httpCarrier } from './carrier.ts'

type Asked = {
  method: string
  path: string
  fields: Record<string, string>
  headers: IncomingMessage['headers']
}
let asked: Asked[] = []
let answer: (response: ServerResponse, request: Asked) => void = response => response.end('1001')

const gateway = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://gateway')
  const json = request.headers['content-type']?.includes('json')
  const fields = json ? JSON.parse(body) : Object.fromEntries([...searchParams, ...new URLSearchParams(body)])
  const one = { method: request.method ?? '', path: pathname, fields, headers: request.headers }
  asked.push(one)
  answer(response, one)
})
await new Promise<void>(resolve => gateway.listen(0, '127.0.0.1', () => resolve()))
afterAll(() => gateway.close())
const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`

const secret = { user: 'dura', password: 'p&ss=1', token: '', hook: '' }
const message = (text: string) =>
  ({ messageId: 'message-1', channel: 'sms', to: '+970599123456', text }) as const
const hot = httpCarrier(
  hotSmsSettings.parse({ shape: 'hotsms', url, sender: 'Dura', answerSeconds: 1 }),
  secret,
)

function answering(how: typeof answer) {
  asked = []
  answer = how
}

describe('HotSMS', () => {
  test('is asked by POST as it wants it: no plus, type 2 for Arabic and 0 for Latin, a password and no empty token', async () => {
    answering(response => response.end('1001_8812'))
    expect(await hot.send(message('مرحبا & أهلا'))).toEqual({ outcome: 'accepted', refs: ['8812'] })
    await hot.send(message('Hello'))
    expect(asked.map(({ method, path, fields }) => [method, path, fields])).toEqual([
      [
        'POST',
        '/sendbulksms.php',
        {
          user_name: 'dura',
          user_pass: 'p&ss=1',
          sender: 'Dura',
          mobile: '970599123456',
          type: '2',
          text: 'مرحبا & أهلا',
        },
      ],
      ['POST', '/sendbulksms.php', expect.objectContaining({ type: '0', text: 'Hello' })],
    ])
  })

  test('may be asked with a token in place of a log-in', async () => {
    answering(response => response.end('1001'))
    const settings = hotSmsSettings.parse({ shape: 'hotsms', url, sender: 'Dura' })
    const tokens = httpCarrier(settings, { ...secret, user: '', password: '', token: 'T1' })
    expect(await tokens.send(message('Hi'))).toEqual({ outcome: 'accepted', refs: [] })
    expect(asked[0]?.fields).toEqual({
      api_token: 'T1',
      sender: 'Dura',
      mobile: '970599123456',
      type: '0',
      text: 'Hi',
    })
  })

  test.each([
    ['1000', 'no-credit'],
    ['10000', 'not-authorised'],
    ['15000', 'switched-off'],
  ])('answers %s: surely not sent, %s', async (code, failure) => {
    answering(response => response.end(`${code}\n`))
    expect(await hot.send(message('Hi'))).toEqual({
      outcome: 'refused',
      failure,
      cause: 'carrier',
      detail: code,
    })
  })

  test('tells what is left, and is down when it lets nobody in or nothing is left', async () => {
    answering(response => response.end('4211'))
    expect([await hot.balance?.(), await hot.check()]).toEqual([4211, { up: true }])
    expect(asked.map(({ path }) => path)).toEqual(['/getbalance.php', '/getbalance.php'])
    answering(response => response.end('-1'))
    expect([await hot.balance?.(), await hot.check()]).toMatchObject([
      undefined,
      { up: false, reason: 'not-authorised' },
    ])
    answering(response => response.end('0'))
    expect(await hot.check()).toMatchObject({ up: false, reason: 'no-credit' })
  })
})

describe('an answer that is none', () => {
  test('leaves a text uncertain: lost, late, of another language, or a fault behind the gateway', async () => {
    const outcomes = []
    for (const how of [
      (response: ServerResponse) => response.destroy(),
      () => {},
      (response: ServerResponse) => response.end('<html>Welcome</html>'),
      (response: ServerResponse) => response.writeHead(502).end('Bad gateway'),
    ]) {
      answering(how)
      outcomes.push(await hot.send(message('Hi')))
    }
    expect(outcomes).toMatchObject([
      { outcome: 'uncertain', failure: 'answer-lost' },
      { outcome: 'uncertain', failure: 'answer-lost', detail: 'TimeoutError' },
      { outcome: 'uncertain', failure: 'answer-unknown', detail: '<html>Welcome</html>' },
      { outcome: 'uncertain', failure: 'answer-unknown', detail: 'HTTP 502' },
    ])
    expect(asked).toHaveLength(1)
  })

  test('but surely sent nothing where nobody is there, we are not let in, or it moved away', async () => {
    const outcomes = []
    for (const [status, headers] of [
      [503, {}],
      [429, {}],
      [401, {}],
      [302, { location: 'http://elsewhere.test/' }],
    ] as const) {
      answering(response => response.writeHead(status, headers).end())
      outcomes.push(await hot.send(message('Hi')))
    }
    const closed = createServer()
    await new Promise<void>(resolve => closed.listen(0, '127.0.0.1', () => resolve()))
    const { port } = closed.address() as AddressInfo
    await new Promise(resolve => closed.close(resolve))
    for (const away of [`http://127.0.0.1:${port}`, 'http://127.0.0.1:6000', 'http://nobody.invalid']) {
      const settings = hotSmsSettings.parse({ shape: 'hotsms', url: away, sender: 'Dura' })
      outcomes.push(await httpCarrier(settings, secret).send(message('Hi')))
    }
    expect(outcomes.map(each => each.outcome === 'refused' && [each.failure, each.cause])).toEqual([
      ['carrier-trouble', 'carrier'],
      ['throttled', 'throttled'],
      ['not-authorised', 'carrier'],
      ['carrier-trouble', 'carrier'],
      ['no-connection', 'carrier'],
      ['no-connection', 'carrier'],
      ['no-connection', 'carrier'],
    ])
  })

  test('of any length is read only as far as an answer goes', async () => {
    answering(response => {
      const more = () => response.write('x'.repeat(65_536), () => response.writable && more())
      response.on('close', () => response.end())
      more()
    })
    expect(await hot.send(message('Hi'))).toMatchObject({ outcome: 'uncertain', failure: 'answer-unknown' })
  })
})

test('a gateway of JSON is asked and understood as its settings describe it', async () => {
  const settings = describedSettings.parse({
    shape: 'described',
    url: `${url}/v1/messages`,
    sender: 'Dura',
    body: 'json',
    number: 'plus',
    headers: { authorization: 'Bearer {token}' },
    fields: { to: '{to}', from: '{sender}', body: '{text}', reference: '{id}', coding: '{type}' },
    types: { latin: 'gsm', arabic: 'unicode' },
    answers: {
      at: 'status',
      accepted: ['queued'],
      refused: { 'bad-number': 'wrong-number' },
      ref: 'data.id',
    },
    balance: { url: `${url}/v1/balance`, fields: {}, at: 'credit' },
  })
  const carrier = httpCarrier(settings, { ...secret, token: 'T1' })
  answering(response => response.end(JSON.stringify({ status: 'queued', data: { id: 17 } })))
  expect(await carrier.send(message('{to} $& مرحبا'))).toEqual({ outcome: 'accepted', refs: ['17'] })
  expect(asked[0]).toMatchObject({
    method: 'POST',
    headers: { authorization: 'Bearer T1', 'content-type': 'application/json' },
    fields: {
      to: '+970599123456',
      from: 'Dura',
      body: '{to} $& مرحبا',
      reference: 'message-1',
      coding: 'unicode',
    },
  })
  answering(response => response.end(JSON.stringify({ status: 'bad-number' })))
  expect(await carrier.send(message('Hi'))).toMatchObject({ failure: 'wrong-number', cause: 'message' })
  answering(response => response.writeHead(400).end('{'))
  expect(await carrier.send(message('Hi'))).toMatchObject({ outcome: 'refused', failure: 'carrier-refused' })
})
