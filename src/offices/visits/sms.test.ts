import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { smsParts } from '../../lib/sms/index.ts'
import { beginServing, callNext, finish } from './index.ts'
import { visitText } from './strings.ts'
import { aHall } from './testing/hall.ts'

const { open, minutes } = aHall(await testDatabase())
const phone = '0599333444'

describe('a turn by SMS', () => {
  test('is taken with a word of the purpose, its letter or its number, and told once', async () => {
    const { text, messages, rows } = await open()
    await text(phone, 'دور دفع', 'once')
    await text(phone, 'دور دفع', 'once')
    await text('0599333445', 'الدَّور ٣')
    await text('0599333446', 'دور أ')
    expect((await rows()).map(row => `${row.purpose_code} ${row.number} ${row.channel}`)).toEqual([
      'pay 1 sms',
      'pay 2 sms',
      'file 1 sms',
    ])
    expect(await messages()).toEqual([
      'دورك ج 001، وقبلك 0. نخبرك حين يقترب. لتركه أرسل: الغاء',
      'دورك ج 002، وقبلك 1. نخبرك حين يقترب. لتركه أرسل: الغاء',
      'دورك أ 001، وقبلك 0. نخبرك حين يقترب. لتركه أرسل: الغاء',
    ])
  })

  test('without a purpose asks which, and outside the opening hours says when', async () => {
    const { text, messages } = await open()
    await text(phone, 'دور')
    minutes(12 * 60)
    await text(phone, 'دور دفع')
    minutes(-12 * 60)
    const [which, closed] = await messages()
    expect(which).toContain('3 دفع')
    expect(closed).toContain('الأحد حتى الخميس')
  })

  test('is told where it stands, and is given back', async () => {
    const { text, messages, rows } = await open()
    await text(phone, 'دور طلب')
    await text(phone, 'دوري')
    await text(phone, 'إلغاء')
    await text(phone, 'الغاء')
    expect((await messages()).slice(1)).toEqual([
      'دورك أ 001، وقبلك 0. نخبرك حين يقترب. لتركه أرسل: الغاء',
      'تركت دورك أ 001.',
      'ليس لهذا الهاتف دور ينتظر. لأخذ دور أرسل: دور',
    ])
    expect(await rows()).toMatchObject([{ state: 'left' }])
  })

  test('that comes near is told exactly once, with the minutes measured today', async () => {
    const { text, turn, write, desk, one, two, messages } = await open()
    for (let each = 0; each < 9; each++) await turn({ purpose: 'pay' })
    await text(phone, 'دور دفع')
    const before = (await messages()).length
    for (let each = 0; each < 7; each++) {
      await write(tx => callNext(tx, desk, two))
      await write(tx => beginServing(tx, desk, { ...two, identity: 'id-card' }))
      minutes(4)
      await write(tx => finish(tx, desk, two))
      if (each < 5) expect(await messages()).toHaveLength(before)
    }
    await Promise.all([turn(), turn({ purpose: 'ask' })])
    await write(tx => callNext(tx, desk, one))
    const told = (await messages()).slice(before)
    expect(told).toEqual(['دورك ج 010 بعد نحو 20 دقيقة. إن تأخرت عن النداء يبقى لك 10 دقائق.'])
    minutes(-28)
  })

  test('is told of once, though two windows call at the same instant', async () => {
    const { turn, write, desk, one, two, messages } = await open()
    for (let each = 0; each < 12; each++)
      await turn({ phone: `+97059911100${each % 10}${each}`.slice(0, 13) })
    for (let round = 0; round < 4; round++) {
      await Promise.all([one, two].map(who => write(tx => callNext(tx, desk, who))))
      await Promise.all(
        [one, two].map(who => write(tx => beginServing(tx, desk, { ...who, identity: 'id-card' }))),
      )
      await Promise.all([one, two].map(who => write(tx => finish(tx, desk, who))))
    }
    const told = await messages()
    expect(told.length).toBeGreaterThan(4)
    expect(new Set(told).size).toBe(told.length)
  })

  test('costs one part of a message each time', () => {
    const values = { turn: 'هـ 041', ahead: 12, minutes: 45, grace: 10 }
    for (const key of [
      'sms-soon',
      'sms-soon-unmeasured',
      'sms-turn',
      'sms-turn-unmeasured',
      'sms-none',
    ] as const)
      expect(smsParts(visitText('ar', key, values)).parts, key).toBe(1)
  })
})
