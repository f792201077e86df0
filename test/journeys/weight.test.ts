import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { loadServiceFiles, publishService, usualOffices } from '../../src/offices/catalogue/index.ts'
import { addOffice, officesOf } from '../../src/offices/people/index.ts'
import { builder } from '../builders/people.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, phone, type Visitor } from './visitor.ts'
import { aKnownVisitor, send } from './walk.ts'

let town: JourneyTown

beforeAll(async () => {
  town = await aJourneyTown()
})

const mostBytes = 50_000

/** What comes over the line for the first view of a page, by address: with everything it needs, and nothing in the cache. */
async function weigh({ page, context }: Visitor, path: string): Promise<Map<string, number>> {
  const line = await context.newCDPSession(page)
  await line.send('Network.enable')
  const addressOf = new Map<string, string>()
  const sizes = new Map<string, number>()
  line.on('Network.requestWillBeSent', ({ requestId, request }) => {
    addressOf.set(requestId, new URL(request.url).pathname)
  })
  line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const address = addressOf.get(requestId) ?? ''
    sizes.set(address, (sizes.get(address) ?? 0) + encodedDataLength)
  })
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  return sizes
}

function judge(name: string, sizes: Map<string, number>): void {
  const sum = [...sizes.values()].reduce((all, each) => all + each, 0)
  process.stdout.write(`${name}: ${(sum / 1000).toFixed(1)} kB in ${sizes.size} answers\n`)
  const told = [...sizes].map(([address, size]) => `${size} ${address}`).join('\n')
  expect(sizes.size, told).toBeGreaterThan(3)
  expect(sum, told).toBeLessThanOrEqual(mostBytes)
}

test('the first view of the front page weighs at most 50 kB', async () => {
  const visitor = await aVisitor(town, { viewport: phone })
  judge('The front page', await weigh(visitor, fillAddress(addresses.front, {})))
})

test('the first view of a form weighs at most 50 kB', async () => {
  const person = await town.citizen()
  const visitor = await aKnownVisitor(town, { citizen: person.id })
  const begin = fillAddress(addresses.startDraft, { code: 'ELE-01' })
  judge('A form', await weigh(visitor, await send(visitor, town, begin, { capacity: 'principal' })))
})

/** Publishes what the product brings, all of it: a town that offers everything has the longest list. */
async function offerAll(): Promise<void> {
  const files = await loadServiceFiles()
  const offices = await usualOffices()
  await town.write(async tx => {
    const known = new Set((await officesOf(tx)).map(({ code }) => code))
    for (const [position, office] of offices.filter(({ code }) => !known.has(code)).entries())
      await addOffice(tx, { ...office, position: 50 + position }, builder)
    for (const file of files) await publishService(tx, file, builder)
  })
}

test('the first view of the guide with every service, and of its longest sheet, weighs at most 50 kB', async () => {
  await offerAll()
  const visitor = await aVisitor(town, { viewport: phone })
  judge('The guide', await weigh(visitor, fillAddress(addresses.services, {})))
  expect(await visitor.page.locator('a[href^="/services/"]').count()).toBeGreaterThan(80)
  const reader = await aVisitor(town, { viewport: phone })
  judge('A long sheet', await weigh(reader, fillAddress(addresses.service, { code: 'ENG-01' })))
})
