import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/platform/root.ts'
import type { BankTerms } from './bank.ts'
import type { Order, Outcome } from './shape.ts'

/** The programs a load takes, each bundled to a file that Node runs. */
export type Programs = { server: string; driver: string; bank: string }

const entries: Programs = {
  server: 'src/main.ts',
  driver: 'test/load/driver/main.ts',
  bank: 'test/load/bank.ts',
}

/** Bundles the programs, each under a name of its own. */
export async function bundlePrograms(name = 'load'): Promise<Programs> {
  const build = (await import(pathToFileURL(join(projectRoot, 'build.mjs')).href)) as {
    bundleEntry(entry: string, file: string): Promise<void>
    stopBuilding(): Promise<void>
  }
  const files = {} as Programs
  for (const [program, entry] of Object.entries(entries) as [keyof Programs, string][]) {
    files[program] = join(projectRoot, 'dist', 'run', `${name}-${program}.js`)
    await build.bundleEntry(join(projectRoot, entry), files[program])
  }
  await build.stopBuilding()
  return files
}

/** Drives a shape from a process of its own; gives what came of it. */
export async function drive(program: string, order: Order): Promise<Outcome> {
  const child = fork(program, { stdio: 'inherit', serialization: 'advanced' })
  child.send(order)
  return (await said(child)) as Outcome
}

export type Bank = BankTerms & { url: string; stop(): Promise<void> }

/** Opens the bank; it ends with whoever opened it. */
export async function openBank(program: string): Promise<Bank> {
  const terms = { merchant: 'load', key: randomBytes(32).toString('base64url') }
  const child = fork(program, { stdio: 'inherit' })
  child.send(terms)
  const port = await said(child)
  return {
    ...terms,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

/** What a child says first; an error where it ends without a word. */
function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`a process of the load ended with ${code} and said nothing`)))
  })
}
