import { afterAll, describe, expect, test, vi } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { testDatabase } from '../../../test/database.ts'
import { liveOf, type News, startRelay } from './index.ts'
import { parcels } from './relay.ts'

const db = await testDatabase()
const town = '018f0000-0000-7000-8000-000000000001'

describe('news between processes', () => {
  const one = aHouse(db)
  const other = aHouse(db)
  const relays = [startRelay(one), startRelay(other)]
  afterAll(() => Promise.all(relays.map(relay => relay.stop())))

  test('reach the open pages of another process, and those of their own once', async () => {
    const heard: string[] = []
    const ear = (name: string) => ({
      hears: () => true,
      tell: (topics: readonly string[]) => void heard.push(...topics.map(topic => `${name} ${topic}`)),
    })
    liveOf(one).open(town, ear('one'))
    liveOf(other).open(town, ear('other'))
    await vi.waitFor(
      () => {
        heard.length = 0
        liveOf(one).publish({ town, topics: ['hall'] })
        return vi.waitFor(() => expect(heard).toContain('other hall'), { timeout: 800 })
      },
      { timeout: 10_000 },
    )
    expect(heard.filter(each => each.startsWith('one'))).toEqual(['one hall'])
  })
})

describe('a parcel of news', () => {
  test('is never longer than PostgreSQL carries, and no news is lost', () => {
    const news: News[] = Array.from({ length: 300 }, (_, at) => ({
      town,
      topics: [`request-${at}`],
      offices: ['water'],
    }))
    const sent = parcels('me', news)
    expect(Math.max(...sent.map(each => Buffer.byteLength(each)))).toBeLessThan(8_000)
    expect(sent.flatMap(each => (JSON.parse(each) as { news: News[] }).news)).toEqual(news)
  })
})
