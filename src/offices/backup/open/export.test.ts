import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../../test/database.ts'
import {
  contentOf,
  db,
  elsewhere,
  failureOf,
  filesOf,
  first,
  folder,
  house,
  oneTown,
  run,
  whole,
} from '../testing/two-towns.ts'
import { csvLine } from './csv.ts'
import { aboutColumn } from './read-me.ts'
import { openTables } from './tables.ts'
import { columnsAr } from './words.ar.ts'
import { columnsEn } from './words.en.ts'

const rowsIn = async (of: TestDatabase, table: string) =>
  Number((await contentOf(of, first.town))[table]?.split(' ')[0])
const csv = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(oneTown, 'open', name)), { bom: true, columns: true })

describe('what people read of an exported town', () => {
  test('has what is sealed in the database in the clear, and of this town alone', async () => {
    const people = csv('people.csv')
    expect(people).toHaveLength(await rowsIn(db, 'person'))
    const withNumber = people.filter(person => person.id_number !== '')
    expect(withNumber.length).toBeGreaterThan(0)
    for (const person of withNumber) expect(person.id_number).toMatch(/^\d{9}$/)
    for (const { telephone } of csv('telephones.csv')) expect(telephone).toMatch(/^\+9[67]\d+$/)
    expect(csv('requests.csv')).toHaveLength(2)
    expect(JSON.parse(csv('requests.csv')[0]?.answers ?? '')).toHaveProperty('residence')
    expect(csv('columns.csv')).toContainEqual(
      expect.objectContaining({ table: 'person', column: 'person_id', type: 'uuid', in_key: 'yes' }),
    )
  })

  test('names where each document’s file lies', () => {
    for (const document of csv('documents.csv'))
      expect(existsSync(join(oneTown, document.file ?? ''))).toBe(true)
  })

  test('is explained in Arabic and English, column by column', () => {
    const text = readFileSync(join(oneTown, 'README.md'), 'utf8')
    for (const { name, columns } of openTables)
      for (const column of columns) {
        const words = [columnsAr, columnsEn].map(each => aboutColumn(each, name, column))
        expect({ name, column, words }).toEqual({
          name,
          column,
          words: [expect.any(String), expect.any(String)],
        })
        for (const each of words) expect(text).toContain(`- \`${column}\`: ${each}`)
      }
    const used = new Set(
      openTables.flatMap(({ name, columns }) => columns.flatMap(each => [each, `${name}.${each}`])),
    )
    expect(Object.keys(columnsAr).filter(column => !used.has(column))).toEqual([])
  })

  test('holds no cell that a spreadsheet would run', () => {
    expect(csvLine(['=1+1', '@x', '+970599000111', '-5', '-x', 'a"b', '\tx'])).toBe(
      `'=1+1,'@x,+970599000111,-5,'-x,"a""b",'\tx\r\n`,
    )
  })

  test('is not in a backup of all towns', () => {
    expect(readdirSync(whole)).toEqual(['files', 'manifest.json', 'tables'])
  })
})

describe('a sealed backup', () => {
  test('shows nothing without the private key, and comes back whole with it', async () => {
    const identity = await generateX25519Identity()
    const path = join(folder, 'sealed')
    const keys = [await identityToRecipient(identity)]
    const sealing = { ...house, config: { ...house.config, backup: { ...house.config.backup, keys } } }
    expect((await run(sealing, 'export', first.town.slug, path)).at(-1)).toContain('NOT in it')
    const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter(each => each.isFile())
    const bare = names.filter(each => !each.name.endsWith('.age')).map(each => each.name)
    expect(bare.sort()).toEqual(['README.md', 'manifest.json'])
    for (const each of names.filter(({ name }) => name.endsWith('.age')))
      expect(readFileSync(join(each.parentPath, each.name)).subarray(0, 22).toString()).toBe(
        'age-encryption.org/v1\n',
      )
    const there = await elsewhere()
    expect(await failureOf(there.house, 'restore', path)).toMatch(
      /is sealed: name the file with its private key/,
    )
    const key = join(folder, 'key')
    writeFileSync(key, await generateX25519Identity())
    expect(await failureOf(there.house, 'restore', path, '--identity', key)).toMatch(/cannot be opened/)
    expect((await contentOf(there.db)).municipality).toMatch(/^0 /)
    writeFileSync(key, identity)
    expect((await run(there.house, 'restore', path, '--identity', key)).at(-1)).toContain('Next')
    expect(await contentOf(there.db, first.town)).toEqual(await contentOf(db, first.town))
    expect(await filesOf(there.house, first.town)).toEqual(await filesOf(house, first.town))
  })
})
