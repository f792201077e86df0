import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/root.ts'
import type { Behaviour } from './smsc.ts'

/** A message as an SMSC took it. */
export type Entry = { ref: string; to: string; text: string }

/** An SMSC in a process of its own, with the ledger of all it ever took. */
export type SmscProcess = {
  port: number
  behave(told: Partial<Behaviour>): Promise<void>
  taken(): Promise<number>
  ledger(): Entry[]
  stop(): Promise<void>
}

export async function startSmsc(ledger = '', port = 0): Promise<SmscProcess> {
  const program = join(projectRoot, 'test/faults/messages/smsc.ts')
  const child: ChildProcess = fork(program, [String(port), ledger], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const heard = async <T>(): Promise<T> => (await once(child, 'message'))[0] as T
  const { port: at } = await heard<{ port: number }>()
  return {
    port: at,
    async behave(told) {
      const done = heard()
      child.send(told)
      await done
    },
    async taken() {
      const answer = heard<{ taken: number }>()
      child.send('count')
      return (await answer).taken
    },
    ledger: () =>
      readFileSync(ledger, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map(line => {
          const [ref = '', to = '', ...text] = line.split(' ')
          return { ref, to, text: JSON.parse(text.join(' ')) as string }
        }),
    async stop() {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
