import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anSmsc, type Smsc } from '../../../../../test/builders/smsc.ts'
import { localTls } from '../../../../../test/builders/tls.ts'
import { fixedClock } from '../../../../platform/clock.ts'
import type { DeliveryReport, IncomingText, Listener, Outgoing } from '../model.ts'
import { type SmppSettings, smppSettings } from '../settings.ts'
import { smppCarrier } from './carrier.ts'

const clock = fixedClock('2026-11-22T08:00:00Z')
const secret = { user: 'dura', password: 'secret', token: '', hook: '' }
const arabic = 'تم استلام طلبكم رقم 12/2026 وسيُدرس خلال خمسة أيام عمل. '.repeat(3).slice(0, 152)

function carrierOf(smsc: Smsc, given: Partial<SmppSettings> = {}, listening: Partial<Listener> = {}) {
  const reports: DeliveryReport[] = []
  const texts: IncomingText[] = []
  const said: string[] = []
  const listener = {
    report: async (batch: DeliveryReport[]) => void reports.push(...batch),
    incoming: async (text: IncomingText) => void texts.push(text),
    ...listening,
  }
  const settings = smppSettings.parse({
    host: '127.0.0.1',
    port: smsc.port,
    sender: 'Dura',
    answerSeconds: 1,
    ...given,
  })
  const carrier = smppCarrier(settings, secret, listener, { now: clock.now, say: what => said.push(what) })
  return { carrier, reports, texts, said, [Symbol.asyncDispose]: () => carrier.close() }
}

const message = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  messageId: 'message-1',
  channel: 'sms',
  to: '+970599123456',
  text,
  ...more,
})
const firstOf = (smsc: Smsc) => {
  const [part] = smsc.submitted
  if (!part) throw new Error('nothing was submitted')
  return part
}

describe('a text handed to an SMSC', () => {
  test('of 152 Arabic letters goes as 67, 67 and 18, each with the header that joins them', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    const handed = await use.carrier.send(message(arabic))
    expect(handed).toEqual({ outcome: 'accepted', refs: ['1', '2', '3'] })
    expect(smsc.submitted.map(part => part.text.length)).toEqual([67, 67, 18])
    expect(smsc.submitted.map(part => part.udh?.slice(1))).toEqual([
      [3, 1],
      [3, 2],
      [3, 3],
    ])
    expect(new Set(smsc.submitted.map(part => part.udh?.[0])).size).toBe(1)
    expect(smsc.submitted.map(part => part.text).join('')).toBe(arabic)
    expect(smsc.submitted.every(part => part.coding === 8 && part.fields.registered_delivery === 1)).toBe(
      true,
    )
  })

  test('of any script arrives as it was, whether in parts or whole', async () => {
    const smsc = await anSmsc()
    await using inParts = carrierOf(smsc)
    await using whole = carrierOf(smsc, { long: 'payload' })
    const gsm = fc.string({ unit: fc.constantFrom(...'Aè@_€[]{}~^|\\Ωñ \n'), minLength: 1, maxLength: 400 })
    const any = fc.string({
      unit: fc.constantFrom('م', 'َ', 'é', '👨‍👩‍👧', 'a', '日', '\n'),
      minLength: 1,
      maxLength: 200,
    })
    await fc.assert(
      fc.asyncProperty(fc.oneof(gsm, any), async text => {
        for (const { carrier } of [inParts, whole]) {
          smsc.submitted.length = 0
          await carrier.send(message(text))
          expect(smsc.submitted.map(part => part.text).join('')).toBe(text)
        }
        expect(smsc.submitted).toHaveLength(1)
      }),
      { numRuns: 60 },
    )
  })

  test('names its sender as a name, a short code or a number, and the term after which it is of no use', async () => {
    const smsc = await anSmsc()
    for (const sender of ['Dura', '1771', '+970599000000']) {
      await using use = carrierOf(smsc, { sender })
      await use.carrier.send(message('Hi', { validUntil: new Date('2026-11-22T08:05:00Z') }))
    }
    expect(smsc.submitted.map(({ fields }) => [fields.source_addr, fields.source_addr_ton])).toEqual([
      ['Dura', 5],
      ['1771', 3],
      ['970599000000', 1],
    ])
    expect(firstOf(smsc).fields.validity_period).toEqual(new Date('2026-11-22T08:05:00Z'))
    expect(firstOf(smsc).to).toBe('970599123456')
  })

  test('is never under way more often than the window allows', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc, { window: 3, answerSeconds: 10 })
    smsc.treat(() => 'silence')
    const sent = Array.from({ length: 7 }, () => use.carrier.send(message('Hi')))
    await expect.poll(() => smsc.submitted.length).toBe(3)
    expect(await use.carrier.check()).toEqual({ up: true })
    expect(smsc.submitted).toHaveLength(3)
    smsc.treat(() => 'take')
    smsc.drop()
    const outcomes = (await Promise.all(sent)).map(each => each.outcome)
    expect(outcomes).toEqual([...Array(3).fill('uncertain'), ...Array(4).fill('accepted')])
  })
})

describe('an SMSC that does not take it', () => {
  test('is told by what it says: a wrong number, a wrong sender, trouble of its own', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    const outcomes = []
    for (const status of [0x0b, 0x0a, 0x08, 0x45]) {
      smsc.treat(() => status)
      outcomes.push(await use.carrier.send(message('Hi')))
    }
    expect(outcomes.map(each => (each.outcome === 'refused' ? [each.failure, each.cause] : each))).toEqual([
      ['wrong-number', 'message'],
      ['sender-refused', 'carrier'],
      ['carrier-trouble', 'carrier'],
      ['carrier-refused', 'carrier'],
    ])
  })

  test('and says «too many» is given time, and then gets the same part again', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    smsc.treat(part => (smsc.submitted.length <= 2 && part ? 0x58 : 'take'))
    expect(await use.carrier.send(message('Hi'))).toEqual({ outcome: 'accepted', refs: ['3'] })
    smsc.treat(() => 0x58)
    expect(await use.carrier.send(message('Hi'))).toMatchObject({ outcome: 'refused', cause: 'throttled' })
  })

  test('leaves a text uncertain when its line is lost before the answer, and takes the next one over a new line', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    smsc.treat(() => 'drop')
    expect(await use.carrier.send(message('Hi'))).toMatchObject({
      outcome: 'uncertain',
      failure: 'answer-lost',
      refs: [],
    })
    smsc.treat(() => 'take')
    expect(await use.carrier.check()).toEqual({ up: true })
    expect(await use.carrier.send(message('Hi'))).toEqual({ outcome: 'accepted', refs: ['2'] })
    expect(use.said).toEqual(['connected', 'connection lost', 'connected'])
  })

  test('leaves a text uncertain when it took a part and not the rest', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    smsc.treat(() => (smsc.submitted.length > 1 ? 0x0b : 'take'))
    expect(await use.carrier.send(message(arabic))).toMatchObject({
      outcome: 'uncertain',
      failure: 'partly-taken',
      refs: ['1'],
    })
  })

  test('surely got nothing when nobody is there, or it does not let us in', async () => {
    const smsc = await anSmsc()
    smsc.admit(false)
    await using shut = carrierOf(smsc)
    expect(await shut.carrier.send(message('Hi'))).toMatchObject({
      outcome: 'refused',
      failure: 'no-connection',
    })
    expect(await shut.carrier.check()).toMatchObject({
      up: false,
      reason: 'not-authorised',
      detail: 'ESME_RINVPASWD',
    })
    await smsc.close()
    await using gone = carrierOf(smsc)
    expect(await gone.carrier.send(message('Hi'))).toMatchObject({
      outcome: 'refused',
      failure: 'no-connection',
    })
    expect(smsc.submitted).toEqual([])
  })

  test('is found again by the next probe once it is back', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    expect(await use.carrier.check()).toEqual({ up: true })
    await smsc.close()
    expect(await use.carrier.check()).toMatchObject({ up: false, reason: 'no-connection' })
    await anSmsc({ port: smsc.port })
    await expect.poll(() => use.carrier.check()).toEqual({ up: true })
  })

  test('that answers late has its reference told with our id', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc)
    smsc.treat(() => 'silence')
    const out = message('Hi')
    const sending = use.carrier.send(out)
    await expect.poll(() => smsc.submitted.length).toBe(1)
    expect(await sending).toMatchObject({ outcome: 'uncertain' })
    for (const session of smsc.sessions())
      session.send(firstOf(smsc).fields.response({ message_id: 'late-1' }))
    await expect
      .poll(() => use.reports)
      .toEqual([{ ref: 'late-1', messageId: out.messageId, to: out.to, state: 'accepted', at: clock.now() }])
  })

  test('and answers nothing at all any more loses its line, and what was under way is uncertain', async () => {
    const smsc = await anSmsc()
    await using use = carrierOf(smsc, { enquireSeconds: 1, answerSeconds: 1 })
    expect(await use.carrier.check()).toEqual({ up: true })
    smsc.mute()
    expect(await use.carrier.send(message('Hi'))).toMatchObject({
      outcome: 'uncertain',
      failure: 'answer-lost',
    })
    await expect.poll(() => use.said, { timeout: 10_000 }).toContain('connection lost')
  })

  test('is spoken to secretly where that was asked for, and only if it is who it says', async () => {
    const smsc = await anSmsc({ tls: localTls })
    await using known = carrierOf(smsc, { tls: true, ca: localTls.cert })
    expect(await known.carrier.send(message(arabic))).toEqual({ outcome: 'accepted', refs: ['1', '2', '3'] })
    await using stranger = carrierOf(smsc, { tls: true })
    expect(await stranger.carrier.send(message('Hi'))).toMatchObject({
      outcome: 'refused',
      failure: 'no-connection',
    })
    expect(smsc.submitted).toHaveLength(3)
  })
})
