import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { addresses, fillAddress } from '../lib/addresses.ts'
import { projectRoot } from '../platform/root.ts'

type Asset = { type: string; plain: Buffer; br?: Buffer; gzip?: Buffer }

export type Assets = {
  /** Address of a built file by its plain name. */
  url(name: string): string
  /** The file at a path, or undefined when the path is none of theirs; a file that is no longer built is not found. */
  serve(request: Request, path: string): Response | undefined
}

const folderPath = fillAddress(addresses.asset, { name: '' })

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
}

/**
 * The built styles, scripts, icons and fonts, held in memory with the compressed forms the build made of them.
 * Names carry a hash of the content, so browsers keep them for a year.
 */
export async function openAssets(): Promise<Assets> {
  const folder = join(projectRoot, 'dist', 'assets')
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>
  const files = new Map<string, Asset>()
  await Promise.all(
    Object.values(manifest).map(async name => {
      const plain = await readFile(join(folder, name))
      const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      const squeeze = !name.endsWith('.woff2')
      files.set(name, {
        type,
        plain,
        ...(squeeze
          ? {
              br: await readFile(join(folder, `${name}.br`)),
              gzip: await readFile(join(folder, `${name}.gz`)),
            }
          : {}),
      })
    }),
  )
  return {
    url(name) {
      const built = manifest[name]
      if (!built) throw new Error(`no asset ${name}`)
      return fillAddress(addresses.asset, { name: built })
    },
    serve(request, path) {
      if (!path.startsWith(folderPath)) return undefined
      const asset = files.get(path.slice(folderPath.length))
      if (!asset) return new Response(null, { status: 404 })
      const accepted = request.headers.get('accept-encoding') ?? ''
      const coding =
        asset.br && accepted.includes('br')
          ? 'br'
          : asset.gzip && accepted.includes('gzip')
            ? 'gzip'
            : undefined
      const body = coding ? asset[coding] : asset.plain
      return new Response(body as Uint8Array<ArrayBuffer>, {
        headers: {
          'content-type': asset.type,
          'cache-control': 'public, max-age=31536000, immutable',
          vary: 'accept-encoding',
          'x-content-type-options': 'nosniff',
          ...(coding ? { 'content-encoding': coding } : {}),
        },
      })
    },
  }
}
