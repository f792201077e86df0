// Bundles the program into dist/main.js and the browser's files into dist/assets/NAME.HASH.EXT with a manifest.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build, stop } from 'esbuild'

const root = dirname(fileURLToPath(import.meta.url))

const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  jsx: 'automatic',
  sourcemap: true,
  // A map with the sources in it is read whole by whoever turns maps on: some 90 MB.
  sourcesContent: false,
  logLevel: 'warning',
  absWorkingDir: root,
}

/** Bundles one TypeScript entry for Node; `dist/run` keeps one file for each entry. */
export async function bundleEntry(entry, outfile) {
  await build({ ...nodeBundle, entryPoints: [entry], outfile })
}

/**
 * Libraries that are nothing but JavaScript and that every process works with from its first moment. They go into the program: read as one
 * file and without what nobody calls they take a third of the memory, and the start half of its time.
 */
const taken = [
  '@hono/node-server',
  '@lezer/common',
  'commander',
  'hono',
  'intl-messageformat',
  'js-yaml',
  'kysely',
  'lezer-feel',
  'libphonenumber-js',
  'prom-client',
  'react',
  'react-dom',
  'temporal-polyfill',
  'uuid',
  'yaml',
  'zod',
]

function leftOut() {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const names = Object.keys({ ...dependencies, ...optionalDependencies }).filter(
    name => !taken.includes(name),
  )
  return names.flatMap(name => [name, `${name}/*`])
}

/**
 * The program: `main.js`, and under `parts` what it reads only when it is first asked for (`await import`). Everything is ASCII, as letters in
 * Arabic would double the whole text in memory; esbuild leaves them in regular expressions, where an escape means the same.
 * @returns what went where, as esbuild tells it
 */
export async function bundleProgram(outdir) {
  const { outputFiles, metafile } = await build({
    ...nodeBundle,
    packages: 'bundle',
    external: leftOut(),
    entryPoints: { main: join(root, 'src/main.ts') },
    outdir,
    splitting: true,
    chunkNames: 'parts/[name].[hash]',
    metafile: true,
    write: false,
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Libraries of the older form ask for Node's own modules in its words.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  })
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, path.endsWith('.js') ? inAscii(text) : text)
  }
  return metafile
}

const inAscii = text =>
  text.replace(/[^\0-\x7f]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Ends esbuild's own process, which would live as long as ours. */
export const stopBuilding = stop

function filesIn(folder, keep) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && keep(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

async function bundleAssets(outdir) {
  const assets = join(root, 'src/ui/assets')
  const browser = join(root, 'src/ui/browser')
  const manifest = {}
  const note = (name, file) => {
    if (manifest[name] && manifest[name] !== file) throw new Error(`Two browser files are called ${name}`)
    manifest[name] = file
  }
  mkdirSync(outdir, { recursive: true })

  const styles = filesIn(assets, name => name.endsWith('.css') && !name.startsWith('_'))
  const scripts = filesIn(
    browser,
    name =>
      /\.tsx?$/.test(name) && !name.startsWith('_') && !name.includes('.test.') && !name.endsWith('.d.ts'),
  )
  const common = {
    bundle: true,
    minify: true,
    outdir,
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    metafile: true,
    logLevel: 'warning',
    absWorkingDir: root,
  }
  const fonts = ['.woff2', '.woff', '.svg', '.png', '.webp', '.jpg']
  const results = [
    styles.length > 0 &&
      build({
        ...common,
        entryPoints: styles,
        loader: Object.fromEntries(fonts.map(each => [each, 'file'])),
        target: ['chrome90', 'firefox90', 'safari15'],
      }),
    scripts.length > 0 &&
      build({ ...common, entryPoints: scripts, platform: 'browser', format: 'esm', target: ['es2020'] }),
  ]
  for (const result of await Promise.all(results)) {
    for (const [file, output] of Object.entries(result ? result.metafile.outputs : {})) {
      const source =
        output.entryPoint ?? (Object.keys(output.inputs).length === 1 && Object.keys(output.inputs)[0])
      if (source) note(basename(source).replace(/\.tsx?$/, '.js'), basename(file))
    }
  }
  for (const file of filesIn(assets, name => !name.endsWith('.css') && !/\.(md|txt|ts)$/.test(name))) {
    if (manifest[basename(file)]) continue
    const bytes = readFileSync(file)
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8)
    const ending = extname(file)
    const name = `${basename(file, ending)}.${hash}${ending}`
    writeFileSync(join(outdir, name), bytes)
    note(basename(file), name)
  }
  // Pressed once here and not at each start: fonts are pressed already.
  for (const name of Object.values(manifest).filter(each => !each.endsWith('.woff2'))) {
    const bytes = readFileSync(join(outdir, name))
    writeFileSync(join(outdir, `${name}.br`), brotliCompressSync(bytes))
    writeFileSync(join(outdir, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
  writeFileSync(join(outdir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Builds into a fresh folder and changes it for the old one at the end, so that a failed build leaves the old one whole. */
export async function buildAll() {
  const dist = join(root, 'dist')
  const draft = join(dist, `draft-${process.pid}`)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  try {
    await Promise.all([bundleProgram(draft), bundleAssets(join(draft, 'assets'))])
    for (const name of ['assets', 'parts']) rmSync(join(dist, name), { recursive: true, force: true })
    for (const name of readdirSync(draft)) renameSync(join(draft, name), join(dist, name))
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

/** The files a build depends on. */
export function sources() {
  return [
    ...filesIn(join(root, 'src'), name => !name.includes('.test.')),
    join(root, 'build.mjs'),
    join(root, 'package-lock.json'),
  ].map(file => relative(root, file))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll()
