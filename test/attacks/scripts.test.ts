import { beforeAll, describe, expect, test } from 'vitest'
import { csvCell } from '../../src/lib/csv.ts'
import { receive } from '../../src/offices/messaging/index.ts'
import { listen } from '../../src/platform/serve.ts'
import { launchBrowser } from '../browser.ts'
import { aHouse } from '../builders/house.ts'
import { testDatabase } from '../database.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { sentOf } from './forms-of-pages.ts'
import { aLivingTown, cookieOf, formsSeen, type LivingTown, type Who } from './town.ts'

const db = await testDatabase()
let living: LivingTown

/** Ends whatever it is written into (a text, an attribute, a script, a comment, a style) and runs there. */
const payload = `"'></textarea></title></script></style>--><img src=x onerror=__xss() data-xss><svg onload=__xss() data-xss>javascript:__xss()`
/** How each of its tags looks where it was taken for markup. */
const raw = /<(img src=x|svg onload)|(href|src|action|formaction)="\s*javascript:/i

beforeAll(async () => {
  living = await aLivingTown(await aPeopledTown(db, aHouse(db)))
  await fillEverything()
}, 600_000)

/** Types it into every field of every form that is there, one form at a time; and what comes from outside, from there. */
async function fillEverything(): Promise<void> {
  const { town, knock } = living
  let sent = 0
  for (const form of (await formsSeen(living)).filter(({ method }) => method === 'post')) {
    const typed = Object.fromEntries(
      form.fields
        .filter(({ kind }) => kind !== 'file')
        .map(({ name, value, kind }) => [
          name,
          kind === 'text' && !/^[\d.:/-]+$/.test(value) ? payload : value,
        ]),
    )
    await knock(form.action, { ...cookieOf(living, form.who), form: { ...typed, _key: `key-${sent++}-xss` } })
    // Where a whole form of it is refused, one field of it may stay.
    for (const { name } of form.fields.filter(({ kind, value }) => kind === 'text' && value === ''))
      await knock(form.action, {
        ...cookieOf(living, form.who),
        form: { ...sentOf(form), [name]: payload, _key: `key-${sent++}-xss` },
      })
  }
  const sms = { from: '0599 444 335', to: '1', text: payload, at: db.clock.now() }
  await town.write(tx => receive(tx, town.bench, { provider: 'test', providerRef: 'xss', ...sms }))
  const headers = { 'user-agent': payload }
  await knock('/my/log-in', {
    headers,
    form: { idNumber: living.life.person.idNumber, pin: living.life.person.pin },
  })
}

/** The pages that show it, as words. */
async function showing(): Promise<{ who: Who; page: string; html: string }[]> {
  const found: { who: Who; page: string; html: string }[] = []
  for (const [who, pages] of living.pages)
    for (const page of pages) {
      const { html } = await living.knock(page, cookieOf(living, who))
      if (html.includes('onerror=__xss()')) found.push({ who, page, html })
    }
  return found
}

describe('words that would be a script', () => {
  test('are words wherever they are shown again, and run in no browser', async () => {
    const pages = await showing()
    expect(pages.length).toBeGreaterThan(10)
    expect(pages.filter(({ html }) => raw.test(html)).map(({ page }) => page)).toEqual([])
    const listener = await listen(request => living.window.fetch(request), '127.0.0.1', 0)
    const browser = await launchBrowser()
    try {
      const base = `http://127.0.0.1:${listener.port}`
      const ran: string[] = []
      const contexts = new Map<Who, Awaited<ReturnType<typeof browser.newContext>>>()
      for (const { who, page: path } of pages) {
        // The policy of the page would hold a script back: here nothing does but how it is written.
        const context = contexts.get(who) ?? (await browser.newContext({ bypassCSP: true, baseURL: base }))
        if (!contexts.has(who)) {
          const [name = '', value = ''] = (living.cookies.get(who) ?? 'none=none').split('=')
          await context.addCookies([{ name, value, url: base }])
          await context.addInitScript(
            'globalThis.__ran = 0; globalThis.__xss = () => { globalThis.__ran += 1 }',
          )
          contexts.set(who, context)
        }
        const page = await context.newPage()
        await page.goto(path)
        const seen = (await page.evaluate(
          `({ ran: globalThis.__ran, made: document.querySelectorAll('[data-xss]').length,
              links: [...document.querySelectorAll('a[href], form[action], iframe[src]')].filter(each => /^(javascript|data|vbscript):/i.test(each.href ?? each.action ?? each.src)).length,
              shown: document.documentElement.outerHTML.includes('__xss()') })`,
        )) as { ran: number; made: number; links: number; shown: boolean }
        if (seen.ran || seen.made || seen.links || !seen.shown)
          ran.push(`${who} ${path} ${JSON.stringify(seen)}`)
        await page.close()
      }
      expect(ran).toEqual([])
    } finally {
      await browser.close()
      await listener.drain(1_000)
    }
  }, 600_000)

  test('are words in the answer of the page that refuses them, too', async () => {
    const failures: string[] = []
    for (const [who, pages] of living.pages)
      for (const page of pages) {
        const [path = ''] = page.split('?')
        const names = [
          'q',
          'then',
          'back',
          'from',
          'to',
          'box',
          'act',
          'lang',
          'code',
          'kind',
          'state',
          'with',
          'edit',
          'reason',
        ]
        const { html } = await living.knock(
          `${path}?${names.map(name => `${name}=${encodeURIComponent(payload)}`).join('&')}`,
          cookieOf(living, who),
        )
        if (raw.test(html)) failures.push(`${who} ${page}`)
      }
    expect(failures).toEqual([])
  }, 600_000)
})

test('a cell of a file that a spreadsheet would run is a word there', () => {
  for (const cell of [
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\0=1',
    '=HYPERLINK("http://evil","x")',
    "-2+3+cmd|' /C calc'!A0",
  ])
    expect(csvCell(cell).replace(/^"/, ''), cell).toMatch(/^'/)
  expect(['-12.50', 'سلمى', 'a=b', '1-2'].map(csvCell)).toEqual(['-12.50', 'سلمى', 'a=b', '1-2'])
})
