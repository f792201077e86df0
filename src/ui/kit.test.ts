import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAccess, launchBrowser, screenshots, settle } from '../../test/browser.ts'
import { builtFiles, type KitServer, kitHtml, serveKit } from '../../test/kit-server.tsx'
import type { KitSide } from './kit.tsx'

describe('the sheet of parts', () => {
  let browser: Browser
  let server: KitServer

  beforeAll(async () => {
    server = await serveKit()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  const sides: KitSide[] = ['citizen', 'staff', 'paper']
  const cases = sides.flatMap(side =>
    ([360, 1280] as const).flatMap(width =>
      (['light', 'dark'] as const).flatMap(theme =>
        (['ar', 'en'] as const).map(locale => ({ side, width, theme, locale })),
      ),
    ),
  )

  it.each(cases)(
    'keeps nobody out: $side, $width px, $theme, $locale',
    async ({ side, width, theme, locale }) => {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme })
      const page = await context.newPage()
      const refused: string[] = []
      page.on('console', message => message.type() === 'error' && refused.push(message.text()))
      page.on('pageerror', error => refused.push(error.message))
      await page.goto(`${server.base}/${side}?theme=${theme}&locale=${locale}`)
      await settle(page)
      const barriers = await checkAccess(page)
      if (process.env.SHUBBAK_SHOTS) await screenshots(page, `kit-${side}-${width}-${theme}-${locale}`)
      await context.close()
      expect(barriers).toEqual([])
      expect(refused).toEqual([])
    },
  )
})

describe('the weight of a citizen page', () => {
  it('leaves room for the page itself within 50 kB, type and all, and keeps its script under 5 kB', async () => {
    const built = await builtFiles()
    const weigh = (name: string) => gzipSync(built.get(name) ?? '').length
    const type = ['ar-400', 'ar-600', 'num-400', 'num-600'].map(
      part => readFileSync(join(import.meta.dirname, `assets/fonts/shubbak-sans-${part}.woff2`)).length,
    )
    expect(weigh('/citizen.js')).toBeGreaterThan(500)
    expect(weigh('/citizen.js')).toBeLessThanOrEqual(5000)
    const all = weigh('/citizen.css') + weigh('/citizen.js') + type.reduce((sum, bytes) => sum + bytes, 0)
    expect(all).toBeLessThanOrEqual(42_000)
  })
})

describe('the house rules of styles', () => {
  it('names no physical side in a stylesheet', () => {
    const physical =
      /(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom)\s*:|text-align\s*:\s*(?:left|right)|float\s*:/
    const folder = join(import.meta.dirname, 'assets')
    const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith('.css'),
    )
    const found = sheets.filter(name =>
      physical.test(
        readFileSync(join(folder, name), 'utf8')
          .replace(/url\("[^"]*"\)/g, '')
          .replace(/\/\*[\s\S]*?\*\//g, ''),
      ),
    )
    expect(sheets.length).toBeGreaterThan(5)
    expect(found).toEqual([])
  })

  it('writes no inline style, and its scripts carry the nonce', () => {
    const html =
      kitHtml('citizen', 'ar', 'light') + kitHtml('staff', 'ar', 'light') + kitHtml('paper', 'en', 'dark')
    expect(html).not.toMatch(/\sstyle="/)
    expect(html).not.toMatch(/\son[a-z]+="/)
    expect(html.match(/<script/g)?.length).toBe(
      html.match(/<script type="module" nonce="sample" src="/g)?.length,
    )
  })
})
