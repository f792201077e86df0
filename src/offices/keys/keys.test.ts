import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aMessage, aProvider } from '../../../test/builders/messages.ts'
import { aPerson, aStaffMember, aTown, type BuiltPerson, builder } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { createSecretFile, readSecretFile } from '../../platform/crypto/index.ts'
import { openDatabase, withClient } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { type Keyring, openKeyring } from '../../platform/keyring.ts'
import { findPeople, indexPhone, openPhone, primaryPhone, sealPhone, takeEmail } from '../people/index.ts'
import { setSetting } from '../treasury/index.ts'
import { indexColumns, sealedColumns } from './columns.ts'
import { listKeys } from './list.ts'
import { needsOf } from './needs.ts'
import { relayerTown } from './relayer.ts'
import { resealTown } from './reseal.ts'
import { newIndexLayer, newSealingKey, relayerAll, resealAll, retireKey, ticketDays } from './rotate.ts'

const db = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'shubbak-keys-'))
const rings: Keyring[] = []
const houses: House[] = []
let path: string
let house: House
let town: string
let people: BuiltPerson[]
let message: string

/** A process of its own over the same database and secret file. */
async function aProcess(): Promise<{ house: House; ring: Keyring }> {
  const ring = openKeyring(path, db.clock)
  const database = await openDatabase(db.url, { clock: db.clock, max: 4, layers: ring })
  await ring.learn(database)
  rings.push(ring)
  const one = { ...aHouse(db, { SECRET_FILE: path }), crypto: ring.crypto, database }
  houses.push(one)
  return { house: one, ring }
}

afterAll(async () => {
  for (const ring of rings) ring.close()
  for (const each of houses) await each.database.close()
  rmSync(folder, { recursive: true })
})

let made = 0
beforeEach(async () => {
  made += 1
  path = join(folder, `secret-${made}`)
  createSecretFile(path)
  // A database of before: nothing of another test's keys is in it.
  await sql`truncate municipality cascade`.execute(db.owner)
  house = (await aProcess()).house
  town = (await aTown(house)).id
  people = []
  for (let n = 0; n < 30; n++) people.push(await aPerson({ house, town }))
  await aStaffMember({ house, town }, 'clerk')
  const [first] = people
  if (!first) throw new Error('nobody')
  await house.database.write(town, tx => takeEmail(tx, house.crypto, first.id, 'sami@example.ps', builder))
  await aProvider(
    { house, town },
    { secretSealed: house.crypto.seal(town, 'message provider', '{"password":"x"}') },
  )
  const keys = { tx: { town }, crypto: house.crypto }
  message = await aMessage(
    { house, town },
    {
      personId: first.id,
      to: { sealed: sealPhone(keys, first.phone), index: indexPhone(keys, first.phone) },
    },
  )
  const value = { name: 'bank', key: house.crypto.seal(town, 'payments.bank-key', 'k').toString('base64') }
  await house.database.write(town, tx =>
    setSetting(tx, { key: 'payments.bank', from: '2026-01-01', value, by: builder }),
  )
})

const asOwner = <T>(work: (client: pg.Client) => Promise<T>) => withClient(db.ownerUrl, work)
const minutes = (count: number) => db.clock.set(new Date(db.clock.now().getTime() + count * 60_000))

/** Everything that is sealed opens, and everybody is found by number and telephone, with what this process knows. */
async function everythingHolds({ house }: { house: House }): Promise<void> {
  let opened = 0
  for (const { table, column, purposes } of sealedColumns) {
    const { rows } = await sql<{
      sealed: Buffer
    }>`select ${sql.ref(column)} as sealed from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(
      db.owner,
    )
    for (const { sealed } of rows) {
      const opens = purposes.some(purpose => {
        try {
          return house.crypto.open(town, purpose, sealed) !== undefined
        } catch {
          return false
        }
      })
      expect([table, column, opens]).toEqual([table, column, true])
      opened += 1
    }
  }
  expect(opened).toBeGreaterThan(60)
  await house.database.read(town, async tx => {
    for (const person of people) {
      const byNumber = await findPeople(tx, house.crypto, person.idNumber)
      expect(byNumber.people.map(({ id }) => id)).toEqual([person.id])
      const byPhone = await findPeople(tx, house.crypto, person.phone)
      expect(byPhone.people.map(({ id }) => id)).toContain(person.id)
      expect((await primaryPhone(tx, house.crypto, person.id))?.e164).toBe(person.phone)
    }
  })
}

/** A connection that is cut off by the server at its nth statement: as a killed process leaves it. */
function cutAt(client: pg.Client, n: number): pg.Client {
  let count = 0
  return new Proxy(client, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown
      if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return async (...args: unknown[]) => {
        count += 1
        if (count === n) {
          const { rows } = await target.query<{ pid: number }>('select pg_backend_pid() as pid')
          await asOwner(other => other.query('select pg_terminate_backend($1)', [rows[0]?.pid]))
        }
        return (target.query as (...all: unknown[]) => unknown)(...args)
      }
    },
  })
}

describe('a new sealing key', () => {
  test('seals from its instant on; what the old one sealed opens before, during and after', async () => {
    const other = await aProcess()
    const { id, from } = newSealingKey(house)
    expect(id).toBe(2)
    expect(house.crypto.newestKey).toBe(1)
    await everythingHolds({ house })
    db.clock.set(from)
    other.ring.reread()
    expect(other.house.crypto.newestKey).toBe(2)
    const { resealed, unreadable } = await resealAll(house)
    expect(resealed).toBeGreaterThan(60)
    expect(unreadable).toBe(0)
    expect([...(await asOwner(client => needsOf(client, house.crypto))).keys()]).toEqual([2])
    await everythingHolds({ house })
    await everythingHolds(other)
    expect((await resealAll(house)).resealed).toBe(0)
  })

  test('opens in a process that has not read the file since', async () => {
    const other = await aProcess()
    newSealingKey(house)
    minutes(1)
    await resealAll(house)
    await everythingHolds(other)
  })

  test('is gone on with wherever it was stopped, and nothing is closed meanwhile', async () => {
    db.clock.set(newSealingKey(house).from)
    await resealAll(house).catch(() => {})
    for (const n of [2, 5, 9, 20, 41]) {
      db.clock.set(newSealingKey(house).from)
      house.crypto.take(readSecretFile(path, db.clock.now()))
      const cut = asOwner(client => resealTown(cutAt(client, n), house.crypto, town))
      await expect(cut).rejects.toThrow()
      await everythingHolds({ house })
    }
    expect((await resealAll(house)).resealed).toBeGreaterThan(60)
    expect([...(await asOwner(client => needsOf(client, house.crypto))).keys()]).toEqual([
      house.crypto.newestKey,
    ])
  })

  test('never overwrites what was written while it was read', async () => {
    db.clock.set(newSealingKey(house).from)
    house.crypto.take(readSecretFile(path, db.clock.now()))
    const fresh = '+970599000111'
    await asOwner(client => {
      let changed = false
      const meddled = new Proxy(client, {
        get(target, name) {
          const value = Reflect.get(target, name) as unknown
          if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value
          return async (text: string, ...rest: unknown[]) => {
            if (!changed && text.startsWith('update public.message ')) {
              changed = true
              const sealed = sealPhone({ tx: { town }, crypto: house.crypto }, fresh)
              await sql`update message set to_sealed = ${sealed}`.execute(db.owner)
            }
            return (target.query as (...all: unknown[]) => unknown)(text, ...rest)
          }
        },
      })
      return resealTown(meddled, house.crypto, town)
    })
    const { rows } = await sql<{ sealed: Buffer }>`select to_sealed as sealed from message
      where message_id = ${message}`.execute(db.owner)
    expect(openPhone({ tx: { town }, crypto: house.crypto }, rows[0]?.sealed ?? Buffer.alloc(0))).toBe(fresh)
  })

  test('counts what no key opens, leaves it, and goes on', async () => {
    const lost = Buffer.alloc(60, 7)
    lost[0] = 1
    lost.writeUInt16BE(9, 1)
    await sql`update message set to_sealed = ${lost}`.execute(db.owner)
    db.clock.set(newSealingKey(house).from)
    expect((await resealAll(house)).unreadable).toBe(1)
    expect((await listKeys(house)).join('\n')).toMatch(/sealing key 9 IS MISSING: message 1/)
  })
})

describe('an old sealing key', () => {
  test('is retired only when nothing needs it and no ticket can come back; the file as it was is kept', async () => {
    await expect(retireKey(house, 1)).rejects.toThrow(/seals what is written now/)
    db.clock.set(newSealingKey(house).from)
    house.crypto.take(readSecretFile(path, db.clock.now()))
    await expect(retireKey(house, 1)).rejects.toThrow(/open pages and addresses until/)
    minutes(ticketDays * 1440)
    await expect(retireKey(house, 1)).rejects.toThrow(/still needed by .*person \d+/)
    await resealAll(house)
    const copy = await retireKey(house, 1)
    expect([...readSecretFile(path).keys.keys()]).toEqual([2])
    expect([...readSecretFile(copy).keys.keys()]).toEqual([1, 2])
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    await everythingHolds(await aProcess())
    await expect(retireKey(house, 1)).rejects.toThrow(/no sealing key 1/)
  })
})

describe('a new layer of the index key', () => {
  const indexes = async () => {
    const found = new Set<string>()
    for (const { table, column } of indexColumns) {
      const { rows } = await sql<{
        hex: string
      }>`select encode(${sql.ref(column)}, 'hex') as hex from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(
        db.owner,
      )
      for (const { hex } of rows) found.add(hex)
    }
    return found
  }

  test('is taken when every process may know it; all are found before and after, by every process', async () => {
    const other = await aProcess()
    const before = await indexes()
    const { from } = newIndexLayer(house)
    await expect(relayerAll(house)).rejects.toThrow(/not to be taken yet/)
    await everythingHolds({ house })
    other.ring.reread()
    db.clock.set(from)
    expect(await relayerAll(house)).toBeGreaterThan(60)
    const after = await indexes()
    expect([...after].filter(each => before.has(each))).toEqual([])
    expect(after.size).toBe(before.size)
    await everythingHolds({ house })
    await everythingHolds(other)
    await everythingHolds(await aProcess())
    expect(await relayerAll(house)).toBe(0)
  })

  test('waits for a writer that began before anybody knew of it', async () => {
    const other = await aProcess()
    const [person] = people as [BuiltPerson]
    const number = '999999998'
    const [began, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const writing = other.house.database.write(town, async tx => {
      await sql`select 1`.execute(tx.q)
      began.resolve()
      await gate.promise
      const index = other.house.crypto.blindIndex(town, 'id:identity', number)
      await sql`update person set id_index = ${index} where person_id = ${person.id}`.execute(tx.q)
    })
    await began.promise
    db.clock.set(newIndexLayer(house).from)
    let over = false
    const making = relayerAll(house).finally(() => {
      over = true
    })
    const waits = () =>
      sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`.execute(db.owner)
    while (!over && (await waits()).rows.length === 0);
    gate.resolve()
    await Promise.all([writing, making])
    const found = await house.database.read(town, tx => findPeople(tx, house.crypto, number))
    expect(found.people.map(({ id }) => id)).toEqual([person.id])
  })

  test('is asked for by who writes: a program whose file was not copied writes nothing wrongly', async () => {
    const whole = path
    const copied = join(folder, `stale-${made}`)
    copyFileSync(whole, copied)
    path = copied
    const stale = await aProcess()
    path = whole
    db.clock.set(newIndexLayer(house).from)
    await relayerAll(house)
    await expect(aPerson({ house: stale.house, town })).rejects.toThrow(/has no layer 2 of the index key/)
    copyFileSync(whole, copied)
    people.push(await aPerson({ house: stale.house, town }))
    await everythingHolds({ house })
  })

  test('leaves what was emptied empty', async () => {
    await sql`update message set to_index = ''`.execute(db.owner)
    db.clock.set(newIndexLayer(house).from)
    await relayerAll(house)
    const { rows } = await sql`select to_index from message where message_id = ${message}`.execute(db.owner)
    expect(rows).toEqual([{ to_index: Buffer.alloc(0) }])
  })

  test('under readers and writers finds everybody and makes nobody twice', async () => {
    const other = await aProcess()
    const { from } = newIndexLayer(house)
    other.ring.reread()
    db.clock.set(from)
    let over = false
    let looked = 0
    const busy = async () => {
      while (!over) {
        const [person] = people
        if (!person) return
        const found = await other.house.database.read(town, tx =>
          findPeople(tx, other.house.crypto, person.idNumber),
        )
        expect(found.people.map(({ id }) => id)).toEqual([person.id])
        people.push(await aPerson({ house: other.house, town }))
        looked += 1
      }
    }
    const working = busy()
    await relayerAll(house)
    over = true
    await working
    expect(looked).toBeGreaterThan(0)
    await everythingHolds({ house })
    await everythingHolds(other)
  })

  test('killed anywhere has happened whole or not at all', async () => {
    db.clock.set(newIndexLayer(house).from)
    const before = await indexes()
    const layer = async () =>
      (await db.owner.selectFrom('municipality').select('index_layer').executeTakeFirstOrThrow()).index_layer
    for (const n of [1, 4, 20, 40, 55, 70, 85]) {
      const cut = asOwner(client => relayerTown(cutAt(client, n), house.crypto, town))
      await expect(cut).rejects.toThrow()
      expect(await layer()).toBe(1)
      expect(await indexes()).toEqual(before)
      await everythingHolds({ house })
    }
    await relayerAll(house)
    expect(await layer()).toBe(2)
    await everythingHolds({ house })
  })

  test('whoever knows the first key alone finds nobody any more', async () => {
    const [person] = people
    const known = house.crypto.steadyIndex(town, 'id:identity', person?.idNumber ?? '')
    expect(await indexes()).toContain(known.toString('hex'))
    db.clock.set(newIndexLayer(house).from)
    await relayerAll(house)
    expect(await indexes()).not.toContain(known.toString('hex'))
  })

  test('may be put on another, and a secret file without it is refused', async () => {
    for (let n = 0; n < 2; n++) {
      db.clock.set(newIndexLayer(house).from)
      await relayerAll(house)
    }
    await everythingHolds(await aProcess())
    const whole = path
    path = join(folder, `bare-${made}`)
    createSecretFile(path)
    await expect(aProcess()).rejects.toThrow(/has no layer 3 of the index key/)
    path = whole
  })
})
