import { expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { askReview, chooseColumn, letGo } from '../acts.ts'
import { badLinesOf, getBulletin } from '../store.ts'
import { aBulletinTown, nobody } from '../testing/town.ts'
import { lookAtNumbers } from './file.ts'
import { gatherBulletin } from './gather.ts'
import { drawSample } from './sample.ts'

const db = await testDatabase()
const town = await aBulletinTown(db)
const { house, person, gathered, read, write, by, second } = town

async function* bytesOf(text: string) {
  yield Buffer.from(text)
}

const aFile = async (text: string) => {
  const stored = await house.files.put(town.town.id, Buffer.from(text))
  return { name: 'أرقام.csv', stored, ...(await lookAtNumbers(bytesOf(text))) }
}

test('finds the column of telephones by what stands in it, also without headings', async () => {
  expect(
    await lookAtNumbers(bytesOf('الاسم,رقم الجوال,المبلغ\nسامي,0599123456,17\nهدى,٠٥٩٩١٢٣٤٥٧,20\n')),
  ).toEqual({
    columns: ['الاسم', 'رقم الجوال', 'المبلغ'],
    column: 'رقم الجوال',
  })
  expect(await lookAtNumbers(bytesOf('سامي;0599123456\nهدى;0599123457\n'))).toEqual({
    columns: ['1', '2'],
    column: '2',
  })
  expect((await lookAtNumbers(bytesOf('الاسم,المبلغ\nسامي,17\n'))).column).toBeUndefined()
})

test('takes each number once, knows whose it is, and keeps lines that hold none with the reason', async () => {
  const known = await person({ phone: '0599881001' })
  const file = await aFile('رقم الجوال\n0599881001\n+972599881001\n059988\n\nأحمد\n0599881002\n')
  const { id, counts } = await gathered({ audience: { ...nobody, numbers: 'add' }, file })
  expect(counts).toMatchObject({ numbers: 2, doubledLines: 1, badLines: 2, recipients: 2, people: 2 })
  const people = await db.owner
    .selectFrom('bulletin_recipient')
    .select('person_id')
    .where('bulletin_id', '=', id)
    .execute()
  expect(people.map(row => row.person_id).sort()).toEqual([known.id, null].sort())
  const bad = await read(tx => badLinesOf(tx, id))
  expect(bad.map(({ line, told }) => ({ line, told }))).toEqual([
    { line: 4, told: '059988' },
    { line: 6, told: 'أحمد' },
  ])
})

test('comes to a rule, narrows it or is left out of it', async () => {
  const quarter = 'حي الملف'
  const inside = await person({ quarter, phone: '0599882001' })
  const outside = await person({ quarter, phone: '0599882002' })
  const text = 'phone\n0599882001\n0599882003\n'
  const listOf = async (numbers: 'add' | 'only' | 'except') => {
    const { id } = await gathered({
      audience: { ...nobody, quarters: [quarter], numbers },
      file: await aFile(text),
    })
    const rows = await db.owner
      .selectFrom('bulletin_recipient')
      .select('person_id')
      .where('bulletin_id', '=', id)
      .execute()
    return rows.map(row => row.person_id)
  }
  expect((await listOf('add')).sort()).toEqual([inside.id, outside.id, null].sort())
  expect(await listOf('only')).toEqual([inside.id])
  expect(await listOf('except')).toEqual([outside.id])
})

test('is read from another column when somebody says so', async () => {
  const file = await aFile('أ,ب\n0599883001,0599883002\n0599883003,\n')
  const { id, counts } = await gathered({ audience: { ...nobody, numbers: 'add' }, file })
  expect(counts.recipients).toBe(2)
  await write(tx => chooseColumn(tx, id, 'ب', by))
  await gatherBulletin(house, town.town.id, id)
  expect((await read(tx => getBulletin(tx, id))).counts).toMatchObject({ recipients: 1, badLines: 1 })
})

test('whoever says which column is read has written in it, and does not let it go', async () => {
  const file = await aFile('أ,ب\n0599883004,0599883005\n')
  const { id } = await gathered({ audience: { ...nobody, numbers: 'add' }, file })
  await write(tx => chooseColumn(tx, id, 'ب', second))
  await gatherBulletin(house, town.town.id, id)
  await write(tx => askReview(tx, id, by))
  await expect(write(tx => letGo(tx, id, second))).rejects.toMatchObject({ code: 'second-person' })
})

test('everybody on the list may be among those the second person looks at', async () => {
  const numbers = Array.from({ length: 60 }, (_, at) => `05987${String(at).padStart(5, '0')}`)
  const bulletin = await gathered({
    audience: { ...nobody, numbers: 'add' },
    file: await aFile(`phone\n${numbers.join('\n')}\n`),
  })
  const drawn = new Set<number>()
  for (let time = 0; time < 80; time++)
    for (const no of (await read(tx => drawSample(tx, bulletin))).sample) drawn.add(no)
  expect(drawn.size).toBe(60)
})

test('two that read one file at a time leave out none of its numbers', async () => {
  const numbers = Array.from({ length: 7_000 }, (_, at) => `05985${String(at).padStart(5, '0')}`)
  const file = await aFile(`phone\n${numbers.join('\n')}\n`)
  const id = await town.written({ audience: { ...nobody, numbers: 'add' }, file })
  await Promise.all([gatherBulletin(house, town.town.id, id), gatherBulletin(house, town.town.id, id)])
  const { state, counts } = await read(tx => getBulletin(tx, id))
  expect({ state, ...counts }).toMatchObject({ state: 'counted', numbers: 7_000, recipients: 7_000 })
})

test('a file that breaks off at a quote that never ends is kept up to a line that is named', async () => {
  const numbers = Array.from({ length: 300 }, (_, at) => `05986${String(at).padStart(5, '0')}`)
  const file = await aFile(`phone\n${numbers.join('\n')}\n"0598600300\n0598600301\n`)
  const { id, state, counts } = await gathered({ audience: { ...nobody, numbers: 'add' }, file })
  expect({ state, ...counts }).toMatchObject({ state: 'counted', badLines: 1 })
  expect(counts.recipients).toBeGreaterThan(200)
  // Its heading stands before them.
  const line = counts.recipients + 2
  expect(await read(tx => badLinesOf(tx, id))).toEqual([{ line, reason: 'rest-unread', told: '' }])
})

test('a line whose words are cut in the middle of a character is kept too', async () => {
  const file = await aFile(`phone\n0599884001\n${'م'.repeat(39)}😀\n`)
  const { id, state } = await gathered({ audience: { ...nobody, numbers: 'add' }, file })
  expect(state).toBe('counted')
  const [bad] = await read(tx => badLinesOf(tx, id))
  expect(bad?.line).toBe(3)
})
