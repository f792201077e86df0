import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setBankWhereChanged } from '../../offices/payments/index.ts'
import type { House } from '../../platform/house.ts'
import { openTownDirectory } from '../../web/town.ts'
import { readBankFile } from './command.ts'

/**
 * Runs the pretended bank beside a demo town, in a process of its own, and writes its address and key into the town's settings as soon as
 * it is open. Without a demo town nothing runs. A bank that dies is begun again; it ends with this process, however this one ends.
 */
export function runDemoBank(house: House, say: (line: string) => void): { stop(): Promise<void> } {
  const [, program = ''] = process.argv
  let child: ChildProcess | undefined
  let stopping = false
  let again: NodeJS.Timeout | undefined

  function begin(): void {
    const env = { ...process.env, SHUBBAK_CHILD: '1', DATA_DIR: house.config.dataDir }
    child = spawn(process.execPath, [program, 'demo-bank'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', line => {
        say(line)
        introduce(house).catch(error =>
          house.log.warn({ part: 'payments', err: error }, 'the bank is not known to the town'),
        )
      })
    child.once('exit', code => {
      // Refused for good: there is nothing to begin again.
      if (!stopping && code !== 1) again = setTimeout(begin, 1000)
    })
  }
  begin()
  return {
    async stop() {
      stopping = true
      clearTimeout(again)
      const running = child
      if (!running || running.exitCode !== null || running.signalCode !== null) return
      const gone = new Promise<void>(done => running.once('exit', () => done()))
      running.kill('SIGTERM')
      const late = setTimeout(() => running.kill('SIGKILL'), 3000)
      await gone
      clearTimeout(late)
    },
  }
}

async function introduce(house: House): Promise<void> {
  const { merchant, key, port } = readBankFile(house.config.dataDir)
  const url = `http://127.0.0.1:${port}`
  for (const town of await openTownDirectory(house.database, () => 0).all()) {
    if (!town.isDemo) continue
    await setBankWhereChanged(
      { house, town },
      {
        name: 'demo-bank',
        pageUrl: url,
        apiUrl: `${url}/api`,
        merchant,
        key,
        minutes: 30,
        late: 'on-account',
      },
    )
  }
}
