import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aDoor } from '../../test/builders/door.ts'
import { aHouse } from '../../test/builders/house.ts'
import { aTown } from '../../test/builders/people.ts'
import { testDatabase } from '../../test/database.ts'
import { addresses } from '../lib/addresses.ts'
import { Conflict } from '../lib/errors.ts'
import { write } from './call.ts'
import { acts, everyone, route } from './route.ts'

const db = await testDatabase()
const house = aHouse(db)
await aTown(db, { hosts: ['town.test'] })

/** What can be done once: whoever comes second waits for the first, and is refused. */
let begun = 0
let isDone = false
let second: () => void = () => {}
const bothBegun = new Promise<void>(resolve => {
  second = resolve
})
const { knock } = aDoor(house, [
  route({
    method: 'post',
    address: addresses.track,
    access: everyone('test'),
    audit: acts('test'),
    handle: call =>
      write(call, async tx => {
        begun += 1
        if (begun === 2) second()
        await sql`select pg_advisory_xact_lock(99)`.execute(tx.q)
        if (isDone) throw new Conflict('done-already')
        await bothBegun
        isDone = true
        return { redirect: '/done' }
      }),
  }),
])

test('a form sent twice at one instant gets one answer, also where what it asks for can be done once', async () => {
  const form = { number: '1/2026', _key: 'key-clicked-twice' }
  const both = await Promise.all([1, 2].map(() => knock('/track', { form })))
  expect(both.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, '/done'],
    [303, '/done'],
  ])
  expect(begun).toBe(2)
  expect((await knock('/track', { form: { ...form, _key: 'key-of-another-page' } })).status).toBe(409)
})
