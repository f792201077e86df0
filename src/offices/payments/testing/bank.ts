import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleEntry } from '../../../../build.mjs'
import type { TestDatabase } from '../../../../test/database.ts'
import { createSecretFile } from '../../../platform/crypto/index.ts'
import { projectRoot } from '../../../platform/root.ts'
import { readBankFile } from '../../../program/bank/command.ts'

/** The pretended bank as the process it is for people: begun, killed and begun again; it keeps its folder. */
export async function aBank(db: TestDatabase) {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-bank-'))
  const program = join(projectRoot, 'dist', 'run', `bank-test-${process.pid}-${Date.now()}.js`)
  await bundleEntry(join(projectRoot, 'src/main.ts'), program)
  createSecretFile(join(folder, 'secret'))
  let child: ChildProcess | undefined

  function run(): { child: ChildProcess; said: () => string } {
    const env = {
      PATH: '/usr/bin:/bin',
      DATA_DIR: folder,
      DATABASE_URL: db.url,
      NODE_ENV: 'test',
      // Ends when these tests are gone, however they end.
      SHUBBAK_CHILD: '1',
    }
    const started = spawn(process.execPath, [program, 'demo-bank', '--delay', '2'], { cwd: '/', env })
    const output: string[] = []
    started.stdout.on('data', chunk => output.push(String(chunk)))
    started.stderr.on('data', chunk => output.push(String(chunk)))
    return { child: started, said: () => output.join('') }
  }

  async function start(): Promise<string> {
    const running = run()
    child = running.child
    for (let tries = 0; tries < 400; tries++) {
      const [, url] = /open at (http:\S+?)\/\s/.exec(running.said()) ?? []
      if (url) return url
      if (running.child.exitCode !== null) break
      await new Promise(done => setTimeout(done, 50))
    }
    throw new Error(`the bank did not open: ${running.said()}`)
  }

  /** Kills it as a power cut does. */
  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise(done => child?.once('exit', done))
    child.kill('SIGKILL')
    await gone
  }

  return {
    run,
    start,
    kill,
    /** Merchant and key, as the bank gave them to the town. */
    terms: () => readBankFile(folder),
    async end(): Promise<void> {
      await kill()
      for (const path of [folder, program, `${program}.map`]) rmSync(path, { recursive: true, force: true })
    },
  }
}
