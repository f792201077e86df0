import { describe, expect, test } from 'vitest'
import { aDoor } from '../../test/builders/door.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { addresses } from '../lib/addresses.ts'
import type { Database } from '../platform/database/index.ts'
import { everyone, nothing, route } from './route.ts'
import { openTownDirectory } from './town.ts'
import { passingTrouble } from './trouble.ts'

const db = await testDatabase()
await aTown(db, { hosts: ['town.test'] })
const house = aHouse(db)
let trouble: unknown

const refused = route({
  method: 'post',
  address: addresses.track,
  access: everyone('a test'),
  audit: nothing('a test'),
  handle: () => Promise.reject(trouble),
})
const { knock } = aDoor(house, [refused])
const path = addresses.track.pattern
const failure = (code: string) => Object.assign(new Error('of the machine'), { code })
const form = { _key: 'a-key-of-a-form', name: 'سامي "محمد"', quarter: ['a', 'b'], pin: '123456' }

describe('a form that meets a trouble which passes', () => {
  test.each([
    ['53100', 'امتلأ مكان الحفظ', '60'],
    ['ENOSPC', 'امتلأ مكان الحفظ', '60'],
    ['53300', 'الازدحام', '5'],
    ['55P03', 'الازدحام', '5'],
    ['57P01', 'قاعدة البيانات لا تجيب', '5'],
  ])('is answered with 503, why, and when to ask again (%s)', async (code, words, seconds) => {
    trouble = failure(code)
    const answer = await knock(path, { form })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe(seconds)
    expect(await answer.text()).toContain(words)
  })

  test('comes back with what was typed and under its own key, without what is secret', async () => {
    trouble = failure('53100')
    const page = await (await knock(path, { form })).text()
    expect(page).toContain('name="_key" value="a-key-of-a-form"')
    expect(page).toContain('name="name" value="سامي &quot;محمد&quot;"')
    expect(page).toContain('name="quarter" value="a"')
    expect(page).toContain('name="quarter" value="b"')
    expect(page).not.toContain('123456')
  })

  test('is said to have lost its files, which no page carries', async () => {
    const body = new FormData()
    body.set('name', 'سامي')
    body.set('paper', new File(['x'], 'x.pdf'))
    const page = await (await knock(path, { body })).text()
    expect(page).toContain('لم نستلم الملفات')
    expect(page).not.toContain('name="name" value="سامي"')
  })

  test('is told to a program as a problem with the same words for when', async () => {
    const answer = await knock(path, { form, headers: { accept: 'application/json' } })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(await answer.json()).toMatchObject({ status: 503, code: 'no-room' })
  })

  test('is not confused with an error that is ours to mend', async () => {
    trouble = new TypeError('x is not a function')
    expect((await knock(path, { form })).status).toBe(500)
    expect(passingTrouble(failure('23505'))).toBeUndefined()
    expect(passingTrouble(new Error('timeout exceeded when trying to connect'))?.code).toBe('busy')
    expect(passingTrouble(new Error('Connection terminated unexpectedly'))?.code).toBe('away')
  })
})

describe('which towns there are', () => {
  test('is known while the database is away, and read again once it is back', async () => {
    let now = 0
    let away = false
    const directory: Database['directory'] = work =>
      away ? Promise.reject(failure('ECONNREFUSED')) : db.database.directory(work)
    const towns = openTownDirectory({ ...db.database, directory }, () => now)
    expect(await towns.all()).toHaveLength(1)
    away = true
    now = 10_000
    expect(await towns.all()).toHaveLength(1)
    now = 1_000_000
    expect(await towns.all()).toHaveLength(1)
    away = false
    await aTown(db, { slug: 'second', hosts: [] })
    towns.forget()
    expect(await towns.all()).toHaveLength(2)
  })

  test('is told from the beginning only with the database', async () => {
    const directory: Database['directory'] = () => Promise.reject(failure('ECONNREFUSED'))
    await expect(openTownDirectory({ ...db.database, directory }, () => 0).all()).rejects.toThrow()
  })
})
