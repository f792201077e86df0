import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { subscription } from '../../src/offices/counter/testing/window.ts'
import { checkAccess } from '../browser.ts'
import { aLife, type Life } from './life.ts'
import { besides, citizenStops, openStops, staffStops } from './stops.ts'
import { everyMoneyStop } from './stops-money.ts'
import { besidesOffices, countedOfficeStops } from './stops-offices.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor } from './visitor.ts'
import { aKnownVisitor, send, unvisited, walk } from './walk.ts'

let town: JourneyTown
let life: Life

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aLife(town)
})

test('no page of the town is left out of the walks', () => {
  const staff = Object.values(staffStops(life, 'draft')).flat()
  const stops = [
    ...openStops(life, 'parked'),
    ...citizenStops(life, 'draft'),
    ...staff,
    ...everyMoneyStop(life),
    ...countedOfficeStops(life),
  ]
  expect(unvisited(town.routes, stops, [...besides, ...besidesOffices])).toEqual([])
  expect(unvisited(town.routes, staff, besides)).toContain(addresses.front.pattern)
})

test('every page that stands open keeps nobody out, on a telephone and a desk, by day and by night', async () => {
  const visitor = await aVisitor(town)
  const path = fillAddress(addresses.draftSave, { draft: life.requests.new, page: 'place' })
  const logIn = new URL(await send(visitor, town, path, { unit: 'الطابق الثاني' }), town.base)
  const stops = openStops(life, logIn.searchParams.get('parked') ?? '')
  expect(await walk('anybody', visitor, stops)).toEqual([])
}, 240_000)

test('every page of a citizen keeps nobody out either', async () => {
  const visitor = await aKnownVisitor(town, { citizen: life.person.id })
  const first = await send(visitor, town, fillAddress(addresses.startDraft, { code: 'ELE-01' }), {
    capacity: 'principal',
  })
  const draft = /drafts\/([\w-]+)/.exec(first)?.[1] ?? ''
  for (const page of ['place', 'right', 'right', 'use'])
    await send(visitor, town, fillAddress(addresses.draftPage, { draft, page }), subscription)
  expect(await walk('citizen', visitor, citizenStops(life, draft))).toEqual([])
}, 240_000)

test('words that cannot be read by night are found', async () => {
  const { page } = await aVisitor(town, { colorScheme: 'dark' })
  await page.goto(fillAddress(addresses.front, {}))
  await page.evaluate(`for (const p of document.querySelectorAll('main p')) p.style.color = '#2a3338'`)
  const rules = (await checkAccess(page)).map(({ rule }) => rule)
  expect(rules).toEqual(expect.arrayContaining(['color-contrast', 'contrast-walk', 'inline-code']))
})
