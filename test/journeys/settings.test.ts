import { beforeAll, expect, test } from 'vitest'
import type { Role } from '../../src/kernel/access/index.ts'
import { addresses } from '../../src/lib/addresses.ts'
import { totpCode } from '../../src/offices/people/index.ts'
import { ar as settings } from '../../src/offices/treasury/manage/strings.ar.ts'
import { checkAccess, settle } from '../browser.ts'
import { aWorker } from '../builders/requests.ts'
import { aJourneyTown, type JourneyTown } from './town.ts'
import { aVisitor, desk, leaving, phone, seen, type Visitor } from './visitor.ts'
import { words } from './words.ts'

let town: JourneyTown

beforeAll(async () => {
  town = await aJourneyTown()
})

/** One of the staff, logged in and wherever that led them. */
async function arrived(role: Role, script = true): Promise<Visitor> {
  const { login, password, totpSecret } = await aWorker(town.bench, role, 'finance')
  const visitor = await aVisitor(town, { script })
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
    await settle(page)
    expect(await checkAccess(page), `${name} ${place}`).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width)
    await shot(`settings-${name}-${place}`)
  }
}

const on = (visitor: Visitor) => new URL(visitor.page.url()).pathname

test('the administrator is led to the settings and confirms a fee', async () => {
  const admin = await arrived('admin')
  const { page } = admin
  expect(on(admin)).toBe(addresses.manage.pattern)
  await seen(page.getByRole('heading', { name: settings.waiting }))
  await fits(admin, 'all')
  await leaving(page, () => page.getByRole('link', { name: settings['set-fee'] }).first().click())
  await fits(admin, 'fee')
  await admin.fill(settings['fee-amount'], '١٥')
  await admin.press(settings['fee-save'])
  await seen(page.getByRole('alert'))
  expect(await page.getByLabel(settings['fee-amount']).inputValue()).toBe('١٥')
  await fits(admin, 'fee-faults')
  await admin.fill(settings['fee-decision'], '12/2026')
  await admin.press(settings['fee-save'])
  expect(on(admin)).toBe(addresses.manage.pattern)
  await seen(page.getByRole('status'))
  await seen(page.getByRole('heading', { name: settings.confirmed }))
  await fits(admin, 'confirmed')
  expect(admin.troubles).toEqual([])
})

test('a fee is written without script as well', async () => {
  const admin = await arrived('admin', false)
  await leaving(admin.page, () =>
    admin.page.getByRole('link', { name: settings['change-fee'] }).first().click(),
  )
  await admin.fill(settings['fee-amount'], '20')
  await admin.fill(settings['fee-decision'], '13/2026')
  await admin.press(settings['fee-save'])
  expect(on(admin)).toBe(addresses.manage.pattern)
  await seen(admin.page.getByText('20.00').first())
})

test('the treasurer writes the day’s rate, the auditor reads it', async () => {
  const treasurer = await arrived('treasurer')
  await treasurer.go(addresses.manageRate, {}, { currency: 'USD' })
  await treasurer.fill(settings['rate-field'].replace('{currency}', settings['USD-one']), '36.2')
  await treasurer.press(settings['rate-save'])
  await seen(treasurer.page.getByRole('alert'))
  await fits(treasurer, 'rate-faults')
  await treasurer.fill(settings['rate-field'].replace('{currency}', settings['USD-one']), '3.62')
  await treasurer.press(settings['rate-save'])
  const auditor = await arrived('auditor')
  expect(on(auditor)).toBe(addresses.manage.pattern)
  await seen(auditor.page.getByText('3.6200'))
  await fits(auditor, 'auditor')
})

test('the bar of the staff keeps to one line on a telephone, the way out beside the name, however long the words', async () => {
  const { page, shot } = await arrived('clerk')
  await page.setViewportSize(phone)
  await settle(page)
  await page.evaluate(`
    document.querySelector('.bar .town b').textContent = '${'بلدية وادي السنديان الكبرى '.repeat(2)}'
    document.querySelector('.bar .who span').append(' ${'رئيسة قسم خدمات الجمهور '.repeat(2)}')`)
  await shot('bar-clerk')
  const middle = (css: string) =>
    page.evaluate<number>(
      `(({ top, bottom }) => (top + bottom) / 2)(document.querySelector('${css}').getBoundingClientRect())`,
    )
  const out = await middle('.bar form.inline')
  expect(Math.abs((await middle('.bar .who')) - out)).toBeLessThan(4)
  expect(Math.abs((await middle('.bar .town')) - out)).toBeLessThan(4)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(phone.width)
})
