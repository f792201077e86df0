import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { subscription } from '../../src/offices/counter/testing/window.ts'
import { aLife } from './life.ts'
import { aMoneyLife, type MoneyLife } from './life-money.ts'
import { citizenMoneyStops, moneyStops } from './stops-money.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aKnownVisitor, send, twoLooks, walk } from './walk.ts'

let town: JourneyTown
let life: MoneyLife
let stops: ReturnType<typeof moneyStops>

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aMoneyLife(town, await aLife(town))
  const clerk = await aKnownVisitor(town, { post: 'clerk' })
  const begin = fillAddress(addresses.counterStart, { person: life.person.id, code: 'ELE-01' })
  const draft = /drafts\/([\w-]+)/.exec(await send(clerk, town, begin, { seen: 'yes' }))?.[1] ?? ''
  for (const page of ['place', 'right', 'use'])
    await send(clerk, town, fillAddress(addresses.counterDraftPage, { draft, page }), subscription)
  stops = moneyStops(life, draft)
})

test('what a citizen sees of their money keeps nobody out', async () => {
  const visitor = await aKnownVisitor(town, { citizen: life.person.id })
  expect(await walk('payer', visitor, citizenMoneyStops(life), twoLooks)).toEqual([])
}, 240_000)

test.each(['clerk', 'collector', 'treasurer', 'manager', 'admin'] as const)(
  'the pages of money and papers of the %s keep nobody out',
  async post => {
    const visitor = await aKnownVisitor(town, { post })
    expect(await walk(`money-${post}`, visitor, stops[post], twoLooks)).toEqual([])
  },
  240_000,
)
