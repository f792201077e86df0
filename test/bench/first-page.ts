import type { Browser } from 'playwright-core'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { launchBrowser } from '../browser.ts'
import type { Ground } from './ground.ts'
import { tell } from './report.ts'
import { startServer } from './server.ts'

const goalKb = 50

/** What a browser that has never been here loads to show the front page, and to show the first page of a form. */
export async function benchFirstPage(ground: Ground): Promise<void> {
  const person = ground.people[1]?.personId ?? ''
  const cookie = await ground.logIn({ personId: person })
  const server = await startServer('serve', ground.environment)
  const browser = await launchBrowser()
  try {
    const base = `http://127.0.0.1:${server.port}`
    const front = await load(browser, base + fillAddress(addresses.front, {}))
    const form = await load(browser, base + fillAddress(addresses.startDraft, { code: 'ADM-01' }), cookie)
    for (const [name, seen] of [
      ['first-citizen-page', front],
      ['first-form-page', form],
    ] as const) {
      const kb = seen.bytes / 1000
      tell({
        name,
        value: kb,
        unit: 'kB',
        ratio: kb / goalKb,
        baseline: `the goal of ${goalKb} kB`,
        goal: { ratio: 1 },
        details: { requests: seen.files.length, address: seen.address, title: seen.title, files: seen.files },
      })
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

type Seen = { bytes: number; address: string; title: string; files: string[] }

async function load(browser: Browser, address: string, cookie?: string): Promise<Seen> {
  const context = await browser.newContext({ locale: 'ar', extraHTTPHeaders: {} })
  if (cookie) {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url: address }])
  }
  const page = await context.newPage()
  const protocol = await context.newCDPSession(page)
  const seen: Seen = { bytes: 0, address: '', title: '', files: [] }
  const paths = new Map<string, string>()
  await protocol.send('Network.enable')
  protocol.on('Network.responseReceived', event => {
    paths.set(event.requestId, new URL(event.response.url).pathname)
  })
  protocol.on('Network.loadingFinished', event => {
    seen.bytes += event.encodedDataLength
    seen.files.push(`${paths.get(event.requestId)} ${event.encodedDataLength}`)
  })
  await page.goto(address, { waitUntil: 'networkidle' })
  seen.address = new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/, '…')
  seen.title = await page.title()
  await context.close()
  return seen
}
