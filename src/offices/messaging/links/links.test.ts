import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aPerson, aTown } from '../../../../test/builders/people.ts'
import { aFiledRequest, aWorkingTown } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { openLog } from '../../../platform/telemetry/log.ts'
import { everyone, nothing, route } from '../../../web/route.ts'
import { openGuard } from './guard.ts'
import { codeLength, newCode, readCode } from './model.ts'
import { planLink } from './plan.ts'
import { addLinks, countTry, findLink } from './store.ts'

const db = await testDatabase()
const dayMs = 86_400_000

const at = (publicUrl: string | undefined, hosts: string[] = [], isDemo = false) => ({
  house: { config: { publicUrl, host: '0.0.0.0', port: 8080 } as never },
  town: { hosts, slug: 'dura', isDemo },
})
const track = { kind: 'track', requestId: 'x' } as const

describe('a code', () => {
  test('is ten letters nobody takes for one another, and read back as it was made', () => {
    for (let made = 0; made < 500; made += 1) {
      const code = newCode()
      expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{10}$/)
      expect(readCode(code)).toBe(code)
      expect(readCode(code.toUpperCase())).toBe(code)
    }
  })

  test('typed off a screen is understood where o stands for nought and l for one; anything else is none', () => {
    expect(readCode('oiLab23456')).toBe('011ab23456')
    fc.assert(
      fc.property(fc.string(), typed => {
        const code = readCode(typed)
        return code === undefined || (typed.length === codeLength && readCode(code) === code)
      }),
    )
    for (const typed of ['', 'short', 'u234567890', '12345678901', '123456789\u0660'])
      expect(readCode(typed)).toBeUndefined()
  })
})

describe('the address of a link', () => {
  test('is the town’s own host, else the public one with the town’s name; and none where there is no way in', () => {
    expect(planLink(at('https://shubbak.ps/'), track)?.url).toMatch(
      /^https:\/\/shubbak\.ps\/~dura\/s\/\w{10}$/,
    )
    expect(planLink(at('https://shubbak.ps', ['dura.ps']), track)?.url).toMatch(
      /^https:\/\/dura\.ps\/s\/\w{10}$/,
    )
    expect(planLink(at(undefined, ['dura.ps']), track)).toBeUndefined()
  })

  test('of a demo town is the machine’s, where its telephones are', () => {
    expect(planLink(at(undefined, [], true), track)?.url).toMatch(
      /^http:\/\/localhost:8080\/~dura\/s\/\w{10}$/,
    )
  })
})

describe('a link', () => {
  test('is found by its code alone, kept without it, and opens nothing after its days', async () => {
    const house = aHouse(db, { PUBLIC_URL: 'https://dura.ps' })
    const bench = { house, town: await aTown(db) }
    await aWorkingTown(bench, ['ADM-01'])
    const { requestId } = await aFiledRequest(bench, (await aPerson({ house, town: bench.town.id })).id)
    const link = planLink(bench, { kind: 'paper', requestId, about: ['id-copy', 'lease'] })
    if (!link) throw new Error('no link')
    await db.database.write(bench.town.id, tx => addLinks(tx, house, [link]))
    const find = (code: string) => db.database.read(bench.town.id, tx => findLink(tx, house, code))
    expect(await find(link.code)).toMatchObject({
      kind: 'paper',
      requestId,
      about: ['id-copy', 'lease'],
      tries: 0,
    })
    expect(await find(newCode())).toBeUndefined()
    const rows = await db.owner.selectFrom('short_link').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(link.code)
    const other = await aTown(db)
    expect(await db.database.read(other.id, tx => findLink(tx, house, link.code))).toBeUndefined()
    const id = (await find(link.code))?.id ?? ''
    for (const tries of [1, 2])
      expect(await db.database.write(bench.town.id, tx => countTry(tx, id))).toBe(tries)
    db.clock.advance(44 * dayMs)
    expect(await find(link.code)).toBeDefined()
    db.clock.advance(dayMs)
    expect(await find(link.code)).toBeUndefined()
  })
})

describe('an error behind a link', () => {
  test('is logged without the code', async () => {
    const lines: string[] = []
    const log = openLog('error', { write: line => void lines.push(line) })
    await aTown(db, { hosts: ['town.test'] })
    const { knock } = aDoor({ ...aHouse(db), log }, [
      route({
        method: 'get',
        address: addresses.shortLink,
        access: everyone('test'),
        audit: nothing('test'),
        handle: () => Promise.reject(new Error('the disk is full')),
      }),
    ])
    expect((await knock('/s/abcdefghjk?again=1')).status).toBe(500)
    expect(lines.join()).toContain('the disk is full')
    expect(lines.join()).toContain('/s/…?again=[hidden]')
    expect(lines.join()).not.toContain('abcdefghjk')
  })
})

describe('whoever guesses', () => {
  test('is looked up for no more after sixty misses in a quarter of an hour, and is again after it; others are not held back', () => {
    const guard = openGuard()
    const now = new Date('2026-03-01T08:00:00Z')
    for (let miss = 0; miss < 60; miss += 1) {
      expect(guard.isShut('10.0.0.1', now)).toBe(false)
      guard.noteMiss('10.0.0.1', now)
    }
    expect(guard.isShut('10.0.0.1', now)).toBe(true)
    expect(guard.isShut('10.0.0.2', now)).toBe(false)
    expect(guard.isShut('10.0.0.1', new Date(now.getTime() + 15 * 60_000))).toBe(false)
  })
})
