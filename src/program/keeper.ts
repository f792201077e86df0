import { type ChildProcess, spawn } from 'node:child_process'
import type { House } from '../platform/house.ts'

export interface Keeper {
  /** Lets it write what it has in hand, then ends it. */
  stop(): Promise<void>
}

const againMs = 1000
const patienceMs = 10_000

/** Runs `shubbak keep` beside this process, again whenever it ends, where BACKUP_DIR is set. */
export function startKeeper(house: House): Keeper | undefined {
  if (house.config.backup.folder === undefined) return undefined
  const [, program = ''] = process.argv
  let stopping = false
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  const run = () => {
    child = spawn(process.execPath, [program, 'keep'], { stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('error', err =>
      house.log.error({ part: 'backup', err }, 'the keeper of backups did not start'),
    )
    child.once('exit', code => {
      if (stopping) return
      house.log.warn({ part: 'backup', code }, 'the keeper of backups ended; starting it again')
      timer = setTimeout(run, againMs)
    })
  }
  run()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      const last = child
      if (!last || last.exitCode !== null || last.signalCode !== null) return
      const gone = new Promise<void>(done => last.once('exit', () => done()))
      last.kill('SIGTERM')
      const hurry = setTimeout(() => last.kill('SIGKILL'), patienceMs)
      await gone
      clearTimeout(hurry)
    },
  }
}
