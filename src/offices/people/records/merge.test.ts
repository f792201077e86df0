import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../../test/builders/house.ts'
import { anIdNumber, aPerson, aTown, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import {
  findPeople,
  findPersonByIdNumber,
  getPerson,
  mergedRecords,
  mergePeople,
  setPin,
  survivorOf,
  unmergePeople,
} from '../index.ts'
import { logInCitizen } from '../log-in/citizen.ts'
import { samePerson } from './same.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = (await aTown(db)).id
const place = { house, town }
const manager = { kind: 'staff', id: newId(db.clock.now()) }

const merge = (mergedId: string, intoId: string, despite = false) =>
  db.database.write(town, tx => mergePeople(tx, { mergedId, intoId, reason: 'سُجّل مرتين', despite }, manager))
const unmerge = (personId: string) =>
  db.database.write(town, tx => unmergePeople(tx, { personId, reason: 'شخصان' }, manager))
const together = (id: string) =>
  db.database.read(town, async tx => {
    const { rows } = await sql<{ id: string }>`
      select person_id as id from person where municipality_id = ${tx.town} and person_id = any(${samePerson(id)})`.execute(
      tx.q,
    )
    return rows.map(row => row.id).sort()
  })
const double = (over: Parameters<typeof aPerson>[1] = {}) =>
  aPerson(place, { idKind: 'none', phone: null, ...over })

describe('two records of one person', () => {
  test('are seen together from either side, and the double is found by its name and number as the record that stays', async () => {
    const stays = await aPerson(place, { first: 'عبد الله', family: 'الزعتري' })
    const twin = await double({ first: 'عبدالله', family: 'الزعتري' })
    await merge(twin.id, stays.id)
    expect(await together(stays.id)).toEqual([stays.id, twin.id].sort())
    expect(await together(twin.id)).toEqual([stays.id, twin.id].sort())
    const found = await db.database.read(town, tx => findPeople(tx, house.crypto, 'عبد الله الزعتري'))
    expect(found.people.map(({ id }) => id)).toEqual([stays.id])
    const [record] = await db.database.read(town, tx => mergedRecords(tx, stays.id))
    expect(record).toMatchObject({ personId: twin.id, into: stays.id, reason: 'سُجّل مرتين' })
    expect((await db.database.read(town, tx => getPerson(tx, twin.id))).mergedInto).toBe(stays.id)
  })

  test('are not merged twice, into themselves, into a record that was merged, or across kinds', async () => {
    const [a, b, c] = [await double(), await aPerson(place), await aPerson(place)]
    const shop = await aPerson(place, { kind: 'organisation', idKind: 'none' })
    await merge(a.id, b.id)
    await expect(merge(a.id, b.id)).rejects.toThrow('already-merged')
    await expect(merge(a.id, c.id)).rejects.toThrow('already-merged')
    await expect(merge(c.id, c.id)).rejects.toThrow('merge-with-itself')
    await expect(merge((await double()).id, a.id)).rejects.toThrow('merge-into-merged')
    await expect(merge(shop.id, c.id)).rejects.toThrow('merge-kinds-differ')
    await expect(unmerge(c.id)).rejects.toThrow('not-merged')
  })

  test('each with a number are merged only when it is said why, and the one with the number stays', async () => {
    const [a, b, none] = [await aPerson(place), await aPerson(place), await double()]
    await expect(merge(a.id, b.id)).rejects.toThrow('merge-needs-despite')
    await expect(merge(a.id, none.id)).rejects.toThrow('merge-loses-number')
    await merge(a.id, b.id, true)
    const found = await db.database.read(town, tx => findPersonByIdNumber(tx, house.crypto, a.idNumber))
    expect(found?.id).toBe(b.id)
  })

  test('leave one log-in: sessions of the double end, and its PIN opens nothing until it stands for itself again', async () => {
    const [a, b] = [await aPerson(place), await aPerson(place)]
    const pin = await db.database.write(town, tx => setPin(tx, a.id, manager, { mustChange: false }))
    const cookie = await logInAs(place, { personId: a.id })
    expect(cookie).not.toBe('')
    await merge(a.id, b.id, true)
    const { rows } = await sql<{ ended_at: Date | null }>`
      select ended_at from session where subject_id = ${a.id}`.execute(db.owner)
    expect(rows.map(row => row.ended_at)).toEqual([db.clock.now()])
    const logIn = () => logInCitizen(house, town, { idNumber: a.idNumber, pin })
    expect((await logIn()).kind).toBe('refused')
    await unmerge(a.id)
    expect((await logIn()).kind).toBe('open')
  })

  test('keep a chain right: what was merged into a double follows it, and comes apart link by link', async () => {
    const [a, b, c] = [await double(), await double(), await aPerson(place)]
    await merge(a.id, b.id)
    await merge(b.id, c.id)
    expect(await together(a.id)).toEqual([a.id, b.id, c.id].sort())
    await unmerge(b.id)
    expect(await together(a.id)).toEqual([a.id, b.id].sort())
    expect(await together(c.id)).toEqual([c.id])
    expect(await db.database.read(town, tx => survivorOf(tx, a.id))).toBe(b.id)
  })

  test('write down who merged them and why, for the record that stays', async () => {
    const [a, b] = [await double(), await aPerson(place)]
    await merge(a.id, b.id)
    const { rows } = await sql<{ act: string; cause: string }>`
      select act, cause from audit where person_id = ${b.id} and act = 'people.merged'`.execute(db.owner)
    expect(rows).toEqual([{ act: 'people.merged', cause: 'سُجّل مرتين' }])
    await expect(
      db.database.write(town, tx => mergePeople(tx, { mergedId: a.id, intoId: b.id, reason: ' ' }, manager)),
    ).rejects.toMatchObject({ faults: [{ field: 'reason' }] })
  })
})

describe('any order of merging and unmerging', () => {
  test('leaves exactly the groups that a plain forest has', async () => {
    const people = [await double(), await double(), await double(), await double(), await double()]
    const ids = people.map(({ id }) => id)
    const at = fc.nat(ids.length - 1)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ merges: fc.boolean(), a: at, b: at }), { maxLength: 14 }),
        async steps => {
          await sql`update person set merged_into = null, survivor_id = null where municipality_id = ${town}`.execute(
            db.owner,
          )
          await sql`delete from person_merge where municipality_id = ${town}`.execute(db.owner)
          const parent = new Map<string, string>()
          for (const { merges, a, b } of steps) {
            const [x = '', y = ''] = [ids[a], ids[b]]
            if (merges) {
              const may = x !== y && !parent.has(x) && !parent.has(y)
              await merge(x, y).then(
                () => expect(may).toBe(true),
                () => expect(may).toBe(false),
              )
              if (may) parent.set(x, y)
            } else {
              const may = parent.has(x)
              await unmerge(x).then(
                () => expect(may).toBe(true),
                () => expect(may).toBe(false),
              )
              parent.delete(x)
            }
          }
          const root = (id: string): string => (parent.has(id) ? root(parent.get(id) ?? '') : id)
          for (const id of ids)
            expect(await together(id)).toEqual(ids.filter(other => root(other) === root(id)).sort())
        },
      ),
      { numRuns: 25 },
    )
  }, 60_000)
})

test('a person registered with the number of a double leads to the record that stays', async () => {
  const number = anIdNumber(880_001)
  const [a, b] = [await aPerson(place, { idNumber: number }), await aPerson(place)]
  await merge(a.id, b.id, true)
  await expect(aPerson(place, { idNumber: number })).rejects.toMatchObject({ details: { personId: b.id } })
})
