import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { aLife, type Life } from './life.ts'
import { staffStops } from './stops.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aKnownVisitor, send, twoLooks, walk } from './walk.ts'

let town: JourneyTown
let life: Life
let stops: ReturnType<typeof staffStops>

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aLife(town)
  const clerk = await aKnownVisitor(town, { post: 'clerk' })
  const begin = fillAddress(addresses.counterStart, { person: life.person.id, code: 'ELE-01' })
  const draft = /drafts\/([\w-]+)/.exec(await send(clerk, town, begin, { seen: 'yes' }))?.[1] ?? ''
  stops = staffStops(life, draft)
})

const posts = [
  'clerk',
  'planner',
  'head',
  'engineer',
  'mayor',
  'manager',
  'collector',
  'treasurer',
  'admin',
  'auditor',
] as const

test.each(posts)(
  'the pages of the %s keep nobody out, on a telephone and a desk, by day and by night',
  async post => {
    const visitor = await aKnownVisitor(town, { post })
    expect(await walk(post, visitor, stops[post], twoLooks)).toEqual([])
  },
  240_000,
)
