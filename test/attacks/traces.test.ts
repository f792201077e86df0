import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allFigures } from '../../src/figures.ts'
import { readFigures } from '../../src/platform/telemetry/figures.ts'
import { startTelemetry } from '../../src/platform/telemetry/start.ts'
import { openWindow } from '../../src/server.ts'
import { watched } from '../../src/web/watched.ts'
import { aCollector, type Collector } from '../builders/collector.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { sentOf } from './forms-of-pages.ts'
import { aLivingTown, cookieOf, formsSeen, type LivingTown } from './town.ts'

// What leaves for the operator's collector, from a town in the middle of its life.
const db = await testDatabase()
const house = aHouse(db, { PUBLIC_URL: 'http://town.test' })
let living: LivingTown
let collector: Collector
let stop: () => Promise<void> = async () => {}
/** Everything that is somebody's: names, numbers, telephones, log-ins, tokens, and what was written. */
let marks: string[]

beforeAll(async () => {
  collector = await aCollector()
  const telemetry = { ...house.config.telemetry, endpoint: collector.endpoint }
  const { stop: end } = await startTelemetry({ ...house, config: { ...house.config, telemetry } })
  stop = end
  const door = await openWindow(house)
  const peopled = await aPeopledTown(db, house)
  living = await aLivingTown(peopled, { ...door, fetch: watched(house, door.fetch) })
  const { person } = living.life
  const names = await db.owner
    .selectFrom('person')
    .select(['first_name', 'father_name', 'grandfather_name', 'family_name'])
    .execute()
  const staff = Object.values(peopled.staff)
  marks = [
    ...new Set([
      ...names.flatMap(each => Object.values(each)),
      ...staff.flatMap(({ id, password, totpSecret, name }) => [id, password, totpSecret, name.ar, name.en]),
      person.id,
      person.idNumber,
      person.phone,
      person.phone.replace('+970', '0'),
      ...[...living.cookies.values()].map(cookie => cookie.replace(/^[^=]*=/, '')),
    ]),
  ].filter((mark): mark is string => typeof mark === 'string' && mark.length > 2)
}, 600_000)
afterAll(() => stop())

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/
const arabic = /[\u0600-\u06ff]/

test('holds no name, number, telephone, id or token of anybody, whatever was opened and sent', async () => {
  for (const [who, pages] of living.pages)
    for (const page of pages) await living.knock(page, cookieOf(living, who))
  for (const form of await formsSeen(living, ['citizen', 'clerk', 'treasurer'])) {
    const knock = { ...cookieOf(living, form.who), headers: { origin: 'http://town.test' } }
    if (form.method === 'post') await living.knock(form.action, { ...knock, form: sentOf(form) })
  }
  const typed = fc.constantFrom(...marks)
  const places = fc.constantFrom(
    '/track/X',
    '/verify/X',
    '/counter?q=X',
    '/X',
    '/my/requests/X',
    '/office/requests?search=X',
  )
  await fc.assert(
    fc.asyncProperty(typed, places, fc.constantFrom('GET', 'POST', 'X'), async (mark, place, odd) => {
      const path = place.replace('X', encodeURIComponent(mark))
      const headers = {
        'user-agent': encodeURIComponent(mark),
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      }
      const knock = { ...cookieOf(living, 'clerk'), headers }
      await living.knock(path, odd === 'X' ? knock : { ...knock, method: odd })
    }),
    { numRuns: 150 },
  )
  const reader = readFigures(house, allFigures, async () => [living.town.town])
  await reader.readNow()
  await reader.stop()
  await stop()
  const spans = await collector.spans()
  expect(new Set(spans.map(({ facts }) => facts['http.route'])).size).toBeGreaterThan(150)
  for (const { told } of spans) {
    expect(told).not.toMatch(uuid)
    expect(told).not.toMatch(arabic)
    expect(told).not.toMatch(/(?<![\w.])\d{6,}(?!\d*\.)/)
  }
  const everything = [...new Set(spans.map(({ told }) => told))].join('\n')
  const figures = await house.metrics.metrics()
  for (const mark of marks) {
    expect(everything.includes(mark), mark).toBe(false)
    expect(figures.includes(mark), mark).toBe(false)
  }
  expect(figures).not.toMatch(uuid)
  expect(figures).not.toMatch(arabic)
}, 600_000)
