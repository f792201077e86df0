import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'

const require = createRequire(import.meta.url)

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

/** The machine's Chromium where it has one, otherwise the one that came with the packages. */
async function browserPath(): Promise<string> {
  const own = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (own) return own
  // Its own flags are for a sandbox without processes: with them the browsers of several people share their cookies.
  return (await import('@sparticuz/chromium')).default.executablePath()
}

/** A browser without a screen; `port` opens it to others who steer it too. */
export async function launchBrowser({ port }: { port?: number } = {}): Promise<Browser> {
  const args = port === undefined ? flags : [...flags, `--remote-debugging-port=${port}`]
  return chromium.launch({ executablePath: await browserPath(), args })
}

/** One thing that keeps somebody out: which rule, where, and what was measured. */
export type Barrier = { rule: string; where: string; detail: string }

/*
 * Stock axe takes joined Arabic letters for icon ligatures and leaves their contrast unjudged, so the test for them is
 * turned off. The contrast walk of our own stands beside it all the same.
 */
let patched: string | undefined
function axeSource(): string {
  if (!patched) {
    const source = readFileSync(require.resolve('axe-core/axe.js'), 'utf8')
    const start = source.indexOf('function _isIconLigature(textVNode) {')
    if (start < 0) throw new Error('axe-core changed: its test for icon ligatures was not found')
    const brace = source.indexOf('{', start) + 1
    patched = `${source.slice(0, brace)} return false;${source.slice(brace)}`
  }
  return patched
}

let checks: string | undefined
function checksSource(): string {
  checks ??= buildSync({
    entryPoints: [join(import.meta.dirname, '../src/ui/browser/_checks.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'accessChecks',
  }).outputFiles[0]?.text
  return checks ?? ''
}

/** Everything on the page that breaks WCAG 2.2 AA as far as a program can tell, and our own stricter rules. */
export async function checkAccess(page: Page): Promise<Barrier[]> {
  if (!(await page.evaluate(`'accessChecks' in globalThis`))) {
    await page.evaluate(axeSource())
    await page.evaluate(
      checksSource().replace(/^(?:"use strict";)?\s*var accessChecks/, 'globalThis.accessChecks'),
    )
  }
  return page.evaluate('globalThis.accessChecks.checkAll()')
}

/** Saves the whole page as a picture in `test-results` (or where SHUBBAK_SHOTS says) and gives its path. */
export async function screenshots(page: Page, name: string): Promise<string> {
  const folder = process.env.SHUBBAK_SHOTS ?? join(import.meta.dirname, '../test-results')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  // Hiding the caret would write styles into the page, which later checks take for the page's own.
  await page.screenshot({ path, fullPage: true, caret: 'initial' })
  return path
}

/** Waits until the page's type has arrived, so that what is measured is what is read. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)')
}
