import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../../test/builders/door.ts'
import { aHouse } from '../../../../../test/builders/house.ts'
import { aTown } from '../../../../../test/builders/people.ts'
import { testDatabase } from '../../../../../test/database.ts'
import { fillAddress } from '../../../../lib/addresses.ts'
import { translate } from '../../../../lib/texts.ts'
import { openOffices } from '../../../../offices.ts'
import { helpTopics } from '../../../../ui/index.ts'
import { catalogueRoutes } from '../../index.ts'
import { ar } from './strings.ar.ts'
import { helpTexts, topics } from './topics.ts'

const db = await testDatabase()
const house = aHouse(db)
const { routes } = openOffices(house)
let knock: ReturnType<typeof aDoor>['knock']

beforeAll(async () => {
  await aTown(db)
  knock = aDoor(house, catalogueRoutes).knock
})

const steps = helpTopics.flatMap(topic => topics[topic].flatMap(way => way.steps))

describe('the help', () => {
  test.each(helpTopics.flatMap(topic => [[topic, 'ar'] as const, [topic, 'en'] as const]))(
    'answers %s in %s, each step with its picture and the pages it leads to',
    async (topic, lang) => {
      const answer = await knock(`/help/${topic}?lang=${lang}`)
      const html = await answer.text()
      expect(answer.status).toBe(200)
      expect(html).toContain(`<html lang="${lang}"`)
      const own = topics[topic].flatMap(way => way.steps)
      expect(html.match(/class="pic /g)).toHaveLength(own.length)
      const words = html.replace(/<!-- -->|<[^>]+>|[\u2066-\u2069]/g, '')
      for (const { text, to } of own) {
        expect(words).toContain(translate(helpTexts, lang, text).replace(/[\u2066-\u2069]/g, ''))
        if (to) expect(html).toContain(`href="${fillAddress(to.address, {})}"`)
      }
      expect(html.length).toBeLessThan(32_000)
    },
  )

  test('leads only to pages that are there', () => {
    const open = new Set(routes.filter(each => each.method === 'get').map(each => each.address.pattern))
    const led = steps.flatMap(({ to }) => (to ? [to.address.pattern] : []))
    expect(led.length).toBeGreaterThan(10)
    expect(led.filter(pattern => !open.has(pattern))).toEqual([])
  })

  test('says each of its steps once, and keeps no words that no step says', () => {
    const said = steps.map(step => step.text)
    const written = Object.keys(ar).filter(key => helpTopics.some(topic => key.startsWith(`${topic}-`)))
    expect([...said].sort()).toEqual(written.sort())
  })

  test('leads from its first page to every topic, and knows no other', async () => {
    const html = await (await knock('/help')).text()
    for (const topic of helpTopics) expect(html).toContain(`href="/help/${topic}"`)
    expect((await knock('/help/nothing')).status).toBe(404)
  })
})
