import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAccess, launchBrowser, screenshots, settle } from '../../test/browser.ts'
import type { Locale } from '../lib/localized.ts'
import { samplePage } from './kit/sample-page.ts'
import { Kit, type KitSide } from './kit.tsx'
import { PageProvider } from './page.ts'

const here = import.meta.dirname
const files = new Map<string, Uint8Array>()

function kitHtml(side: KitSide, locale: Locale, theme: 'light' | 'dark'): string {
  const page = samplePage(side === 'citizen' ? 'citizen' : 'staff', locale, { theme })
  return `<!doctype html>${renderToString(
    <PageProvider page={page}>
      <Kit side={side} />
    </PageProvider>,
  )}`
}

async function buildAssets(): Promise<void> {
  const common = {
    bundle: true,
    minify: true,
    write: false,
    outdir: '/',
    assetNames: '[name]',
    metafile: false,
  } as const
  const styles = await build({
    ...common,
    entryPoints: ['citizen.css', 'staff.css'].map(name => join(here, 'assets', name)),
    loader: { '.woff2': 'file' },
  })
  const scripts = await build({
    ...common,
    entryPoints: ['citizen.ts', 'staff.ts'].map(name => join(here, 'browser', name)),
    format: 'esm',
    target: 'es2020',
  })
  for (const file of [...styles.outputFiles, ...scripts.outputFiles]) files.set(file.path, file.contents)
  files.set('/mark.svg', readFileSync(join(here, 'assets/mark.svg')))
}

const kinds: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/* The policy of the real server, so that what it would drop is dropped here too. */
const policy =
  "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'nonce-sample' 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'"

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const file = files.get(pathname)
    if (file) {
      response.setHeader('content-type', kinds[pathname.split('.').at(-1) ?? ''] ?? 'text/plain')
      response.end(file)
      return
    }
    const side = pathname.slice(1) as KitSide
    if (!['citizen', 'staff', 'paper'].includes(side)) {
      response.statusCode = 404
      response.end()
      return
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader('content-security-policy', policy)
    const theme = searchParams.get('theme') === 'dark' ? 'dark' : 'light'
    response.end(kitHtml(side, searchParams.get('locale') === 'en' ? 'en' : 'ar', theme))
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

describe('the sheet of parts', () => {
  let browser: Browser
  let server: Server
  let base: string

  beforeAll(async () => {
    await buildAssets()
    server = await serve()
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
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
      await page.goto(`${base}/${side}?theme=${theme}&locale=${locale}`)
      await settle(page)
      const barriers = await checkAccess(page)
      if (process.env.SHUBBAK_SHOTS) await screenshots(page, `kit-${side}-${width}-${theme}-${locale}`)
      await context.close()
      expect(barriers).toEqual([])
      expect(refused).toEqual([])
    },
  )
})

describe('the house rules of styles', () => {
  it('names no physical side in a stylesheet', () => {
    const physical =
      /(?<![-\w])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom)\s*:|text-align\s*:\s*(?:left|right)|float\s*:/
    const folder = join(here, 'assets')
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
