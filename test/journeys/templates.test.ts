import { beforeAll, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { ar as templates } from '../../src/offices/messaging/templates/strings.ar.ts'
import { totpCode } from '../../src/offices/people/index.ts'
import { checkAccess, settle } from '../browser.ts'
import { aFiledRequest } from '../builders/requests.ts'
import { aJourneyTown, type JourneyTown, type Post } from './town.ts'
import { aVisitor, desk, phone, seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

let town: JourneyTown

beforeAll(async () => {
  town = await aJourneyTown()
})

/** One of the staff, logged in and wherever that led them. */
async function arrived(post: Post): Promise<Visitor> {
  const { login, password, totpSecret } = town.staff[post]
  const visitor = await aVisitor(town)
  await visitor.go(addresses.inbox, {})
  await visitor.fill(words.people.login, login)
  await visitor.fill(words.people.password, password)
  town.db.clock.advance(30_000)
  await visitor.fill(words.people.code, totpCode(totpSecret, town.db.clock.now()))
  await visitor.press(words.people['log-in'])
  return visitor
}

/** The page on a telephone and on a desk keeps nobody out and does not run over its sides. */
async function fits({ page, shot }: Visitor, name: string): Promise<void> {
  for (const [place, viewport] of Object.entries({ phone, desk })) {
    await page.setViewportSize(viewport)
    // From the top: what lies under the bar while one writes further down is not what is asked about.
    await page.evaluate('scrollTo(0, 0)')
    await settle(page)
    expect(await checkAccess(page), `${name} ${place}`).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width)
    await shot(`templates-${name}-${place}`)
  }
}

const occasion = { of: 'ELE-01', event: 'fee-due' }

test('a clerk words a message and sees it as it arrives; a second person approves; the next request is told so', async () => {
  const sami = await town.citizen({ phone: '0599700100' })
  const filed = await aFiledRequest(town.bench, sami.id, { serviceCode: 'ELE-01' })
  const clerk = await arrived('clerk')
  const { page } = clerk
  await clerk.go(addresses.messageTemplates, {})
  await fits(clerk, 'every')
  await clerk.go(addresses.messageTemplates, {}, { view: 'office' })
  await fits(clerk, 'office')
  await clerk.go(addresses.messageTemplates, {}, { view: 'services', q: 'كهرباء' })
  await fits(clerk, 'services')
  await clerk.go(addresses.messageTemplates, {}, { service: 'ELE-01' })
  await fits(clerk, 'service')

  await clerk.go(addresses.messageTemplate, occasion, { request: `${filed.number}/${filed.year}` })
  await fits(clerk, 'preview')
  await page.locator('#f-body').fill('ادفع {المبلغ} لطلبك {الرقم}. هاتف المركز مفتوح من الثامنة. {owner}')
  const shown = page.locator('[data-foreseen]')
  await seen(shown.getByText('owner').first())
  await fits(clerk, 'refused')
  await page.locator('#f-body').fill('')
  await page.locator('#f-body').pressSequentially('ادفع ')
  await page.getByRole('button', { name: '{المبلغ}', exact: true }).click()
  await page.locator('#f-body').pressSequentially(' لطلبك {الرقم}، ونبدأ العمل في اليوم نفسه.')
  await seen(shown.getByText(`${filed.number}/${filed.year}`).first())
  await clerk.fill(templates.note, 'يسأل الناس متى يبدأ العمل')
  await fits(clerk, 'written')
  await clerk.press(templates['save-ask'])
  await seen(page.getByText(templates.asked))
  await fits(clerk, 'asked')

  const manager = await arrived('manager')
  await manager.go(addresses.messageTemplates, {})
  await manager.follow(templates['waiting-open'])
  await fits(manager, 'waiting')
  await manager.page.locator('main table a').first().click()
  await fits(manager, 'review')
  await manager.press(templates.approve)
  await seen(manager.page.getByText(templates.approved).first())
  await fits(manager, 'approved')

  const next = await aFiledRequest(town.bench, sami.id, { serviceCode: 'ELE-01' })
  const told = await town.db.owner
    .selectFrom('message')
    .select(['body', 'template_from'])
    .where('request_id', '=', next.requestId)
    .where('event', '=', 'fee-due')
    .executeTakeFirstOrThrow()
  expect(told).toEqual({
    body: `ادفع 10.00 شيكل لطلبك ${next.number}/${next.year}، ونبدأ العمل في اليوم نفسه.`,
    template_from: 'town',
  })
  expect(clerk.troubles).toEqual([])
  expect(manager.troubles).toEqual([])
})
