import { beforeAll, expect, test } from 'vitest'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { subscription } from '../../src/offices/counter/testing/window.ts'
import { aLife, type Life } from './life.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor } from './visitor.ts'
import { aKnownVisitor, type Stop, send, stop, walk } from './walk.ts'

let town: JourneyTown
let life: Life

beforeAll(async () => {
  town = await aJourneyTown()
  life = await aLife(town)
})

test('every page that stands open keeps nobody out, on a telephone and a desk, by day and by night', async () => {
  const visitor = await aVisitor(town)
  const path = fillAddress(addresses.draftSave, { draft: life.requests.new, page: 'place' })
  const logIn = new URL(await send(visitor, town, path, { unit: 'الطابق الثاني' }), town.base)
  const stops = [
    stop(addresses.front, {}),
    stop(addresses.services, {}),
    stop(addresses.services, {}, { q: 'عداد' }),
    stop(addresses.service, { code: 'ELE-01' }),
    stop(addresses.service, { code: 'ADM-01' }),
    stop(addresses.help, {}),
    stop(addresses.track, {}),
    stop(addresses.trackLink, { token: life.trackingToken }),
    stop(addresses.verify, {}),
    stop(addresses.verifyCode, { code: life.certificate.code }),
    stop(addresses.citizenLogIn, {}),
    stop(addresses.staffLogIn, {}),
    stop(addresses.parked, { token: logIn.searchParams.get('parked') ?? '' }),
    stop(addresses.demoPhones, {}),
    stop(addresses.demoPhone, { number: life.phone }),
  ]
  tell('anybody', stops)
  expect(await walk('anybody', visitor, stops)).toEqual([])
})

test('every page of a citizen keeps nobody out either', async () => {
  const visitor = await aKnownVisitor(town, { citizen: life.person.id })
  const first = await send(visitor, town, fillAddress(addresses.startDraft, { code: 'ELE-01' }), {
    capacity: 'principal',
  })
  const draft = /drafts\/([\w-]+)/.exec(first)?.[1] ?? ''
  for (const page of ['place', 'right', 'right', 'use'])
    await send(visitor, town, fillAddress(addresses.draftPage, { draft, page }), subscription)
  const { requests } = life
  const stops = [
    stop(addresses.front, {}),
    stop(addresses.my, {}),
    stop(addresses.myRequests, {}),
    ...Object.values(requests).map(id => stop(addresses.myRequest, { id })),
    stop(addresses.myRequestReceipt, { id: requests.unpaid }),
    stop(addresses.myRequestWithdraw, { id: requests.new }),
    stop(addresses.myDues, {}),
    stop(addresses.myMessages, {}),
    stop(addresses.myLooks, {}),
    stop(addresses.startDraft, { code: 'ELE-04' }),
    ...['place', 'right', 'use'].map(page => stop(addresses.draftPage, { draft, page })),
    stop(addresses.draftPapers, { draft }),
    stop(addresses.draftSummary, { draft }),
    stop(addresses.citizenPin, {}),
  ]
  tell('a citizen', stops)
  expect(await walk('citizen', visitor, stops)).toEqual([])
})

const tell = (who: string, stops: readonly Stop[]) =>
  process.stdout.write(`${stops.length} pages of ${who}, each looked at four times\n`)
