import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/root.ts'
import { onEnd } from '../end.ts'

/** How a command ended, and everything it printed. */
export type Ran = { status: number | null; said: string }

/** Another version of the program, in a folder of its own. */
export type Version = {
  folder: string
  /** Its bundled program. */
  program: string
  /** Runs a command of it to its end. */
  run(words: readonly string[], environment: Record<string, string>): Promise<Ran>
  clear(): void
}

const git = (...words: string[]) => execFileSync('git', words, { cwd: projectRoot, encoding: 'utf8' }).trim()

function versionIn(folder: string, program: string, clear: () => void): Version {
  return {
    folder,
    program,
    run(words, environment) {
      const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production', LOG_LEVEL: 'warn', ...environment }
      // Beside us: clients of ours go on meanwhile.
      const child = spawn(process.execPath, [program, ...words], { env, timeout: 600_000 })
      let said = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', chunk => {
          said += chunk
        })
      return new Promise(resolve => child.once('close', status => resolve({ status, said: said.trim() })))
    },
    clear: onEnd(clear),
  }
}

/** The program of a commit, checked out beside this one and built there; packages are shared. */
export function checkOut(commit: string): Version {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-version-'))
  git('worktree', 'add', '--quiet', '--detach', '--force', folder, commit)
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'))
  const version = versionIn(folder, join(folder, 'dist', 'main.js'), () => {
    rmSync(folder, { recursive: true, force: true })
    spawnSync('git', ['worktree', 'prune'], { cwd: projectRoot })
  })
  const built = spawnSync(process.execPath, [join(folder, 'build.mjs')], { cwd: folder, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`${commit} could not be built: ${built.stderr}`)
  return version
}

/** This very program with further migrations: what the next version might bring. */
export function nextVersion(program: string, migrations: Record<string, string>): Version {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-version-'))
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'))
  for (const each of ['migrations', 'catalogue'])
    cpSync(join(projectRoot, each), join(folder, each), { recursive: true })
  mkdirSync(join(folder, 'dist', 'run'), { recursive: true })
  for (const each of ['node_modules', 'docs', 'src']) symlinkSync(join(projectRoot, each), join(folder, each))
  for (const each of readdirSync(join(projectRoot, 'dist')).filter(entry => entry !== 'run'))
    symlinkSync(join(projectRoot, 'dist', each), join(folder, 'dist', each))
  const bundle = join(folder, 'dist', 'run', 'next.js')
  cpSync(program, bundle)
  for (const [name, sql] of Object.entries(migrations))
    writeFileSync(join(folder, 'migrations', `${name}.sql`), sql)
  return versionIn(folder, bundle, () => rmSync(folder, { recursive: true, force: true }))
}

/** The commit an upgrade begins at: what was asked for, else the newest tag, else two hundred commits ago. */
export function oldCommit(asked: string | undefined): string {
  const tag = spawnSync('git', ['describe', '--tags', '--abbrev=0'], { cwd: projectRoot, encoding: 'utf8' })
  return git('rev-parse', asked ?? (tag.status === 0 ? tag.stdout.trim() : 'HEAD~200'))
}
