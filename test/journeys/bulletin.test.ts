import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { planSend } from '../../src/offices/bulletins/later.ts'
import { checkAccess, settle } from '../browser.ts'
import { aHand } from './designer.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, desk, logInStaff, phone, seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

let town: JourneyTown
const quarter = 'حي السوق'
const say = words.bulletins

beforeAll(async () => {
  town = await aJourneyTown()
  await sql`update municipality set profile = profile || ${JSON.stringify({ quarters: [quarter, 'حي النزهة', 'البلدة القديمة'] })}::jsonb`.execute(
    town.db.owner,
  )
  for (let at = 0; at < 14; at++) await town.citizen({ quarter, phone: `05997730${10 + at}` })
  await town.citizen({ quarter, phone: null })
  await town.citizen({ quarter, phone: '0599773010' })
  await town.citizen({ quarter: 'حي النزهة' })
}, 120_000)

/** What keeps somebody out of a page, or runs over its side. */
const barriers: string[] = []

/** Both widths of a page, kept where pictures are asked for. */
async function pictured(visitor: Visitor, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ phone, desk })) {
    await visitor.page.setViewportSize(viewport)
    await settle(visitor.page)
    await visitor.page.evaluate('scrollTo(0, 0)')
    for (const barrier of await checkAccess(visitor.page))
      barriers.push(`${name} ${size}: ${JSON.stringify(barrier)}`)
    const width = Number(await visitor.page.evaluate('document.documentElement.scrollWidth'))
    if (width > viewport.width) barriers.push(`${name} ${size}: runs over by ${width - viewport.width}`)
    await visitor.shot(`bulletin-${name}-${size}`)
  }
}

/** How long presses and keys take somebody who types slowly and looks before each press, in seconds. */
const secondsOf = ({ clicks, keys }: { clicks: number; keys: number }) =>
  clicks * (1.1 + 0.2 + 1.35) + keys * 0.5

const bulletinOf = async () =>
  (
    await town.db.owner
      .selectFrom('bulletin')
      .select('bulletin_id')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow()
  ).bulletin_id

test('a clerk tells one quarter that the water is cut, somebody else lets it go, and every telephone gets it once', async () => {
  const clerk = await aVisitor(town)
  await logInStaff(clerk, town, 'clerk')
  const hand = aHand(clerk)
  const { page } = clerk
  const begins = (name: string) => new RegExp(`^${name}`)
  await clerk.go(addresses.bulletins, {})
  await pictured(clerk, 'a-none')
  await hand.go(page.getByRole('link', { name: begins(say.new) }))
  await pictured(clerk, 'b-new')
  await hand.type(page.getByLabel(begins(say['field-title'])), 'قطع المياه في حي السوق')
  await hand.type(
    page.getByLabel(begins(say['field-body'])),
    'تُقطع المياه عن حي السوق غدًا من 8 إلى 12 لإصلاح الخط.',
  )
  await hand.click(page.getByRole('checkbox', { name: quarter }))
  await seen(page.getByText(words.ui['sms-parts'].split('one {')[1]?.split('}')[0] ?? '').first())
  await hand.go(page.getByRole('button', { name: begins(say.count) }))
  await town.settle()
  const bulletin = await bulletinOf()
  await clerk.go(addresses.bulletin, { bulletin })
  await seen(page.getByText(say['count-folded']))
  await pictured(clerk, 'c-counted')
  await hand.go(page.getByRole('button', { name: begins(say.ask) }))
  await seen(page.getByText(say['waits-own']))

  const manager = await aVisitor(town)
  await logInStaff(manager, town, 'manager')
  const second = aHand(manager)
  await manager.go(addresses.bulletin, { bulletin })
  await second.go(manager.page.getByRole('link', { name: begins(say['go-review']) }))
  await seen(manager.page.getByText('تُقطع المياه').first())
  await pictured(manager, 'd-review')
  await second.go(manager.page.getByRole('button', { name: begins(say['let-go']) }))
  await pictured(manager, 'e-sending')
  await town.settle()
  // A moment later what was reported is counted.
  await town.write(tx => planSend(tx, bulletin))
  await town.settle()
  await manager.go(addresses.bulletin, { bulletin })
  await seen(manager.page.getByText(say['state-done']).first())
  await pictured(manager, 'f-sent')

  const told = await town.db.owner
    .selectFrom('message')
    .select(['state', 'to_index'])
    .where('bulk_id', '=', bulletin)
    .execute()
  expect(told.filter(each => each.state === 'delivered')).toHaveLength(14)
  expect(new Set(told.map(each => each.to_index?.toString('hex'))).size).toBe(14)
  const spent = { clerk: secondsOf(hand), second: secondsOf(second) }
  // Said for whoever reads the run: what it takes, and that two minutes are enough.
  process.stdout.write(
    `a notice to one quarter: ${hand.clicks} presses and ${hand.keys} keys, ${Math.round(spent.clerk)} s of a slow hand; the second person ${second.clicks} presses, ${Math.round(spent.second)} s\n`,
  )
  expect(hand.clicks).toBeLessThanOrEqual(6)
  expect(hand.keys).toBeLessThanOrEqual(90)
  expect(spent.clerk + spent.second).toBeLessThanOrEqual(120)
  expect([...clerk.troubles, ...manager.troubles]).toEqual([])
  expect(barriers).toEqual([])
})

test('without scripts it is written, counted and given on all the same, and what is wrong comes back in words', async () => {
  const clerk = await aVisitor(town, { script: false })
  await logInStaff(clerk, town, 'clerk')
  await clerk.go(addresses.bulletinNew, {}, { words: 'bill' })
  await clerk.pressBeginning(say.count)
  await seen(clerk.page.getByText(words.ui['fault-bulletin-for-nobody']).first())
  await clerk.fill(say['field-title'], 'فواتير الشهر')
  await clerk.page.getByRole('checkbox', { name: say['account-electricity'] }).check()
  await clerk.pressBeginning(say.count)
  await town.settle()
  await clerk.go(addresses.bulletin, { bulletin: await bulletinOf() })
  await seen(clerk.page.getByText(say.nobody))
  expect(clerk.troubles).toEqual([])
})
