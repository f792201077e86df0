import { beforeAll, describe, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aTown, builder } from '../../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { newId } from '../../../lib/ids.ts'
import { money } from '../../../lib/money.ts'
import { setTariff } from '../../treasury/index.ts'
import { catalogueRoutes, retireService } from '../index.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let knock: ReturnType<typeof aDoor>['knock']

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  knock = aDoor(house, catalogueRoutes).knock
})

const page = async (path: string) => {
  const answer = await knock(path)
  const html = await answer.text()
  return { status: answer.status, html, words: html.replace(/<!-- -->|<[^>]+>/g, '').replace(/\s+/g, ' ') }
}

describe('the guide of services', () => {
  test.each([
    ['the name', 'شهادة سكن', 'ADM-01'],
    ['another spelling', 'شهاده', 'ADM-01'],
    ['diacritics and the article', 'العدّاد', 'ELE-01'],
    ['a keyword', 'ساعة كهرباء', 'ELE-01'],
    ['English', 'residence', 'ADM-01'],
  ])('finds a service by %s', async (_, text, code) => {
    expect((await page(`/services?q=${encodeURIComponent(text)}`)).html).toContain(`/services/${code}"`)
  })

  test('asks whether something near was meant where nothing is found', async () => {
    const near = await page(`/services?q=${encodeURIComponent('شهدة سكنن')}`)
    expect(near.words).toContain('هل تقصد')
    expect(near.html).toContain('/services/ADM-01"')
    const far = await page(`/services?q=${encodeURIComponent('قققققق')}`)
    expect(far.words).toContain('لم نجد «قققققق»')
    expect(far.words).not.toContain('هل تقصد')
  })

  test('holds a search of any signs and any length', async () => {
    for (const text of ['<script>alert(1)</script>', '%', '😀', 'ا'.repeat(5000), "' or 1=1 --"])
      expect((await page(`/services?q=${encodeURIComponent(text)}`)).status).toBe(200)
    expect((await page(`/services?q=${encodeURIComponent('<script>x')}`)).html).not.toContain('<script>x')
  })

  test('gives each sheet the headings of the printed guide, and what the town knows itself', async () => {
    const { words } = await page('/services/ELE-01')
    const headings =
      'الوثائق المطلوبة|الوقت اللازم|الرسوم|السند القانوني|إجراءات التنفيذ|الجهة المنفذة|مسار الخدمة'
    for (const heading of headings.split('|')) expect(words).toContain(heading)
    expect(words).toContain('لا تُحضره')
    expect(words).toContain('دائرة التخطيط والتطوير')
    expect(words).toContain('إن قدّمت وارثًا')
  })

  test('marks an amount the town has not confirmed, and shows the town’s own when it has', async () => {
    const before = await page('/services/ADM-01')
    expect(before.words).toContain('10.00 شيكل')
    expect(before.words).toContain('المبالغ المعلَّمة مبدئية')
    await db.database.write(bench.town.id, tx =>
      setTariff(tx, {
        key: 'applicationFee',
        from: '2026-01-01',
        amount: money(1500, 'ILS'),
        decision: '31/2026',
        by: { kind: 'staff', id: newId(db.clock.now()) },
      }),
    )
    const after = await page('/services/ADM-01')
    expect(after.words).toContain('15.00 شيكل')
    expect(after.words).not.toContain('المبالغ المعلَّمة مبدئية')
  })

  test('says of a retired service that it is gone, and of an unknown one that it never was', async () => {
    await db.database.write(bench.town.id, tx => retireService(tx, 'ELE-04', builder))
    const gone = await page('/services/ELE-04')
    expect([gone.status, gone.words.includes('أوقفت البلدية هذه الخدمة')]).toEqual([410, true])
    expect((await page('/services/NONE-1')).status).toBe(404)
    expect((await page('/services')).html).not.toContain('/services/ELE-04"')
  })

  test('reads in English too, and helps', async () => {
    expect((await page('/services/ELE-01?lang=en')).words).toContain('Required papers')
    expect((await page('/help')).words).toContain('كيف أحصل على الرمز السري؟')
  })
})
