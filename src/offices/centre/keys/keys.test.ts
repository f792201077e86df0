import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { translate } from '../../../lib/texts.ts'
import { projectRoot } from '../../../platform/root.ts'
import { aCentreTown, type CentreTown, type Post } from '../testing/centre.ts'
import { type KeyPage, keyPages, keyTexts } from './list.ts'

const db = await testDatabase()
let town: CentreTown
beforeAll(async () => {
  town = await aCentreTown(db)
})

/** Where the keys of a page are bound. A file that binds one and lies nowhere here fails the test below. */
const homes: readonly [path: string, page: KeyPage][] = [
  ['src/offices/counter/', 'counter'],
  ['src/offices/rights/correction/pages/decide', 'inbox'],
  ['src/offices/rights/', 'counter'],
  ['src/offices/visits/', 'turns'],
  ['src/offices/treasury/debts/', 'debts'],
  ['src/offices/treasury/', 'money'],
  ['src/offices/requests/staff/', 'inbox'],
  ['src/offices/centre/signing/', 'sign'],
  ['src/offices/centre/floor/', 'floor'],
  ['src/offices/feedback/', 'words'],
  ['src/offices/people/', 'secrets'],
  ['src/offices/oversight/', 'looks'],
  ['src/offices/looks/', 'looks'],
  ['src/offices/imports/', 'imports'],
  ['src/offices/bulletins/', 'bulletins'],
  ['src/offices/designer/', 'services'],
  ['src/ui/parts/viewer.tsx', 'viewer'],
  ['src/ui/parts/phrases.tsx', 'inbox'],
]

const name = /^(?:F\d{1,2}|Key[A-Z]|Escape|Equal|Minus|Comma|Period|(?:Ctrl|Alt)\+\w+)$/

/** The keys a source binds: what stands quoted in a line that speaks of a hotkey. Digits are runs and are written out in the list. */
function keysIn(source: string): string[] {
  const spoken = source.split('\n').filter(line => /hotkey/.test(line))
  return spoken
    .flatMap(line => [...line.matchAll(/['"]([\w+]+)['"]/g)].map(([, key = '']) => key))
    .filter(key => name.test(key))
}

const everywhere = new Set(keyPages[0]?.keys.flatMap(({ codes }) => codes))
const keysOf = (page: KeyPage) =>
  new Set(keyPages.find(each => each.page === page)?.keys.flatMap(({ codes }) => codes))

/** Keys bound in a file that the sheet does not name on the file's page. */
function unlisted(path: string, source: string): string[] {
  const home = homes.find(([start]) => path.startsWith(start))
  const listed = home && keysOf(home[1])
  return keysIn(source)
    .filter(key => !everywhere.has(key) && !listed?.has(key))
    .map(key => `${path}: ${key}`)
}

const files = globSync('src/{offices,ui/parts}/**/*.tsx', { cwd: projectRoot }).filter(
  path => !/\.test\./.test(path),
)
const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')

describe('the sheet of keys', () => {
  test('is every colleague’s, in both languages, and is led to from the pages with keys', async () => {
    for (const post of ['clerk', 'accountant', 'mayor', 'manager', 'auditor'] as Post[])
      expect((await town.as(post, fillAddress(addresses.officeKeys, {}))).status, post).toBe(200)
    const arabic = await town.as('clerk', fillAddress(addresses.officeKeys, {}))
    const english = await town.as('clerk', fillAddress(addresses.officeKeys, {}, { lang: 'en' }))
    for (const { page, keys } of keyPages)
      for (const key of [`on-${page}` as const, ...keys.map(each => each.does)]) {
        expect(arabic.text).toContain(translate(keyTexts, 'ar', key))
        expect(english.text).toContain(translate(keyTexts, 'en', key))
      }
    const inbox = await town.as('accountant', fillAddress(addresses.inbox, {}))
    expect(inbox.html).toContain(fillAddress(addresses.officeKeys, {}))
  })

  test('names every key that a page binds', () => {
    expect(files.flatMap(path => keysIn(read(path))).length).toBeGreaterThan(40)
    expect(files.flatMap(path => unlisted(path, read(path)))).toEqual([])
  })

  test('is found wanting when a page binds a key it does not name', () => {
    expect(unlisted('src/offices/counter/x.tsx', '<Button hotkey="F5">')).toHaveLength(1)
    expect(unlisted('src/offices/new/x.tsx', '<Button hotkey="F8">')).toHaveLength(1)
    expect(unlisted('src/offices/counter/x.tsx', '<Button hotkey="F8">')).toEqual([])
  })

  test('names no key that nothing binds', () => {
    const bound = files.map(path => ({ path, keys: keysIn(read(path)) }))
    const stale = keyPages.slice(2).flatMap(({ page, keys }) => {
      const own = bound.filter(({ path }) => homes.find(([start]) => path.startsWith(start))?.[1] === page)
      const real = new Set(own.flatMap(each => each.keys))
      return keys
        .flatMap(({ codes }) => codes)
        .filter(code => name.test(code) && !real.has(code) && !everywhere.has(code))
        .map(code => `${page}: ${code}`)
    })
    expect(stale).toEqual([])
  })
})
