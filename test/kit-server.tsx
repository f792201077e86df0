import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Locale } from '../src/lib/localized.ts'
import { pageHtml } from '../src/ui/html.tsx'
import { samplePage } from '../src/ui/kit/sample-page.ts'
import { Kit, type KitSide } from '../src/ui/kit.tsx'
import type { Page } from '../src/ui/page.ts'

const ui = join(import.meta.dirname, '../src/ui')
const files = new Map<string, Uint8Array>()

/** A sheet of parts as the server would send it. */
export function kitHtml(
  side: KitSide,
  locale: Locale,
  theme: 'light' | 'dark',
  change: Partial<Page> = {},
): string {
  const page = samplePage(side === 'citizen' ? 'citizen' : 'staff', locale, { theme, ...change })
  return pageHtml(page, <Kit side={side} />)
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
    entryPoints: ['citizen.css', 'staff.css'].map(name => join(ui, 'assets', name)),
    loader: { '.woff2': 'file' },
  })
  const scripts = await build({
    ...common,
    entryPoints: ['citizen.ts', 'staff.ts'].map(name => join(ui, 'browser', name)),
    format: 'esm',
    target: 'es2020',
  })
  for (const file of [...styles.outputFiles, ...scripts.outputFiles]) files.set(file.path, file.contents)
  files.set('/mark.svg', readFileSync(join(ui, 'assets/mark.svg')))
}

const kinds: Record<string, string> = {
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/* The policy of the real server, so that what it would drop is dropped here too. */
const policy =
  "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'nonce-sample' 'strict-dynamic'; img-src 'self' data:; connect-src 'self'; form-action 'self'"

/** The styles and scripts as they are shipped, by address. */
export async function builtFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  if (files.size === 0) await buildAssets()
  return files
}

export type KitServer = { base: string; close: () => void }

/** Answers what the sheets themselves do not: what forms post and scripts fetch. True when it has answered. */
export type Answering = (request: IncomingMessage, response: ServerResponse) => boolean

/** Serves the sheets of parts with their built styles and scripts under the real policy. */
export async function serveKit(
  answer: Answering = () => false,
  change: Partial<Page> = {},
): Promise<KitServer> {
  await builtFiles()
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (answer(request, response)) return
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
    response.end(kitHtml(side, searchParams.get('locale') === 'en' ? 'en' : 'ar', theme, change))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    base: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
