import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import { normaliseForSearch, searchTokens } from '../../lib/arabic.ts'
import { findPeople, searchPeople } from './index.ts'
import { searchFor } from './search.ts'

const db = await testDatabase()
const house = aHouse(db)
const { crypto } = house
const town = await aTown(house)
const other = await aTown(house)
const place = { house, town: town.id }
const find = (text: string, limit = 20, where = town.id) =>
  house.database.read(where, tx => findPeople(tx, crypto, text, { limit }))
const names = async (text: string, limit = 20) =>
  (await find(text, limit)).people.map(person => person.displayName)

const ahmad = { first: 'أحمد', father: 'عبد الله', grandfather: 'سليم', family: 'البرغوثي' }
const fatima = { first: 'فاطمة', father: 'أحمد', grandfather: 'موسى', family: 'الخطيب' }

describe('the one box', () => {
  beforeAll(async () => {
    await aPerson(place, { ...ahmad, motherName: 'هدى', birthDate: '1980-05-01', phone: '0599 111 222' })
    await aPerson(place, {
      ...ahmad,
      motherName: 'رنا',
      birthDate: '1991-05-01',
      phone: '0599 111 222',
      idNumber: '412345678',
    })
    await aPerson(place, { ...fatima, phone: null })
  })
  const whole = 'أحمد عبد الله سليم البرغوثي'

  test.each([
    'احمد عبدالله سليم البرغوثي',
    'أحمد عبد الله سليم برغوثي',
    'إحمد عَبدُ الله',
    'الحاج أحمد بن عبد الله',
    'برغوثي احمد',
    'أحمـــد البرغ',
  ])('finds %s', async text => {
    expect(await names(text)).toEqual([whole, whole])
  })

  test.each(['فاطمه', 'فاطمة الخطيب', 'فاطمه خطيب', 'موسي فاط'])('finds %s', async text => {
    expect(await names(text)).toEqual(['فاطمة أحمد موسى الخطيب'])
  })

  test('tells namesakes apart by mother’s name and year of birth', async () => {
    const { people } = await find(whole)
    expect(people.map(({ motherName, birthYear }) => [motherName, birthYear])).toEqual([
      ['هدى', 1980],
      ['رنا', 1991],
    ])
  })

  test('puts names that begin as typed before names that have it further on', async () => {
    expect(await names('أحمد')).toEqual([whole, whole, 'فاطمة أحمد موسى الخطيب'])
  })

  test('finds everybody of a telephone, and one by the number of the card, showing its end only', async () => {
    expect((await find('٠٥٩٩١١١٢٢٢')).people).toHaveLength(2)
    expect((await find('+970 599 111 222')).people).toHaveLength(2)
    expect((await find('412345678')).people.map(person => person.maskedId)).toEqual(['*****5678'])
  })

  test('finds nobody of another town, and nothing by one letter or by signs', async () => {
    expect((await find('أحمد', 20, other.id)).people).toEqual([])
    expect(await find('أ')).toEqual({ by: 'nothing', people: [], more: false })
    expect((await find('%%__😀')).people).toEqual([])
  })

  test('says when there are more than it gives', async () => {
    expect(await find('أحمد', 2)).toMatchObject({ more: true, by: 'name' })
    expect(await find('أحمد', 3)).toMatchObject({ more: false })
    expect(
      await house.database.read(town.id, tx => searchPeople(tx, crypto, 'أحمد', { limit: 1 })),
    ).toHaveLength(1)
  })
})

describe('with 20,000 people', () => {
  beforeAll(async () => {
    const first = 'محمد أحمد سامي ليلى هدى خالد رنا مريم يوسف إيمان سعيد نور'.split(' ')
    const family = 'قطب النجار حمدان زيدان التميمي عمرو دعنا صافي مسودة سلهب'.split(' ')
    const rows = Array.from({ length: 20_000 }, (_, n) => {
      const pick = (list: string[], step: number) => list[Math.floor(n / step) % list.length]
      const name = `${pick(first, 1)} ${pick(first, 12)} ${pick(first, 144)} ${pick(family, 7)}`
      return { name, sort: normaliseForSearch(name), tokens: searchTokens(name) }
    })
    await sql`
      with people as (
        select gen_random_uuid() as id, r.name, r.sort, r.tokens
          from json_to_recordset(${JSON.stringify(rows)}::json) as r(name text, sort text, tokens json)),
      persons as (
        insert into person (municipality_id, person_id, kind, first_name, display_name, sort_name, id_kind, id_index, id_sealed, registered_at, source)
        select ${town.id}, id, 'natural', name, name, sort, 'other', sha256(id::text::bytea), null, now(), 'test' from people)
      insert into person_token (municipality_id, token, person_id)
      select ${town.id}, token, id from people, json_array_elements_text(tokens) token`.execute(db.owner)
    await sql`insert into person_phone (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, added_at)
      select ${town.id}, person_id, sha256(person_id::text::bytea), '', true, false, now() from person where source = 'test'`.execute(
      db.owner,
    )
    for (const table of ['person', 'person_token', 'person_phone'])
      await sql`vacuum analyze ${sql.table(table)}`.execute(db.owner)
  }, 120_000)

  const planOf = (text: string) =>
    house.database.read(town.id, async tx => {
      const compiled = searchFor(tx, crypto, text, 21)?.query.compile(tx.q)
      const rows = await tx.prepared<{ 'QUERY PLAN': string }>(
        `explain ${text}`,
        `explain ${compiled?.sql}`,
        compiled?.parameters ?? [],
      )
      return rows.map(row => row['QUERY PLAN']).join('\n')
    })

  test.each(['محمد', 'محمد أحمد', 'محمد أحمد خالد قطب', 'نج', '0599111222', '412345678'])(
    'no table is read from end to end under row-level security: %s',
    async text => {
      const plan = await planOf(text)
      expect(plan).toContain('Index')
      expect(plan).not.toMatch(/Seq Scan on person/)
    },
  )

  test('a name without the middle ones asks for no word by itself where enough people have it', async () => {
    const text = 'محمد قطب'
    const touched = await house.database.read(town.id, async tx => {
      const compiled = searchFor(tx, crypto, text, 3)?.query.compile(tx.q)
      const rows = await tx.prepared<{ 'QUERY PLAN': string }>(
        'explain names',
        `explain (analyze, costs off, timing off, summary off) ${compiled?.sql}`,
        compiled?.parameters ?? [],
      )
      return rows.map(row => row['QUERY PLAN']).filter(line => / on person_token/.test(line))
    })
    expect(touched.length).toBeGreaterThan(0)
    expect(touched.every(line => line.includes('never executed'))).toBe(true)
    expect((await find(text, 3)).people).toHaveLength(3)
  })

  /** How many rows of a table a search went through, those it threw away among them. */
  const visited = (text: string, table: string) =>
    house.database.read(town.id, async tx => {
      const compiled = searchFor(tx, crypto, text, 21)?.query.compile(tx.q)
      const rows = await tx.prepared<{ 'QUERY PLAN': string }>(
        `visited ${text}`,
        `explain (analyze, costs off, timing off, summary off) ${compiled?.sql}`,
        compiled?.parameters ?? [],
      )
      const steps = rows.map(row => row['QUERY PLAN']).filter(line => new RegExp(` on ${table} `).test(line))
      return steps.reduce((sum, line) => {
        const [, each = 0, loops = 0] = /rows=([\d.]+) loops=(\d+)/.exec(line) ?? []
        return sum + Number(each) * Number(loops)
      }, 0)
    })

  test.each([
    ['the family name first', 'قطب محمد'],
    ['three words in another order', 'قطب خالد محمد'],
    ['a family name alone', 'التميمي'],
    ['two family names, which nobody has', 'حمدان زيدان'],
  ])('visits only people who are found, though thousands have each word: %s', async (_what, text) => {
    const found = await find(text)
    expect(await visited(text, 'person')).toBeLessThanOrEqual(100)
    expect(await visited(text, 'person')).toBeGreaterThanOrEqual(found.people.length)
  })

  test.each(['قطب محمد', 'قطب خالد محمد', 'تميمي', 'نجار خالد محمد', 'نجار سلهب', 'دعنا مح'])(
    'finds the same, in the same order, as going through everybody does: %s',
    async text => {
      const words = searchTokens(text)
      const begin = words.pop() ?? ''
      const { rows } = await sql<{ name: string }>`
        select p.sort_name as name from person p join person_token t using (municipality_id, person_id) where municipality_id = ${town.id}
         group by municipality_id, person_id, p.sort_name
        having array_agg(t.token) @> ${words}::text[] and bool_or(starts_with(t.token, ${begin}))
         order by p.sort_name collate "C"`.execute(db.owner)
      const { people, more } = await find(text)
      expect(people.map(person => normaliseForSearch(person.displayName))).toEqual(
        rows.slice(0, 20).map(row => row.name),
      )
      expect(more).toBe(rows.length > 20)
    },
  )

  test('finds somebody whose words a program wrote that did not know that the name goes with them', async () => {
    const { id } = await aPerson(place, {
      ...ahmad,
      father: 'زكريا',
      motherName: 'سلمى',
      birthDate: '1970-01-01',
    })
    await sql`delete from person_token where person_id = ${id}`.execute(db.owner)
    await sql`insert into person_token (municipality_id, token, person_id)
      select ${town.id}, token, ${id}::uuid from unnest(${searchTokens(`أحمد زكريا سليم البرغوثي`)}::text[]) token`.execute(
      db.owner,
    )
    expect((await find('برغوثي زكريا')).people.map(person => person.id)).toEqual([id])
  })
})
