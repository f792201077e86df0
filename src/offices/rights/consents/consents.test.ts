import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, type BuiltPerson } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Town } from '../../../web/town.ts'
import { leaveOut, leftOutOf, optOut } from '../../messaging/index.ts'
import { indexPhone, phonesOf } from '../../people/index.ts'
import { addText, answer, askedOf, endPurpose, openPurpose } from './acts.ts'
import { mayUse, registerConsents } from './index.ts'
import { type Entry, holds, type Purpose, type PurposeKind } from './model.ts'
import { entriesOf } from './store.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
registerConsents()
let town: Town
let person: BuiltPerson
let admin: { kind: 'staff'; id: string }
const read = <T>(work: (tx: Read) => Promise<T>) => db.database.read(town.id, work)
const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(town.id, work)

beforeEach(async () => {
  town = await aTown(db)
  const place = { house, town: town.id }
  person = await aPerson(place)
  admin = { kind: 'staff', id: (await aStaffMember(place, 'admin')).id }
})

const open = (kind: PurposeKind, from = '2020-01-01') =>
  write(tx =>
    openPurpose(
      tx,
      {
        kind,
        name: { ar: 'غرض', en: 'purpose' },
        institution: kind === 'sharing' ? 'جامعة' : undefined,
        text: { ar: 'نص', en: 'text', from, asksAgain: false },
      },
      admin,
    ),
  )
const say = (purpose: string, given: boolean, version = 1, way: 'portal' | 'counter' = 'portal') =>
  write(tx =>
    answer(
      tx,
      crypto,
      { personId: person.id, purpose, version, given, way },
      { kind: 'citizen', id: person.id },
    ),
  )
const may = (purpose: string) => read(tx => mayUse(tx, person.id, purpose))
const ledger = async () =>
  (await read(tx => entriesOf(tx, person.id))).map(each => `${each.given} ${each.way} ${each.version}`)

describe('a purpose', () => {
  test('may not be used before somebody agreed, nor after they took it back', async () => {
    const purpose = await open('sharing')
    expect(await may(purpose)).toBe(false)
    await say(purpose, true)
    await say(purpose, true)
    expect(await may(purpose)).toBe(true)
    db.clock.advance(1000)
    await say(purpose, false)
    expect(await may(purpose)).toBe(false)
    expect(await ledger()).toEqual(['false portal 1', 'true portal 1'])
  })

  test('asks again where a new text says more, and leaves the old answer where it stood', async () => {
    const purpose = await open('sharing')
    await say(purpose, true)
    const text = { ar: 'نص ثانٍ', en: '', from: '2020-01-02' }
    await write(tx => addText(tx, purpose, { ...text, asksAgain: false }, admin))
    expect(await may(purpose)).toBe(true)
    await write(tx => addText(tx, purpose, { ...text, asksAgain: true }, admin))
    expect(await may(purpose)).toBe(false)
    await expect(say(purpose, true, 1)).rejects.toMatchObject({ code: 'text-changed' })
    const { asked } = await read(tx => askedOf(tx, person.id))
    expect(asked).toMatchObject([{ given: false, isNew: true, text: { version: 3 } }])
    db.clock.advance(1000)
    await say(purpose, true, 3)
    expect(await may(purpose)).toBe(true)
    expect(await ledger()).toEqual(['true portal 3', 'true portal 1'])
  })

  test('ends for good, whatever was answered', async () => {
    const purpose = await open('sharing')
    await say(purpose, true)
    await write(tx => endPurpose(tx, purpose, 'انتهى المشروع', admin))
    expect(await may(purpose)).toBe(false)
    await expect(say(purpose, true)).rejects.toMatchObject({ code: 'purpose-ended' })
  })

  test('is not in force before its first text is', async () => {
    const purpose = await open('sharing', '2999-01-01')
    await expect(say(purpose, true)).rejects.toMatchObject({ code: 'text-changed' })
    expect(await may(purpose)).toBe(false)
  })
})

describe('messages and agreement', () => {
  const left = async () => [...(await read(tx => leftOutOf(tx, crypto, person.id)))]

  test('are one answer: taking it back leaves the kind out at every number, agreeing lets it come', async () => {
    const purpose = await open('awareness')
    await say(purpose, false)
    expect(await left()).toEqual(['awareness'])
    db.clock.advance(1000)
    await say(purpose, true)
    expect(await left()).toEqual([])
  })

  test('an «إيقاف» from their telephone takes it back', async () => {
    const purpose = await open('survey')
    await say(purpose, true)
    db.clock.advance(1000)
    const [phone] = await read(tx => phonesOf(tx, crypto, person.id))
    const to = [indexPhone({ tx: { town: town.id }, crypto }, phone?.e164 ?? '')]
    await write(tx =>
      optOut(
        tx,
        { to, kinds: ['survey', 'bill'], way: 'sms', personId: person.id },
        { kind: 'citizen', id: person.id },
      ),
    )
    expect(await may(purpose)).toBe(false)
    expect(await ledger()).toEqual(['false sms 1', 'true portal 1'])
  })

  test('what is answered here is not changed among the kinds somebody does without', async () => {
    const purpose = await open('awareness')
    await say(purpose, true)
    const by = { kind: 'citizen', id: person.id }
    await write(tx =>
      leaveOut(tx, crypto, { personId: person.id, kinds: ['awareness', 'bill'], way: 'portal' }, by),
    )
    expect(await left()).toEqual(['bill'])
    expect(await may(purpose)).toBe(true)
  })
})

test('whether a purpose holds is what the ledger and its texts say, for any course of texts and answers', async () => {
  const step = fc.oneof(
    fc.record({ is: fc.constant('text' as const), again: fc.boolean() }),
    fc.record({ is: fc.constant('answer' as const), given: fc.boolean() }),
    fc.record({ is: fc.constant('end' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
      person = await aPerson({ house, town: town.id })
      const code = await open('sharing')
      const purpose: Purpose = {
        code,
        kind: 'sharing',
        name: { ar: '', en: '' },
        institution: 'x',
        endedAt: undefined,
        endedWhy: undefined,
        texts: [{ version: 1, ar: '', en: '', from: '2020-01-01', asksAgain: false }],
      }
      let last: Entry | undefined
      for (const each of steps) {
        db.clock.advance(1000)
        const version = purpose.texts.length
        if (purpose.endedAt) continue
        if (each.is === 'text') {
          const text = { ar: 'نص', en: '', from: '2020-01-01', asksAgain: each.again }
          await write(tx => addText(tx, code, text, admin))
          purpose.texts.unshift({ ...text, version: version + 1 })
        } else if (each.is === 'answer') {
          await say(code, each.given, version)
          const standing = holds(purpose, last, '2026-01-01')
          if (each.given ? !standing : last?.given !== false)
            last = {
              id: '',
              purpose: code,
              version,
              given: each.given,
              at: new Date(0),
              way: 'portal',
              by: { kind: '', id: '' },
            }
        } else {
          await write(tx => endPurpose(tx, code, 'انتهى', admin))
          purpose.endedAt = db.clock.now()
        }
        expect(await may(code)).toBe(holds(purpose, last, '2026-01-01'))
      }
    }),
    { numRuns: 15 },
  )
})
