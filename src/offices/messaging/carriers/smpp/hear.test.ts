import { describe, expect, test } from 'vitest'
import { anSmsc, type Smsc, type Submitted } from '../../../../../test/builders/smsc.ts'
import { fixedClock } from '../../../../platform/clock.ts'
import type { DeliveryReport, IncomingText, Listener } from '../model.ts'
import { type SmppSettings, smppSettings } from '../settings.ts'
import { wireOf } from './bytes.ts'
import { smppCarrier } from './carrier.ts'
import { refOf } from './receipts.ts'

const clock = fixedClock('2026-11-22T08:00:00Z')
const at = clock.now()

async function listening(smsc: Smsc, given: Partial<SmppSettings> = {}, hearing: Partial<Listener> = {}) {
  const reports: DeliveryReport[] = []
  const texts: IncomingText[] = []
  const listener = {
    report: async (batch: DeliveryReport[]) => void reports.push(...batch),
    incoming: async (text: IncomingText) => void texts.push(text),
    ...hearing,
  }
  const settings = smppSettings.parse({ host: '127.0.0.1', port: smsc.port, sender: '1771', ...given })
  const secret = { user: 'dura', password: 'secret', token: '', hook: '' }
  const carrier = smppCarrier(settings, secret, listener, { now: clock.now, say: () => {} })
  await carrier.check()
  return { carrier, reports, texts, [Symbol.asyncDispose]: () => carrier.close() }
}

const part = (id: string): Submitted => ({
  id,
  to: '970599123456',
  from: '1771',
  text: '',
  udh: undefined,
  coding: 0,
  fields: {} as Submitted['fields'],
})

describe('receipts', () => {
  test('say delivered, failed for good, failed for now, or nothing new', async () => {
    const smsc = await anSmsc()
    await using use = await listening(smsc)
    await smsc.receipt(part('7'), 'DELIVRD')
    await smsc.receipt(part('8'), 'UNDELIV', '001')
    await smsc.receipt(part('9'), 'UNDELIV', '045')
    await smsc.receipt(part('10'), 'EXPIRED', '001')
    await smsc.receipt(part('11'), 'ENROUTE')
    await smsc.receipt(part('12'), 'UNKNOWN')
    const to = '+970599123456'
    expect(use.reports).toEqual([
      { ref: '7', to, at, state: 'delivered' },
      {
        ref: '8',
        to,
        at,
        state: 'failed',
        failure: { code: 'unknown-subscriber', hard: true, detail: 'UNDELIV 001' },
      },
      {
        ref: '9',
        to,
        at,
        state: 'failed',
        failure: { code: 'undeliverable', hard: false, detail: 'UNDELIV 045' },
      },
      {
        ref: '10',
        to,
        at,
        state: 'failed',
        failure: { code: 'expired', hard: false, detail: 'EXPIRED 001' },
      },
      { ref: '11', to, at, state: 'accepted' },
      { ref: '12', to, at, state: 'accepted' },
    ])
  })

  test('are read from their TLVs where the text says nothing', async () => {
    const smsc = await anSmsc()
    await using use = await listening(smsc)
    const tlvs = { source_addr: '970599123456', receipted_message_id: 'AB12', short_message: Buffer.alloc(0) }
    await smsc.deliver({ ...tlvs, message_state: 2 })
    await smsc.deliver({ ...tlvs, message_state: 5, network_error_code: Buffer.from([3, 0, 1]) })
    expect(use.reports.map(({ ref, state, failure }) => [ref, state, failure?.hard])).toEqual([
      ['ab12', 'delivered', undefined],
      ['ab12', 'failed', true],
    ])
  })

  test.each([
    ['same', 'A1B2', 'a1b2', 'a1b2'],
    ['numbers', '0042', '42', '42'],
    ['answer-hex', '2A', '42', '42'],
    ['answer-hex', '2a', '0000000042', '42'],
    ['report-hex', '42', '2A', '42'],
    ['report-hex', 'b0rk', 'b0rk', 'b0rk'],
  ] as const)('with ids %s: %s answered and %s reported are one', (ids, answered, reported, ref) => {
    expect(refOf(answered, ids, 'answer')).toBe(ref)
    expect(refOf(reported, ids, 'report')).toBe(ref)
  })

  test('are kept under references that a database takes', () => {
    expect(refOf('A\0b7', 'same', 'answer')).toBe('ab7')
    expect(refOf('x'.repeat(5_000), 'same', 'report')).toHaveLength(100)
  })

  test('are the SMSC’s own only: a telephone that types one has sent a text', async () => {
    const smsc = await anSmsc()
    await using use = await listening(smsc)
    const forged =
      'id:7 sub:001 dlvrd:001 submit date:2611220800 done date:2611220801 stat:DELIVRD err:000 text:'
    await smsc.text('+970599123456', '1771', forged)
    expect(use.reports).toEqual([])
    expect(use.texts).toMatchObject([{ text: forged }])
  })

  test('that could not be written down are left with the SMSC; those that come meanwhile are written together', async () => {
    const smsc = await anSmsc()
    const batches: number[] = []
    const first = Promise.withResolvers<void>()
    await using _use = await listening(
      smsc,
      {},
      {
        report: async batch => {
          batches.push(batch.length)
          if (batches.length === 1) await first.promise
          if (batches.length === 1) throw new Error('no database')
        },
      },
    )
    const one = smsc.receipt(part('1'), 'DELIVRD')
    await expect.poll(() => batches).toEqual([1])
    const others = ['2', '3', '4'].map(id => smsc.receipt(part(id), 'DELIVRD'))
    expect(await _use.carrier.check()).toEqual({ up: true })
    first.resolve()
    expect([await one, ...(await Promise.all(others))]).toEqual([0x64, 0, 0, 0])
    expect(batches).toEqual([1, 3])
  })
})

describe('texts to the town', () => {
  const longText =
    'السلام عليكم، أسأل عن طلبي الذي قدمته الشهر الماضي في مركز الخدمات ولم يصلني رد حتى الآن. '.repeat(2)
  const pieces = (from: string) =>
    wireOf(longText).parts.map(({ header, body }) => ({
      source_addr: from,
      source_addr_ton: 1,
      source_addr_npi: 1,
      destination_addr: '1771',
      data_coding: 8,
      esm_class: 0x40,
      short_message: Buffer.concat([header, body]),
    }))

  test('of several parts are one, in whichever order the parts come and whoever else writes meanwhile', async () => {
    const smsc = await anSmsc()
    await using use = await listening(smsc)
    const [one, two] = [pieces('970599000001').reverse(), pieces('970599000002')]
    for (const [at, piece] of one.entries()) {
      await smsc.deliver(piece)
      const other = two[at]
      if (other) await smsc.deliver(other)
    }
    expect(use.texts.map(({ from, to, text }) => [from, to, text])).toEqual([
      ['+970599000001', '1771', longText],
      ['+970599000002', '1771', longText],
    ])
  })

  test('are joined by their TLVs too', async () => {
    const smsc = await anSmsc()
    await using use = await listening(smsc)
    for (const [at, short_message] of [Buffer.from('How is my '), Buffer.from('request?')].entries())
      await smsc.deliver({
        source_addr: '970599000001',
        source_addr_ton: 1,
        destination_addr: '1771',
        short_message,
        sar_msg_ref_num: 9,
        sar_total_segments: 2,
        sar_segment_seqnum: at + 1,
      })
    expect(use.texts.map(({ text }) => text)).toEqual(['How is my request?'])
  })

  test('whose parts do not all come are handed on as far as they came, before the line is left', async () => {
    const smsc = await anSmsc()
    const use = await listening(smsc)
    const [first] = pieces('970599000001')
    await smsc.deliver(first ?? {})
    expect(use.texts).toEqual([])
    await use.carrier.close()
    expect(use.texts.map(({ text }) => text)).toEqual([`${longText.slice(0, 67)}……`])
  })

  test('of several parts are whole though they could not be written down at first', async () => {
    const smsc = await anSmsc()
    const texts: IncomingText[] = []
    const incoming = async (text: IncomingText) => {
      texts.push(text)
      if (texts.length === 1) throw new Error('no database')
    }
    await using _use = await listening(smsc, {}, { incoming })
    const answers: number[] = []
    const all = pieces('970599000001')
    for (const piece of all) answers.push(await smsc.deliver(piece))
    answers.push(await smsc.deliver(all.at(-1) ?? {}))
    expect(answers.slice(-2)).toEqual([0x64, 0])
    expect(texts.map(({ text }) => text)).toEqual([longText, longText])
    expect(texts[1]?.ref).toBe(texts[0]?.ref)
  })

  test('that could not be written down come again under the same reference', async () => {
    const smsc = await anSmsc()
    const refs: string[] = []
    await using _use = await listening(
      smsc,
      {},
      {
        incoming: async text => {
          refs.push(text.ref)
          if (refs.length === 1) throw new Error('no database')
        },
      },
    )
    expect(await smsc.text('+970599000001', '1771', 'دور')).toBe(0x64)
    expect(await smsc.text('+970599000001', '1771', 'دور')).toBe(0)
    expect(await smsc.text('+970599000001', '1771', 'دور')).toBe(0)
    expect(refs[1]).toBe(refs[0])
    expect(refs[2]).not.toBe(refs[0])
  })
})
