import { beforeAll, expect, test } from 'vitest'
import { aLife, type Life } from './life.ts'
import { anOfficesLife, type OfficesLife } from './life-offices.ts'
import { citizenOfficeStops, officeStops } from './stops-offices.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aKnownVisitor, twoLooks, walk } from './walk.ts'

let town: JourneyTown
let life: Life
let offices: OfficesLife

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aLife(town)
  offices = await anOfficesLife(town, life)
}, 120_000)

test('what a citizen wrote to the management keeps nobody out', async () => {
  const visitor = await aKnownVisitor(town, { citizen: life.person.id })
  expect(await walk('citizen-offices', visitor, citizenOfficeStops(life, offices), twoLooks)).toEqual([])
}, 240_000)

test.each(['engineer', 'clerk', 'mayor', 'manager', 'treasurer', 'admin'] as const)(
  'the desks and registers of the %s keep nobody out',
  async post => {
    const visitor = await aKnownVisitor(town, { post })
    const stops = officeStops(life, offices)[post]
    expect(await walk(`${post}-offices`, visitor, stops, twoLooks)).toEqual([])
  },
  240_000,
)
