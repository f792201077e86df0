import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode, PlainError } from '../../plain-error.ts'
import { processBirth, waitUntil } from './processes.ts'

const file = (dataDir: string) => join(dataDir, 'running')

/** The process that holds this data folder now, if one lives. */
export function findHolder(dataDir: string): number | undefined {
  try {
    const [pid, birth] = readFileSync(file(dataDir), 'utf8').trim().split(' ')
    return birth && processBirth(Number(pid)) === birth ? Number(pid) : undefined
  } catch {
    return undefined
  }
}

const patienceMs = 3000

/** Takes the data folder for this process; a second program on the same folder is told so. Returns the release. */
export async function holdFolder(dataDir: string): Promise<() => void> {
  const mine = `${process.pid} ${processBirth(process.pid)}`
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file(dataDir), mine, { flag: 'wx', mode: 0o600 })
      return () => {
        if (findHolder(dataDir) === process.pid) rmSync(file(dataDir), { force: true })
      }
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error
      const holder = findHolder(dataDir)
      if (holder === process.pid) throw new PlainError(`${dataDir} is held by this process already`)
      // One that was told to stop a moment ago is given the time to.
      if (holder && !(await waitUntil(() => findHolder(dataDir) !== holder, patienceMs, 50)))
        throw new PlainError(`Shubbak already runs on ${dataDir} (process ${holder})`)
      if (!findHolder(dataDir)) rmSync(file(dataDir), { force: true })
    }
  }
  throw new PlainError(`${file(dataDir)} could not be taken`)
}
