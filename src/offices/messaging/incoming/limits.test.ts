import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Town } from '../../../web/town.ts'
import { onIncoming, receive, takeIncoming } from '../index.ts'
import { hear } from './hear.ts'
import { mostTexts } from './limits.ts'
import { type Sender, senderOf, type Taken, takeIn } from './take-in.ts'

const db = await testDatabase()
const hour = 3_600_000

async function aTownThatHears() {
  const house = aHouse(db)
  const town = await aTown(db, { isDemo: true })
  let sent = 0
  const sms = (from: string, text: string, ref = `ref-${sent++}`) => ({
    ref,
    from,
    to: '092390000',
    text,
    at: db.clock.now(),
  })
  const text = (from: string, words: string, ref?: string) => {
    const { ref: providerRef, ...rest } = sms(from, words, ref)
    return db.database.write(town.id, tx =>
      receive(tx, { house, town }, { provider: 'test', providerRef, ...rest }),
    )
  }
  const carry = (from: string, words: string, ref?: string) =>
    takeIncoming(house, town, 'test', sms(from, words, ref))
  return { house, town, text, carry, ...looksOf(town) }
}

const looksOf = (town: Town) => ({
  rows: () =>
    db.owner.selectFrom('incoming_message').selectAll().where('municipality_id', '=', town.id).execute(),
  numbers: () =>
    db.owner.selectFrom('incoming_number').selectAll().where('municipality_id', '=', town.id).execute(),
  optOuts: () =>
    db.owner.selectFrom('message_opt_out').selectAll().where('municipality_id', '=', town.id).execute(),
  replies: async () => {
    const messages = db.owner
      .selectFrom('message')
      .select(['event', 'body'])
      .where('municipality_id', '=', town.id)
    return messages.orderBy('message_id').execute()
  },
})

describe('a number that writes much', () => {
  test('is heard up to the limit, told once, and heard again when the hour is over', async () => {
    const { text, rows, numbers, replies } = await aTownThatHears()
    for (let i = 0; i < mostTexts.hour + 3; i++) await text('0599123456', `كلام ${'ا'.repeat(i)}`)
    expect(await rows()).toHaveLength(mostTexts.hour)
    expect(await numbers()).toMatchObject([{ in_hour: mostTexts.hour + 3, dropped: 3 }])
    const told = async () => (await replies()).filter(({ event }) => event === 'incoming.too-many')
    expect(await told()).toHaveLength(1)
    db.clock.advance(hour)
    expect(await text('0599123456', 'كلام')).toMatchObject({ id: expect.any(String) })
    expect(await told()).toHaveLength(1)
  })

  test('is heard no more than a day allows, hour after hour', async () => {
    const { text, rows } = await aTownThatHears()
    for (let i = 0; i < mostTexts.day + 5; i++) {
      if (i > 0 && i % mostTexts.hour === 0) db.clock.advance(hour)
      await text('0599123456', 'كلام')
    }
    expect(await rows()).toHaveLength(mostTexts.day)
    db.clock.advance(24 * hour)
    await text('0599123456', 'كلام')
    expect(await rows()).toHaveLength(mostTexts.day + 1)
  })

  test('floods nobody: a thousand texts at once are a count, and others are answered beside them', async () => {
    const { house, carry, rows, numbers, replies } = await aTownThatHears()
    onIncoming(house, { name: 'test', hear: async (_tx, _desk, { text }) => ({ reply: `سمعنا ${text}` }) })
    const flood = Array.from({ length: 1000 }, (_, i) => carry('0599123456', `فيض ${i}`))
    const others = ['0599000001', '0599000002', '0599000003'].map((from, i) => carry(from, `سؤال ${i}`))
    await Promise.all([...flood, ...others])
    expect(await rows()).toHaveLength(mostTexts.hour + 3)
    const [flooding] = (await numbers()).filter(({ dropped }) => dropped > 0)
    expect(flooding).toMatchObject({ in_hour: 1000, dropped: 1000 - mostTexts.hour })
    const bodies = (await replies()).map(({ body }) => body)
    expect(bodies).toEqual(expect.arrayContaining(['سمعنا سؤال 0', 'سمعنا سؤال 1', 'سمعنا سؤال 2']))
    expect((await replies()).filter(({ event }) => event === 'incoming.too-many')).toHaveLength(1)
  })

  test('has each text heard once, however often the carrier hands it over', async () => {
    const { house, carry, rows, numbers } = await aTownThatHears()
    let heard = 0
    onIncoming(house, {
      name: 'test',
      hear: async () => {
        heard += 1
        return {}
      },
    })
    await Promise.all(Array.from({ length: 30 }, () => carry('0599123456', 'دور', 'same')))
    await carry('+972599123456', 'دور', 'same')
    expect(heard).toBe(1)
    expect(await rows()).toHaveLength(1)
    expect(await numbers()).toMatchObject([{ in_hour: 1, dropped: 0 }])
  })
})

test('a text that two processes hear at one time is answered once', async () => {
  const { house, town, replies } = await aTownThatHears()
  onIncoming(house, { name: 'test', hear: async () => ({ reply: 'سمعنا' }) })
  const desk = { house, town }
  const sender = senderOf(desk, town.id, '0599123456') as Sender
  const sms = {
    provider: 'test',
    providerRef: 'two',
    from: '0599123456',
    to: '',
    text: 'دور',
    at: db.clock.now(),
  }
  const [taken] = await db.database.write(town.id, tx => takeIn(tx, desk, sender, [sms]))
  const heard = () => db.database.write(town.id, tx => hear(tx, desk, sender, taken as Taken))
  await Promise.allSettled([heard(), heard()])
  expect(await replies()).toHaveLength(1)
})

describe('a text as it comes', () => {
  test('is kept without what cannot be seen, and no longer than ten parts', async () => {
    const { text, rows } = await aTownThatHears()
    await text('0599123456', `\u202eمرحبا\u0000\u0007 ${'م'.repeat(5000)}`)
    const [row] = await rows()
    expect(row?.text).toMatch(/^مرحبا م+…$/)
    expect(row?.text.length).toBeLessThanOrEqual(670)
  })

  test.each(['', '   ', '\u202e\u200b', '😀'])(
    '«%s» says nothing, and nobody has to read it',
    async words => {
      const { text, rows, replies } = await aTownThatHears()
      expect(await text('0599123456', words)).toMatchObject({ handledBy: 'messaging' })
      expect(await rows()).toMatchObject([{ handled_by: 'messaging' }])
      expect(await replies()).toEqual([])
    },
  )

  test('from no telephone is dropped by its carrier, and nothing is written', async () => {
    const { carry, rows } = await aTownThatHears()
    await carry('Bank', 'اربح')
    expect(await rows()).toEqual([])
  })

  test('that an office fails to hear stays for the staff to read', async () => {
    const { house, carry, rows } = await aTownThatHears()
    onIncoming(house, {
      name: 'test',
      hear: async () => {
        throw new Error('not today')
      },
    })
    await carry('0599123456', 'كلام')
    expect(await rows()).toMatchObject([{ handled_by: null, heard_at: null, seen_at: null }])
  })
})

describe('numbers that are none of the sender’s', () => {
  test('are answered alike, and lock the answers, longer each time', async () => {
    const { house, text, replies, numbers } = await aTownThatHears()
    const { length } = [1, 2, 3]
    onIncoming(house, {
      name: 'test',
      hear: async (_tx, _desk, { asked }) =>
        asked.is === 'number' && asked.digits === '77' ? { reply: 'هو' } : undefined,
    })
    const guess = async (times: number) => {
      for (let i = 0; i < times; i++) await text('0599123456', `${4100 + i}/2026`)
    }
    const last = async () => (await replies()).at(-1)?.event
    expect(await text('0599123456', '77')).toMatchObject({ handledBy: 'test' })
    await guess(2)
    expect(await last()).toBe('incoming.unknown')
    await guess(1)
    expect(await last()).toBe('incoming.locked')
    const before = (await replies()).length
    await text('0599123456', '77')
    await guess(1)
    expect(await replies()).toHaveLength(before)
    const lockedFor = async () => {
      const [row] = await numbers()
      return ((row?.locked_until?.getTime() ?? 0) - db.clock.now().getTime()) / hour
    }
    expect(await lockedFor()).toBe(1)
    db.clock.advance(hour)
    expect(await text('0599123456', '77')).toMatchObject({ handledBy: 'test' })
    await guess(length)
    expect(await lockedFor()).toBe(4)
    db.clock.advance(24 * hour)
    await guess(length)
    expect(await lockedFor()).toBe(16)
  })
})

describe('«إيقاف»', () => {
  test('stops what is said to many, by this telephone; «إيقاف الكل» all that may be stopped, and «تشغيل» brings it back', async () => {
    const { house, town, text, optOuts, replies } = await aTownThatHears()
    const person = await aPerson({ house, town: town.id })
    const out = async () =>
      (await optOuts())
        .filter(({ ended_at }) => ended_at === null)
        .map(({ kind }) => kind)
        .toSorted()
    await text(person.phone, 'ايقاف')
    expect(await out()).toEqual(['awareness', 'bill', 'reminder', 'survey'])
    expect((await replies()).at(-1)).toMatchObject({ event: 'incoming.stopped-some' })
    await text(person.phone, 'أوقفوا كل الرسائل')
    expect(await out()).toEqual(['awareness', 'bill', 'reminder', 'step', 'survey', 'thread'])
    await text(person.phone, 'تشغيل')
    expect(await out()).toEqual([])
    await text(person.phone, 'إيقاف التوعية')
    expect(await out()).toEqual(['awareness'])
    expect((await replies()).at(-1)?.body).toContain('التوعية')
  })
})
