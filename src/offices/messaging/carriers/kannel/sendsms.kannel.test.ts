import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { aKannel } from '../../../../../test/builders/kannel.ts'
import { anSmsc } from '../../../../../test/builders/smsc.ts'
import { fixedClock } from '../../../../platform/clock.ts'
import { kannelSettings } from '../settings.ts'
import { kannelCarrier } from './carrier.ts'
import { readKannelReport, readKannelText } from './reports.ts'

const clock = fixedClock('2026-11-22T08:00:00Z')
const at = clock.now()
const arabic = 'تم استلام طلبكم رقم 12/2026 وسيُدرس خلال خمسة أيام عمل. '.repeat(3).slice(0, 152)

/** What Kannel calls, in its order. */
const called: { path: string; query: string; fields: Record<string, string> }[] = []
const hooks = createServer((request, answer) => {
  const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://house')
  called.push({ path: pathname, query: search, fields: Object.fromEntries(searchParams) })
  answer.end()
})
await new Promise<void>(resolve => hooks.listen(0, '127.0.0.1', () => resolve()))
afterAll(() => hooks.close())
const house = `http://127.0.0.1:${(hooks.address() as AddressInfo).port}`

const smsc = await anSmsc()
const kannel = await aKannel({ smscPort: smsc.port, incoming: `${house}/incoming` })
const settings = kannelSettings.parse({ url: kannel.url, sender: 'Dura' })
const secret = { user: kannel.user, password: kannel.password, token: '', hook: '' }
const ground = { now: clock.now, say: () => {}, reportTo: `${house}/report` }
const carrier = kannelCarrier(settings, secret, ground)

const message = (messageId: string, text: string) =>
  ({ messageId, channel: 'sms', to: '+970599123456', text }) as const
const reportsOf = (messageId: string) =>
  called
    .flatMap(({ fields }) => readKannelReport(fields, settings.hardErrors, at) ?? [])
    .filter(report => report.messageId === messageId)

test('152 Arabic letters go through Kannel as 67, 67 and 18, and each part is reported under our own id', async () => {
  const id = '019d0000-0000-7000-8000-000000000001'
  expect(await carrier.send(message(id, arabic))).toEqual({
    outcome: 'accepted',
    refs: [`${id}.1`, `${id}.2`, `${id}.3`],
  })
  await expect.poll(() => smsc.submitted.length).toBe(3)
  const parts = smsc.submitted.toSorted((one, other) => (one.udh?.[2] ?? 0) - (other.udh?.[2] ?? 0))
  expect(parts.map(part => part.text.length)).toEqual([67, 67, 18])
  expect(parts.map(part => part.text).join('')).toBe(arabic)
  await expect.poll(() => reportsOf(id).filter(({ state }) => state === 'accepted').length).toBe(3)
  const [first, second, third] = parts
  if (!first || !second || !third) throw new Error('three parts')
  await smsc.receipt(third, 'DELIVRD')
  await smsc.receipt(first, 'DELIVRD')
  await smsc.receipt(second, 'UNDELIV', '001')
  await expect.poll(() => reportsOf(id).filter(({ state }) => state !== 'accepted').length).toBe(3)
  const told = new Map(reportsOf(id).map(report => [report.ref, report]))
  expect(told.get(`${id}.1`)).toEqual({
    ref: `${id}.1`,
    messageId: id,
    to: '+970599123456',
    at,
    state: 'delivered',
  })
  expect(told.get(`${id}.2`)?.failure).toEqual({
    code: 'unknown-subscriber',
    hard: true,
    detail: 'UNDELIV 001',
  })
  expect(told.get(`${id}.3`)?.state).toBe('delivered')
})

test('Latin text keeps its signs, and a number the network does not know is reported as such', async () => {
  const id = '019d0000-0000-7000-8000-000000000002'
  smsc.submitted.length = 0
  smsc.treat(() => 0x0b)
  expect(await carrier.send(message(id, 'Request [12] {a} ~ 5€'))).toEqual({
    outcome: 'accepted',
    refs: [`${id}.1`],
  })
  await expect.poll(() => reportsOf(id).map(({ failure }) => failure?.code)).toEqual(['wrong-number'])
  expect(smsc.submitted[0]?.text).toBe('Request [12] {a} ~ 5€')
  smsc.treat(() => 'take')
})

test('what a citizen sends arrives in their own letters, with a reference of its own', async () => {
  await smsc.text('+970599000001', '1771', 'أين وصل طلبي ١٢؟')
  await smsc.text('+970599000001', '1771', 'Où est 12 + 3?')
  const texts = () =>
    called.filter(({ path }) => path === '/incoming').map(({ query }) => readKannelText(query, at))
  await expect.poll(texts).toEqual([
    { ref: expect.stringMatching(/\S+/), from: '+970599000001', to: '1771', text: 'أين وصل طلبي ١٢؟', at },
    { ref: expect.stringMatching(/\S+/), from: '+970599000001', to: '1771', text: 'Où est 12 + 3?', at },
  ])
})

test('says whether it would take a message: yes, not from you, nobody there', async () => {
  expect(await carrier.check()).toEqual({ up: true })
  const stranger = kannelCarrier(settings, { ...secret, password: 'wrong' }, ground)
  expect(await stranger.check()).toMatchObject({ up: false, reason: 'not-authorised' })
  expect(await stranger.send(message('x', 'Hi'))).toMatchObject({
    outcome: 'refused',
    failure: 'not-authorised',
  })
  await kannel.stop()
  expect(await carrier.check()).toMatchObject({ up: false, reason: 'no-connection' })
  expect(await carrier.send(message('x', 'Hi'))).toMatchObject({
    outcome: 'refused',
    failure: 'no-connection',
  })
})
