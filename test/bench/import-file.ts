import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { guessColumns, guessKeys } from '../../src/offices/imports/reading/guess.ts'
import { lookAt } from '../../src/offices/imports/receive.ts'
import { addSource, confirmReading, getSource } from '../../src/offices/imports/sources.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { messyFile } from '../builders/messy-file.ts'
import { builder } from '../builders/people.ts'
import type { Ground } from './ground.ts'
import { note, tell } from './report.ts'

const rows = 20_000
const goalSeconds = 30
const goalMb = 300

/** A messy file of 20,000 subscriptions through the operator's command: checked, applied, applied again, and changed in one row of a hundred. */
export async function benchImportFile(ground: Ground): Promise<void> {
  const file = messyFile({ rows })
  const path = join(ground.folder, 'messy.csv')
  writeFileSync(path, file.bytes)
  await prepare(ground, file.bytes)
  const { bytes: _, ...mess } = file
  note(`the file: ${JSON.stringify(mess)}, ${(file.bytes.length / 2 ** 20).toFixed(1)} MB of Windows-1256`)
  told('check', await importFile(ground, path, []))
  told('apply', await importFile(ground, path, ['--apply']))
  told('again', await importFile(ground, path, ['--apply']))
  const changed = messyFile({ rows, changedEvery: 100 })
  writeFileSync(path, changed.bytes)
  note(`changed: ${changed.changed} rows`)
  told('changed', await importFile(ground, path, ['--apply']))
}

/** A source whose columns somebody has confirmed. */
const prepare = (ground: Ground, bytes: Buffer) =>
  ground.inHouse(async house => {
    const town = ground.town.id
    const stored = await house.files.put(town, bytes)
    const { headings, form } = await lookAt(house, town, stored.sha256)
    if (form.form !== 'csv') throw new Error('the messy file is no CSV')
    const columns = guessColumns(headings)
    await house.database.write(town, async tx => {
      const id = await addSource(tx, { code: 'messy', name: 'فوترة', kind: 'file' }, builder)
      const { reading } = await getSource(tx, { id })
      const { encoding, delimiter } = form
      const keys = guessKeys(Object.values(columns))
      await confirmReading(tx, id, { ...reading, encoding, delimiter, columns, keys }, builder)
    })
  })

/** `cpu` is what the process itself worked, in seconds: on a busy machine the rest is waiting. */
type Measured = { seconds: number; cpu: number; mb: number; said: string }

/** Runs the command as a process of its own; its peak of memory is what the kernel saw. */
function importFile(ground: Ground, path: string, words: readonly string[]): Promise<Measured> {
  const began = performance.now()
  const program = join(projectRoot, 'dist', 'main.js')
  const child = spawn(process.execPath, [program, 'import-file', 'messy', path, ...words], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', LOG_LEVEL: 'warn', ...ground.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let mb = 0
  let cpu = 0
  child.stdout.on('data', chunk => {
    said += chunk
  })
  child.stderr.on('data', chunk => {
    said += chunk
  })
  const look = setInterval(() => {
    mb = Math.max(mb, peakMb(child.pid ?? 0))
    cpu = Math.max(cpu, cpuSeconds(child.pid ?? 0))
  }, 20)
  return new Promise((resolve, reject) =>
    child.once('exit', code => {
      clearInterval(look)
      const seconds = (performance.now() - began) / 1000
      if (code === 0) resolve({ seconds, cpu, mb, said })
      else reject(new Error(`import-file ended with ${code}: ${said}`))
    }),
  )
}

function peakMb(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

function told(what: string, { seconds, cpu, mb, said }: Measured): void {
  tell({
    name: `import-file ${what}`,
    value: seconds,
    unit: 's',
    ratio: seconds / goalSeconds,
    baseline: `the goal of ${goalSeconds} s for ${rows} rows`,
    goal: { ratio: 1 },
    details: { cpuSeconds: cpu, said },
  })
  tell({
    name: `import-file ${what} memory`,
    value: mb,
    unit: 'MB',
    ratio: mb / goalMb,
    baseline: `the goal of ${goalMb} MB`,
    goal: { ratio: 1 },
    details: { without: 'PostgreSQL' },
  })
  note(`${cpu} s of it work of the process itself`)
  for (const line of said.trim().split('\n')) note(line.trim())
}
