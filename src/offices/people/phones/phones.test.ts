import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown, builder } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import {
  addPhone,
  changePhone,
  choosePhone,
  describePhone,
  emailOf,
  endPhone,
  indexPhone,
  mergePeople,
  phoneOwners,
  phonesOf,
  preferChannels,
  primaryPhones,
  reachOfPerson,
  registerMany,
  takeEmail,
  unmergePeople,
  verifyPhone,
} from '../index.ts'
import { readRegistration } from '../registration.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = (await aTown(db)).id
const place = { house, town }
const read = <T>(work: (tx: Read) => Promise<T>) => db.database.read(town, work)
const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(town, work)
const phones = (personId: string) => read(tx => phonesOf(tx, crypto, personId))
const numbers = async (personId: string) => (await phones(personId)).map(each => each.e164)
const indexOf = (e164: string) => indexPhone({ tx: { town }, crypto }, e164)
const manager = { kind: 'staff', id: newId(db.clock.now()) }

const pair = async (one: string, other: string) => {
  const [a, b] = [
    await aPerson(place, { phone: one }),
    await aPerson(place, { idKind: 'none', phone: other }),
  ]
  return { stays: a, twin: b }
}
const merge = (mergedId: string, intoId: string) =>
  write(tx => mergePeople(tx, { mergedId, intoId, reason: 'سُجّل مرتين' }, manager))

describe('several telephones', () => {
  test('have each its name, and messages go to the one that is chosen', async () => {
    const person = await aPerson(place, { phone: '0599820001' })
    await write(async tx => {
      await addPhone(tx, crypto, person.id, { e164: '+970599820002', label: 'work' }, builder)
      await verifyPhone(tx, crypto, person.id, '+970599820002', builder, 'counter')
      await choosePhone(tx, crypto, person.id, '+970599820002', builder)
    })
    expect(await phones(person.id)).toMatchObject([
      { e164: '+970599820002', label: 'work', primary: true, verified: true, verifiedHow: 'counter' },
      { e164: '+970599820001', label: 'own', primary: false, verified: false },
    ])
    expect((await read(tx => primaryPhones(tx, crypto, [person.id]))).get(person.id)).toBe('0599 820 002')
    await expect(write(tx => choosePhone(tx, crypto, person.id, '+970599820009', builder))).rejects.toThrow(
      'no-such-phone',
    )
  })

  test('end one by one; with the one messages went to, nothing goes anywhere until another is chosen', async () => {
    const person = await aPerson(place, { phone: '0599820003' })
    await write(async tx => {
      await addPhone(tx, crypto, person.id, { e164: '+970599820004' }, builder)
      await endPhone(tx, crypto, person.id, '+970599820003', builder)
    })
    expect(await numbers(person.id)).toEqual(['+970599820004'])
    expect((await read(tx => reachOfPerson(tx, person.id))).phone).toBeUndefined()
    await write(tx => choosePhone(tx, crypto, person.id, '+970599820004', builder))
    expect((await read(tx => reachOfPerson(tx, person.id))).phone?.index).toEqual(indexOf('+970599820004'))
  })
})

describe('a number several use', () => {
  test('is shared as long as two use it, and again one person’s when the other has another', async () => {
    const [a, b] = [
      await aPerson(place, { phone: '0599820010' }),
      await aPerson(place, { phone: '0599820010' }),
    ]
    expect([(await phones(a.id))[0]?.shared, (await phones(b.id))[0]?.shared]).toEqual([true, true])
    await write(tx => changePhone(tx, crypto, b.id, { e164: '+970599820011' }, builder))
    expect((await phones(a.id))[0]?.shared).toBe(false)
  })

  test('stays shared where somebody said so, until they say otherwise', async () => {
    const [a, b] = [
      await aPerson(place, { phone: '0599820012' }),
      await aPerson(place, { phone: '0599820012' }),
    ]
    const e164 = '+970599820012'
    await write(tx => describePhone(tx, crypto, a.id, { e164, label: 'family', shared: true }, builder))
    await write(tx => endPhone(tx, crypto, b.id, e164, builder))
    expect((await phones(a.id))[0]).toMatchObject({ shared: true, label: 'family' })
    await write(tx => describePhone(tx, crypto, a.id, { e164, label: 'own', shared: false }, builder))
    expect((await phones(a.id))[0]?.shared).toBe(false)
  })

  test('is proven to nobody by a code', async () => {
    const [a] = [await aPerson(place, { phone: '0599820013' }), await aPerson(place, { phone: '0599820013' })]
    await expect(write(tx => verifyPhone(tx, crypto, a.id, '+970599820013', builder))).rejects.toThrow(
      'phone-shared',
    )
    expect((await phones(a.id))[0]?.verified).toBe(false)
  })

  test('is seen as shared by both of two who give it at the same instant', async () => {
    const [one, other] = [await aPerson(place, { phone: null }), await aPerson(place, { phone: null })]
    const give = (personId: string) => (tx: Write) =>
      addPhone(tx, crypto, personId, { e164: '+970599820014' }, builder)
    /** Somebody waits for a number that is being written. */
    const waits = async () => {
      const { rows } = await sql`select 1 from pg_locks where locktype = 'advisory' and not granted
           and database = (select oid from pg_database where datname = current_database()) limit 1`.execute(
        db.owner,
      )
      return rows.length > 0
    }
    let second: Promise<void> = Promise.resolve()
    let done = false
    await write(async tx => {
      await give(one.id)(tx)
      // Given while the first is written and not yet there to be seen.
      second = write(give(other.id)).then(() => {
        done = true
      })
      while (!done && !(await waits()));
    })
    await second
    for (const { id } of [one, other]) expect((await phones(id))[0]?.shared).toBe(true)
  })

  test('is known as shared when an earlier register brings it twice', async () => {
    const known = await aPerson(place, { phone: '0599820015' })
    const card = readRegistration(
      { firstName: 'نزار', familyName: 'قباجة', idKind: 'none', phone: '0599820015' },
      '2026-03-01',
    )
    if (!card.ok) throw new Error('unreadable')
    const [id = ''] = await write(tx => registerMany(tx, crypto, [card.value], builder, 'import:x'))
    for (const each of [known.id, id]) expect((await phones(each))[0]?.shared).toBe(true)
  })
})

describe('records that were merged', () => {
  test('have their numbers together, and the record that stays says where messages go', async () => {
    const { stays, twin } = await pair('0599820020', '0599820021')
    await merge(twin.id, stays.id)
    for (const id of [stays.id, twin.id]) {
      expect(await numbers(id)).toEqual(['+970599820020', '+970599820021'])
      expect((await phones(id)).map(each => each.primary)).toEqual([true, false])
      expect((await read(tx => reachOfPerson(tx, id))).phone?.index).toEqual(indexOf('+970599820020'))
    }
    await write(tx => choosePhone(tx, crypto, stays.id, '+970599820021', builder))
    expect((await read(tx => reachOfPerson(tx, twin.id))).phone?.index).toEqual(indexOf('+970599820021'))
    await write(tx => unmergePeople(tx, { personId: twin.id, reason: 'شخصان' }, manager))
    expect(await numbers(twin.id)).toEqual(['+970599820021'])
    // Both have it now, and neither is told anything private by it.
    expect((await phones(twin.id))[0]?.shared).toBe(true)
  })

  test('share no number with themselves: one that stood in both is theirs alone, and two people’s again when they part', async () => {
    const { stays, twin } = await pair('0599820022', '0599820022')
    await merge(twin.id, stays.id)
    expect(await phones(stays.id)).toMatchObject([{ e164: '+970599820022', shared: false, primary: true }])
    expect(await read(tx => phoneOwners(tx, crypto, '+970599820022'))).toMatchObject([
      { personId: stays.id, shared: false },
    ])
    await write(tx => unmergePeople(tx, { personId: twin.id, reason: 'شخصان' }, manager))
    expect((await phones(stays.id))[0]?.shared).toBe(true)
  })

  test('keep the number of the double where the other has none', async () => {
    const [stays, twin] = [
      await aPerson(place, { phone: null }),
      await aPerson(place, { idKind: 'none', phone: '0599820023' }),
    ]
    await merge(twin.id, stays.id)
    expect((await read(tx => reachOfPerson(tx, stays.id))).phone?.index).toEqual(indexOf('+970599820023'))
    await write(tx => changePhone(tx, crypto, stays.id, { e164: '+970599820024' }, builder))
    expect(await numbers(stays.id)).toEqual(['+970599820024'])
  })

  test('carry the e-mail address and the ways somebody wants to be told', async () => {
    const { stays, twin } = await pair('0599820025', '0599820026')
    await write(async tx => {
      await takeEmail(tx, crypto, twin.id, 'rana@example.ps', builder)
      await preferChannels(tx, twin.id, 'sms+email', builder)
    })
    expect(await read(tx => reachOfPerson(tx, stays.id))).toMatchObject({ channels: 'sms', email: undefined })
    await merge(twin.id, stays.id)
    const reach = await read(tx => reachOfPerson(tx, stays.id))
    expect(reach).toMatchObject({ channels: 'sms+email' })
    expect(reach.email).toBeDefined()
    expect(await read(tx => emailOf(tx, crypto, stays.id))).toEqual({
      address: 'rana@example.ps',
      verified: true,
    })
    await write(tx => preferChannels(tx, stays.id, 'portal', builder))
    expect((await read(tx => reachOfPerson(tx, twin.id))).channels).toBe('portal')
  })
})
