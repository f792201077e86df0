import lighthouse from 'lighthouse'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { findFreePort } from '../../src/platform/database/postgres/server.ts'
import { launchBrowser } from '../browser.ts'
import type { Ground } from './ground.ts'
import { median, note, tell } from './report.ts'
import { startServer } from './server.ts'

const goalKb = 50
const categories = ['performance', 'accessibility', 'best-practices'] as const
type Category = (typeof categories)[number]

/** The five pages a citizen sees most, judged by Lighthouse as on a slow telephone, and what the first view of each weighs on the wire. */
export async function benchLighthouse(ground: Ground, quick: boolean): Promise<void> {
  const cookie = await ground.logIn({ personId: ground.people[0]?.personId ?? '' })
  const server = await startServer('serve', ground.environment)
  const port = await findFreePort()
  const browser = await launchBrowser({ port })
  const pages = [
    { name: 'front', path: fillAddress(addresses.front, {}) },
    { name: 'catalogue', path: fillAddress(addresses.services, {}) },
    { name: 'service-sheet', path: fillAddress(addresses.service, { code: 'ADM-01' }) },
    { name: 'track', path: fillAddress(addresses.track, {}) },
    { name: 'my', path: fillAddress(addresses.my, {}), cookie },
  ]
  try {
    for (const page of quick ? pages.filter(({ name }) => name === 'front' || name === 'my') : pages) {
      const judged: Judged[] = []
      for (let round = 0; round < (quick ? 1 : 3); round++)
        judged.push(await judge(`http://127.0.0.1:${server.port}${page.path}`, port, page.cookie))
      told(page.name, judged)
    }
  } finally {
    await browser.close()
    await server.stop()
  }
}

type Judged = { scores: Record<Category, number>; kb: number; files: number; short: string[] }

async function judge(address: string, port: number, cookie: string | undefined): Promise<Judged> {
  const run = await lighthouse(address, {
    port,
    onlyCategories: [...categories],
    logLevel: 'error',
    output: 'json',
    ...(cookie && { extraHeaders: { Cookie: cookie } }),
  })
  if (!run) throw new Error(`Lighthouse said nothing of ${address}`)
  const { lhr } = run
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`)
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(address).pathname)
    throw new Error(`${address} led to ${lhr.finalDisplayedUrl}`)
  const scoreOf = (category: Category) => Math.round((lhr.categories[category]?.score ?? 0) * 100)
  const [performance, accessibility, practices] = categories.map(scoreOf)
  const weighing = categories.flatMap(each => lhr.categories[each]?.auditRefs ?? [])
  return {
    scores: {
      performance: performance ?? 0,
      accessibility: accessibility ?? 0,
      'best-practices': practices ?? 0,
    },
    kb: (lhr.audits['total-byte-weight']?.numericValue ?? Number.NaN) / 1000,
    files: networkFiles(lhr.audits['network-requests']?.details),
    short: weighing
      .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${id} ${lhr.audits[id]?.displayValue ?? ''}`.trim()),
  }
}

const networkFiles = (details: unknown): number =>
  ((details as { items?: unknown[] } | undefined)?.items ?? []).length

function told(name: string, judged: readonly Judged[]): void {
  const scores = Object.fromEntries(
    categories.map(each => [each, median(judged.map(({ scores: of }) => of[each]))]),
  ) as Record<Category, number>
  const lowest = Math.min(...Object.values(scores))
  tell({
    name: `lighthouse: ${name}`,
    value: lowest,
    unit: 'of 100',
    ratio: lowest / 100,
    baseline: '100 in each category, on a telephone',
    goal: { ratio: 1, least: true },
    rounds: judged.map(({ scores: of }) => Math.min(...Object.values(of))),
    details: { ...scores, short: [...new Set(judged.flatMap(({ short }) => short))] },
  })
  const kb = median(judged.map(each => each.kb))
  tell({
    name: `first view: ${name}`,
    value: kb,
    unit: 'kB',
    ratio: kb / goalKb,
    baseline: `the goal of ${goalKb} kB`,
    goal: { ratio: 1 },
    details: { files: judged[0]?.files },
  })
  for (const lacking of judged[0]?.short ?? []) note(`${name}: ${lacking}`)
}
