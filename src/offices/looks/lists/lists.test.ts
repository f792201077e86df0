import { beforeAll, describe, expect, test } from 'vitest'
import { onlyOwnCauses } from '../../../../test/builders/looks.ts'
import { builder, logInAs } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import { aCounter } from '../../counter/testing/window.ts'
import { oversightRoutes } from '../../oversight/index.ts'
import { setSetting } from '../../people/index.ts'
import { callNext, openWindow, settleUsual, setWindow, takeTurn } from '../../visits/index.ts'
import { lookRoutes } from '../index.ts'

const db = await testDatabase()
// A Sunday morning on which the centre is open.
db.clock.advance(Date.parse('2026-11-22T08:00:00Z') - db.clock.now().getTime())
const counter = await aCounter(db, [...lookRoutes, ...oversightRoutes])
const { ask, write, staff } = counter

beforeAll(async () => {
  onlyOwnCauses()
  for (let at = 0; at < 12; at += 1) await counter.person({ first: 'نبيل', family: 'الحداد' })
  await write(tx =>
    setSetting(tx, { key: 'looks.rules', from: '2026-01-01', value: { rowsADay: 20 }, by: builder }),
  )
})

const search = (by: Parameters<typeof ask>[0]) =>
  ask(by, addresses.counter, {}, { query: { q: 'نبيل الحداد' } })
const why = (words: string) =>
  ask('clerk', addresses.rowsWhy, {}, { form: { words, back: `${addresses.counter.pattern}?q=نبيل+الحداد` } })

describe('people in lists on screen', () => {
  test('need a reason beyond the day’s limit, which opens as many again and stands before the supervisor', async () => {
    expect((await search('clerk')).status).toBe(200)
    expect((await search('clerk')).status).toBe(200)
    const refused = await search('clerk')
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('لماذا تتصفح قوائم طويلة؟')
    expect(refused.text).not.toContain('الحداد')
    expect((await why('عمل')).status).toBe(422)
    expect((await why('تدقيق أسماء المشتركين في الحي')).status).toBe(303)
    expect((await search('clerk')).status).toBe(200)
    expect((await search('clerk')).status).toBe(200)
    expect((await search('clerk')).status).toBe(403)
    const seen = await ask('manager', addresses.lookRows, {})
    expect(seen.text).toContain('تدقيق أسماء المشتركين في الحي')
    expect(seen.text).toContain('24')
    const kept = await db.owner.selectFrom('look_rows_reason').select('address').execute()
    expect(kept).toEqual([{ address: townUrl(counter.town, addresses.counter, {}) }])
  })

  test('are not counted while somebody who was called is served', async () => {
    const by = { kind: 'staff', id: staff.teller.id }
    const name = { ar: 'شباك 1', en: 'Window 1' }
    await write(async tx => {
      await settleUsual(tx)
      await setWindow(tx, { number: 1, name, room: name, purposes: ['file'], open: true }, by)
      await openWindow(tx, { number: 1, staffId: staff.teller.id, by })
      await takeTurn(tx, counter.bench, { purpose: 'file', channel: 'door' }, by)
      await callNext(tx, counter.bench, { staffId: staff.teller.id, by })
    })
    for (let at = 0; at < 4; at += 1) expect((await search('teller')).status).toBe(200)
  })

  test('are counted anew the next day', async () => {
    db.clock.advance(86_400_000)
    const cookie = await logInAs(counter.place, { staffId: staff.clerk.id })
    const here = townUrl(counter.town, addresses.counter, {}, { q: 'نبيل الحداد' })
    expect((await counter.knock(here, { cookie })).status).toBe(200)
  })
})
