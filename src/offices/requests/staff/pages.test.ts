import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAccess, launchBrowser, screenshots, settle } from '../../../../test/browser.ts'
import { aPerson } from '../../../../test/builders/people.ts'
import { aFiledRequest } from '../../../../test/builders/requests.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { type Listener, listen } from '../../../platform/serve.ts'
import { totpCode } from '../../people/index.ts'
import { publishTrial } from '../testing/licence.ts'
import { openStreams } from './live.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  bringTo,
  logInAll,
  type OfficeTown,
  type StaffName,
  supply,
  visit,
} from './testing/office.ts'

const db = await testDatabase()
let town: OfficeTown
let listener: Listener
let browser: Browser
let base: string
const made: Record<'signature' | 'planning' | 'desk' | 'asked' | 'opinion' | 'late' | 'gathered', string> = {
  signature: '',
  planning: '',
  desk: '',
  asked: '',
  opinion: '',
  late: '',
  gathered: '',
}

beforeAll(async () => {
  db.clock.set(new Date('2026-02-22T07:00:00Z'))
  town = await anOfficeTown(db)
  await aDayOfWork()
  listener = await listen(request => town.door.fetch(request), '127.0.0.1', 0)
  base = `http://127.0.0.1:${listener.port}`
  browser = await launchBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await listener?.drain(100)
})

/** Requests at every stage, some days old, so that each page has something to show. */
async function aDayOfWork(): Promise<void> {
  const ask = (id: string, words: string) =>
    act(town, id, 'planner', 'ask-papers', { data: { papers: [{ id: 'property-tax-clearance', words }] } })
  db.clock.set(new Date('2026-02-23T08:00:00Z'))
  made.late = await aSubmitted(town)
  await bringTo(town, made.late, 'planning')
  db.clock.set(new Date('2026-02-25T09:30:00Z'))
  made.planning = await aSubmitted(town)
  await bringTo(town, made.planning, 'planning')
  await ask(made.planning, 'البراءة باسم المالك السابق')
  db.clock.set(new Date('2026-02-26T07:10:00Z'))
  await supply(town, made.planning, 'property-tax-clearance')
  made.asked = await aSubmitted(town)
  await bringTo(town, made.asked, 'planning')
  await ask(made.asked, 'الصورة غير واضحة، أعد تصويرها في ضوء أقوى')
  db.clock.set(new Date('2026-03-01T06:40:00Z'))
  const other = await aPerson({ house: town.bench.house, town: town.bench.town.id })
  await aFiledRequest(town.bench, other.id)
  made.desk = await aSubmitted(town)
  made.opinion = await aSubmitted(town)
  await bringTo(town, made.opinion, 'inspection')
  await act(town, made.opinion, 'engineer', 'refer', {
    note: 'هل الشارع معتمد في المخطط؟',
    data: { to: { office: 'planning', purpose: 'opinion' } },
  })
  await db.database.write(town.bench.town.id, publishTrial)
  made.gathered = (
    await aFiledRequest(town.bench, town.person.id, {
      serviceCode: 'TST-90',
      answers: { area: 300, use: 'سكن' },
      papers: ['deed'],
    })
  ).requestId
  await act(town, made.gathered, 'clerk', 'approve')
  made.signature = await aSubmitted(town)
  await bringTo(town, made.signature, 'signature')
  db.clock.set(new Date('2026-03-01T08:00:00Z'))
  await logInAll(town)
}

const request = (id: string, query = '') => fillAddress(addresses.officeRequest, { id }) + query

type Sheet = { name: string; by: StaffName; path: () => string; submit?: boolean }

const sheets: Sheet[] = [
  { name: 'inbox-planner', by: 'planner', path: () => fillAddress(addresses.inbox, {}) },
  { name: 'inbox-office', by: 'planner', path: () => fillAddress(addresses.inbox, {}, { box: 'office' }) },
  { name: 'inbox-empty', by: 'lawyer', path: () => fillAddress(addresses.inbox, {}) },
  { name: 'inbox-mayor', by: 'mayor', path: () => fillAddress(addresses.inbox, {}) },
  { name: 'request-planning', by: 'planner', path: () => request(made.planning) },
  {
    name: 'request-ask',
    by: 'planner',
    path: () => request(made.planning, '?act=ask-papers&paper=property-tax-clearance'),
  },
  { name: 'request-refer', by: 'planner', path: () => request(made.planning, '?act=refer') },
  { name: 'request-defer', by: 'planner', path: () => request(made.planning, '?act=defer') },
  { name: 'request-reject', by: 'planner', path: () => request(made.planning, '?act=reject') },
  { name: 'request-faults', by: 'planner', path: () => request(made.planning, '?act=reject'), submit: true },
  { name: 'request-waiting', by: 'planner', path: () => request(made.asked) },
  { name: 'request-opinion', by: 'planner', path: () => request(made.opinion) },
  { name: 'request-opine', by: 'planner', path: () => request(made.gathered) },
  { name: 'request-gather', by: 'clerk', path: () => request(made.gathered) },
  { name: 'visits', by: 'planner', path: () => fillAddress(addresses.outings, {}) },
  { name: 'request-sign', by: 'mayor', path: () => request(made.signature) },
  { name: 'request-clerk', by: 'clerk', path: () => request(made.signature) },
  { name: 'requests', by: 'manager', path: () => fillAddress(addresses.officeRequests, {}) },
  {
    name: 'sheet',
    by: 'planner',
    path: () => fillAddress(addresses.officeRequestSheet, { id: made.planning }),
  },
  {
    name: 'search',
    by: 'clerk',
    path: () => fillAddress(addresses.search, {}, { q: town.person.name.first }),
  },
  { name: 'search-none', by: 'clerk', path: () => fillAddress(addresses.search, {}, { q: 'زكرياء' }) },
  { name: 'person', by: 'clerk', path: () => fillAddress(addresses.person, { person: town.person.id }) },
  {
    name: 'person-gate',
    by: 'lawyer',
    path: () => fillAddress(addresses.person, { person: town.person.id }),
  },
]

async function open(
  sheet: Sheet,
  width: number,
  theme: 'light' | 'dark',
  javaScriptEnabled = true,
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    javaScriptEnabled,
  })
  const [name = '', value = ''] = town.cookies[sheet.by].split('=')
  await context.addCookies([{ name, value, url: base }])
  const page = await context.newPage()
  await page.goto(base + sheet.path())
  if (sheet.submit) {
    await page.locator('#act form button[type=submit]').last().click()
    await page.waitForLoadState('load')
  }
  return page
}

const looks = [
  { width: 360, theme: 'light' },
  { width: 1280, theme: 'dark' },
] as const
const cases = sheets.flatMap(sheet => looks.map(look => ({ ...sheet, ...look })))

describe('the pages of the staff', () => {
  test.each(cases)('keep nobody out: $name, $width px, $theme', async ({ width, theme, ...sheet }) => {
    const page = await open(sheet, width, theme)
    const refused: string[] = []
    page.on('console', message => message.type() === 'error' && refused.push(message.text()))
    await settle(page)
    const barriers = await checkAccess(page)
    if (process.env.SHUBBAK_SHOTS) await screenshots(page, `${sheet.name}-${width}-${theme}`)
    await page.context().close()
    expect(barriers).toEqual([])
    expect(refused).toEqual([])
  })
})

describe('the pages in English', () => {
  test.each(sheets)('$name speaks one language', async ({ by, path }) => {
    const address = path()
    const answer = await visit(town, by, `${address}${address.includes('?') ? '&' : '?'}lang=en`)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).toContain('<html lang="en" dir="ltr"')
    // What scripts are given to fill in stands in attributes.
    expect(html.replace(/ data-[a-z-]+="[^"]*"/g, '')).not.toMatch(/\{[a-z]+(?:, plural)?/)
  })
})

describe('in the hands of an officer', () => {
  const planner = (path: string): Sheet => ({ name: 'planner', by: 'planner', path: () => path })

  test('the keys of the inbox open the chosen task with what they stand for, whatever letter the layout sends', async () => {
    const page = await open(planner(fillAddress(addresses.inbox, {})), 1280, 'light')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('[data-row].sel').count()).toBe(1)
    // An Arabic layout sends «س» from the place of S.
    await page.evaluate(
      `document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyS', key: 'س', bubbles: true, cancelable: true }))`,
    )
    await page.waitForURL(/act=ask-papers/)
    await page.context().close()
  })

  test('the message follows what is chosen, as it will be sent', async () => {
    const page = await open(planner(request(made.planning, '?act=ask-papers')), 1280, 'light')
    expect(await page.locator('.foreseen .sms').count()).toBe(0)
    await page.locator('#act input[value="undertaking"]').check()
    await page.locator('.foreseen .sms').waitFor()
    expect(await page.locator('.foreseen .sms').textContent()).toContain('تعهد عدلي')
    await page.context().close()
  })

  test('the inbox renews itself when a colleague sends a task on', async () => {
    const streams = () => openStreams(town.bench.house, town.bench.town.id)
    await expect.poll(streams).toBe(0)
    const page = await open(planner(fillAddress(addresses.inbox, {})), 1280, 'light')
    const before = await page.locator('[data-row]').count()
    await expect.poll(streams).toBe(1)
    await act(town, made.desk, 'clerk', 'approve')
    await page.locator('[data-row]').nth(before).waitFor()
    await page.context().close()
  })

  test('the mayor signs on a telephone without script', async () => {
    const inbox: Sheet = { name: 'mayor', by: 'mayor', path: () => fillAddress(addresses.inbox, {}) }
    const page = await open(inbox, 360, 'light', false)
    await page.locator('[data-row] a.go').first().click()
    await page.locator('.acts a').first().click()
    const { password, totpSecret } = town.staff.mayor
    await page.fill('[name=password]', password)
    await page.fill('[name=code]', totpCode(totpSecret, db.clock.now()))
    await page.locator('#act form button').last().click()
    await page.locator('.flash').waitFor()
    expect(await page.locator('.flash').textContent()).toContain('وُقّع')
    await page.context().close()
  })
})
