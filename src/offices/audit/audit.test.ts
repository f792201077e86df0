import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import {
  type AuditEntry,
  canonicalBytes,
  canonicalJson,
  looksAt,
  provesField,
  record,
  recordMany,
} from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const town = await aTown(house)
const place = { house, town: town.id }
const person = await aPerson(place)
const clerk = await aStaffMember(place, 'clerk', 'centre')

const words = fc.string({ maxLength: 20 })
const anEntry = fc.record({
  actor: fc.record({ kind: words, id: words, office: fc.option(words, { nil: undefined }) }),
  act: words,
  subjectKind: words,
  subjectId: words,
  cause: fc.option(words, { nil: undefined }),
})
const spot = { auditId: 'a', town: 't', at: new Date('2026-03-01T08:00:00Z') }

function shuffled<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).reverse()) as T
}

describe('the canonical form', () => {
  test('is the same bytes whatever order the fields came in', () => {
    fc.assert(
      fc.property(anEntry, entry => {
        const turned = shuffled({ ...entry, actor: shuffled(entry.actor) })
        expect(canonicalBytes(spot, turned, {})).toEqual(canonicalBytes(spot, entry, {}))
      }),
    )
  })

  test('is the canonical JSON of its facts', () => {
    fc.assert(
      fc.property(anEntry, fc.dictionary(words, words), (entry, fields) => {
        const salted = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, { value, salt: 's' }]),
        )
        const canonical = canonicalBytes(spot, entry, salted).toString('utf8')
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical)
        const { personal, ...facts } = JSON.parse(canonical)
        expect(Object.keys(personal).sort()).toEqual(Object.keys(fields).sort())
        expect(facts).toEqual(JSON.parse(JSON.stringify({ ...entry, ...spot })))
      }),
    )
  })

  test('differs as soon as one word of the entry differs', () => {
    fc.assert(
      fc.property(
        anEntry,
        fc.constantFrom('act', 'subjectKind', 'subjectId'),
        words,
        (entry, name, other) => {
          fc.pre(entry[name] !== other)
          const changed: AuditEntry = { ...entry, [name]: other }
          expect(canonicalBytes(spot, changed, {})).not.toEqual(canonicalBytes(spot, entry, {}))
        },
      ),
    )
  })

  test('is JSON that reads back as it was, without what is undefined', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const canonical = canonicalJson(value as never)
        expect(JSON.parse(canonical)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical)
      }),
    )
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}')
  })

  test('proves a personal field by its salt, and proves no other value or salt', () => {
    fc.assert(
      fc.property(anEntry, words, words, words, (entry, value, salt, other) => {
        const canonical = canonicalBytes(spot, entry, { name: { value, salt } })
        expect(provesField(canonical, 'name', salt, value)).toBe(true)
        if (other !== value) expect(provesField(canonical, 'name', salt, other)).toBe(false)
        if (other !== salt) expect(provesField(canonical, 'name', other, value)).toBe(false)
        expect(provesField(canonical, 'toString', salt, value)).toBe(false)
      }),
    )
  })
})

describe('an audit row', () => {
  const entry = {
    actor: { kind: 'staff', id: clerk.id, office: 'centre' },
    act: 'test.seen',
    subjectKind: 'person',
    subjectId: person.id,
    personId: person.id,
    personal: { name: 'ليلى قطب' },
  }
  const rowsOf = (act: string) => db.owner.selectFrom('audit').selectAll().where('act', '=', act).execute()

  test('keeps personal fields in clear beside their salt, and only hashed in what is proved', async () => {
    await house.database.write(town.id, tx => record(tx, entry))
    const [row] = await rowsOf('test.seen')
    const personal = row?.personal as { name: { value: string; salt: string } }
    expect(personal.name.value).toBe('ليلى قطب')
    expect(row?.canonical.toString('utf8')).not.toContain('ليلى')
    expect(provesField(row?.canonical ?? Buffer.of(), 'name', personal.name.salt, 'ليلى قطب')).toBe(true)
  })

  test('has a salt of its own, so that two rows of one person cannot be joined by their hashes', async () => {
    await house.database.write(town.id, tx =>
      recordMany(tx, [
        { ...entry, act: 'test.twice' },
        { ...entry, act: 'test.twice' },
      ]),
    )
    const salts = (await rowsOf('test.twice')).map(
      row => (row.personal as { name: { salt: string } }).name.salt,
    )
    expect(new Set(salts).size).toBe(2)
  })

  test('is undone with the act it belongs to', async () => {
    const undone = house.database.write(town.id, async tx => {
      await record(tx, { ...entry, act: 'test.undone' })
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    expect(await rowsOf('test.undone')).toEqual([])
  })

  test('can be neither changed nor deleted by the application', async () => {
    const change = house.database.write(town.id, tx => sql`update audit set cause = 'x'`.execute(tx.q))
    await expect(change).rejects.toThrow(/permission denied/)
    const removal = house.database.write(town.id, tx => sql`delete from audit`.execute(tx.q))
    await expect(removal).rejects.toThrow(/permission denied/)
  })
})

describe('who looked at my data', () => {
  const look = (minute: number, more: Partial<AuditEntry> = {}) => {
    db.clock.set(new Date(Date.UTC(2026, 4, 1, 8, minute)))
    return house.database.write(town.id, tx =>
      record(tx, {
        actor: { kind: 'staff', id: clerk.id, office: 'centre' },
        act: 'person.opened',
        subjectKind: 'person',
        subjectId: person.id,
        personId: person.id,
        cause: `visit ${minute}`,
        ...more,
      }),
    )
  }

  test('lists looks newest first, with who, where, why; not my own and not other people’s', async () => {
    const other = await aPerson(place)
    await look(1)
    await look(2)
    await look(3, { actor: { kind: 'citizen', id: person.id }, cause: 'mine' })
    await look(4, { personId: other.id, cause: 'somebody else' })
    const seen = await house.database.read(town.id, tx => looksAt(tx, person.id, { limit: 2 }))
    expect(seen.map(each => each.cause)).toEqual(['visit 2', 'visit 1'])
    expect(seen[0]?.who).toMatchObject({ kind: 'staff', name: clerk.name, title: { ar: 'موظف' } })
    expect(seen[0]?.who.office?.en).toBe('centre')
  })

  test('goes on where the page before ended, also among looks of one instant', async () => {
    const watched = await aPerson(place)
    const mine = { personId: watched.id }
    await look(10, mine)
    await look(11, { ...mine, cause: 'a' })
    await look(11, { ...mine, cause: 'b' })
    const pages: (string | undefined)[] = []
    let before: string | undefined
    for (;;) {
      const [row] = await house.database.read(town.id, tx => looksAt(tx, watched.id, { limit: 1, before }))
      if (row?.act !== 'person.opened') break
      pages.push(row.cause)
      before = row.auditId
    }
    expect(pages).toEqual(['b', 'a', 'visit 10'])
  })

  test('is read by the index of its person, as the application', async () => {
    await db.owner.transaction().execute(async trx => {
      await sql`insert into audit (municipality_id, audit_id, at, actor_kind, actor_id, act, subject_kind, subject_id, person_id, canonical)
        select ${town.id}, gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 minute', 'staff', ${clerk.id}, 'x', 'person', 'x',
               gen_random_uuid(), '' from generate_series(1, 20000) n`.execute(trx)
    })
    await sql`analyze audit`.execute(db.owner)
    const plan = await house.database.read(town.id, async tx => {
      const found = await sql<{ 'QUERY PLAN': string }>`
        explain select * from audit a where a.municipality_id = ${town.id} and a.person_id = ${person.id}
           and a.actor_kind in ('staff', 'partner', 'system')
         order by a.at desc, a.audit_id desc limit 20`.execute(tx.q)
      return found.rows.map(row => row['QUERY PLAN']).join('\n')
    })
    expect(plan).toContain('audit_person')
    expect(plan).not.toContain('Seq Scan on audit')
  })
})
