import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { sentOf } from './forms-of-pages.ts'
import { aLivingTown, cookieOf, formsSeen, type LivingTown, type Who } from './town.ts'

const db = await testDatabase()
let living: LivingTown

/** Text that calls a function of ours wherever it is taken for SQL, within quotes or without, and stumbles over every other mark. */
const hostile = `a'||sprung()||'");select sprung();--$$||sprung()||$$ %_\\ \u202e\u2066`
const longWithNul = `a\u0000${"'".repeat(3_000)}x`

beforeAll(async () => {
  living = await aLivingTown(await aPeopledTown(db, aHouse(db)))
  // A sequence counts even what was rolled back.
  await sql`create sequence sprung_count`.execute(db.owner)
  await sql`create function sprung() returns text language sql security definer as $$ select nextval('sprung_count')::text $$`.execute(
    db.owner,
  )
}, 600_000)

/** How often something that was typed ran as SQL. */
async function sprung(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select (case when is_called then last_value else 0 end)::int as n from sprung_count`.execute(db.owner)
  return rows[0]?.n ?? 0
}

/** Every name that some page reads from an address. */
async function queryNames(): Promise<string[]> {
  const names = new Set<string>()
  for await (const file of glob('src/**/*.{ts,tsx}'))
    for (const [, plain, quoted] of readFileSync(file, 'utf8').matchAll(/\bquery(?:\.(\w+)|\['([\w-]+)'\])/g))
      names.add(plain ?? quoted ?? '')
  return [...names]
}

const broken = (where: string, status: number) => (status >= 500 ? [`${where} answers ${status}`] : [])

test('what is taken for SQL as the program runs it is counted', async () => {
  await db.database.write(living.town.town.id, tx => sql.raw("select 'a'||sprung()||''").execute(tx.q))
  expect(await sprung()).toBe(1)
  await sql`alter sequence sprung_count restart`.execute(db.owner)
  expect(await sprung()).toBe(0)
})

test('every field of every form takes it for text', async () => {
  const failures: string[] = []
  let sent = 0
  for (const form of (await formsSeen(living)).filter(({ method }) => method === 'post')) {
    const whole = sentOf(form)
    const names = form.fields
      .filter(({ kind, name }) => kind !== 'file' && name !== '_key')
      .map(({ name }) => name)
    const tries = names.map((name): [string, Record<string, string>] => [name, { ...whole, [name]: hostile }])
    for (const { name, value } of form.fields.filter(({ value }) => /^\d+$/.test(value)))
      for (const text of ['-1', '99999999999999999999', `${value}.5`])
        tries.push([name, { ...whole, [name]: text }])
    tries.push(['all', Object.fromEntries(names.map(name => [name, longWithNul]))])
    for (const [name, typed] of tries) {
      const { status } = await living.knock(form.action, {
        ...cookieOf(living, form.who),
        form: { ...typed, _key: `key-${sent++}-of-sql` },
      })
      failures.push(...broken(`${form.who} ${form.action} with ${name}`, status))
    }
  }
  expect(failures).toEqual([])
  expect(sent).toBeGreaterThan(800)
  expect(await sprung()).toBe(0)
}, 600_000)

test('every part of every address and every name after it takes it for text', async () => {
  const failures: string[] = []
  const names = await queryNames()
  const all = (text: string) => names.map(name => `${name}=${encodeURIComponent(text)}`).join('&')
  for (const [who, pages] of living.pages) {
    for (const page of pages) {
      const [path = '', search = ''] = page.split('?')
      const parts = path.split('/')
      const tries = parts.flatMap((part, place) =>
        /\d|[A-Z]/.test(part)
          ? [hostile, longWithNul].map(text => parts.with(place, encodeURIComponent(text)).join('/'))
          : [],
      )
      for (const text of [hostile, longWithNul, '99999999999999999999', '2026-13-45']) {
        tries.push(`${path}?${all(text)}`)
        for (const name of new URLSearchParams(search).keys())
          tries.push(`${path}?${name}=${encodeURIComponent(text)}`)
      }
      for (const each of tries) {
        const { status } = await living.knock(each, cookieOf(living, who))
        failures.push(...broken(`${who} ${each.slice(0, 120)}`, status))
      }
    }
  }
  expect(failures).toEqual([])
  expect(await sprung()).toBe(0)
}, 600_000)

test('the marks of a pattern mean no more to a search than any other mark', async () => {
  const searches = [...living.pages].flatMap(([who, pages]) =>
    pages.filter(page => page.includes('?q=')).map(page => ({ who, path: page.split('?')[0] ?? '' })),
  )
  expect(searches.length).toBeGreaterThan(4)
  const links = async (who: Who, path: string, q: string) => {
    const { html } = await living.knock(`${path}?q=${encodeURIComponent(q)}`, cookieOf(living, who))
    return (html.match(/href="/g) ?? []).length
  }
  for (const { who, path } of searches) {
    const none = await links(who, path, '!')
    for (const q of ['%', '_', '%%%', '____', '\\%', '*', '.*'])
      expect(await links(who, path, q), `${who} ${path} ${q}`).toBe(none)
    expect(await links(who, path, 'س%')).toBe(await links(who, path, 'س'))
  }
})
