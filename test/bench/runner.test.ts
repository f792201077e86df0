import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runPart } from './runner.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-runner-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const part = { name: 'trial', needs: [], minutes: { quick: 1 } }
const figure = {
  name: 'speed',
  value: 5,
  unit: 'things/s',
  ratio: 2,
  baseline: 'one',
  goal: { ratio: 1, least: true },
}
const tell = `require('node:fs').appendFileSync(process.env.BENCH_FIGURES, ${JSON.stringify(JSON.stringify(figure))} + '\\n')`

function aProgram(text: string): string {
  const path = join(folder, `program-${Math.random().toString(36).slice(2)}.cjs`)
  writeFileSync(path, text)
  return path
}

/** Neither gone nor dead and waiting to be collected. */
function works(pid: number): boolean {
  const status = `/proc/${pid}/status`
  return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'))
}

test('a part is told its name, its mode and the words after them, and its figures are judged', async () => {
  const words = join(folder, 'words')
  const program = aProgram(
    `${tell}; require('node:fs').writeFileSync(${JSON.stringify(words)}, process.argv.slice(2).join(' '))`,
  )
  const done = await runPart(part, 'quick', ['--towns', '3'], { program })
  expect(done.part).toMatchObject({ name: 'trial', outcome: 'done' })
  expect(done.figures).toEqual([{ ...figure, part: 'trial', met: true }])
  expect(readFileSync(words, 'utf8')).toBe('part trial quick --towns 3')
})

test('a part that fails says why, and what it had told is kept', async () => {
  const program = aProgram(`${tell}; throw new TypeError('the wall fell')`)
  const done = await runPart(part, 'quick', [], { program })
  expect(done.part).toMatchObject({ outcome: 'failed', why: 'TypeError: the wall fell' })
  expect(done.figures).toHaveLength(1)
})

test('a part that hangs is cut off, with what it had told, and nothing of it goes on working', async () => {
  const pids = join(folder, 'pids')
  // A child in a session of its own, as a database is, that knows its place by the folder it was given.
  const program = aProgram(`${tell};
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'],
      { detached: true, stdio: 'ignore', cwd: process.env.TMPDIR, env: {} })
    require('node:fs').writeFileSync(${JSON.stringify(pids)}, process.pid + ' ' + child.pid)
    setInterval(() => {}, 1000)`)
  const done = await runPart(part, 'quick', [], { program, limitMs: 1500 })
  expect(done.part.outcome).toBe('cut off')
  expect(done.figures).toHaveLength(1)
  const left = readFileSync(pids, 'utf8').split(' ').map(Number)
  expect(left).toHaveLength(2)
  await expect.poll(() => left.filter(works)).toEqual([])
})

test('a part whose program the machine does not have is named with what it lacks', async () => {
  const done = await runPart(
    { ...part, needs: [{ program: 'no-such-program', debian: 'no-such-package-of-debian' }] },
    'quick',
    [],
    { program: aProgram(tell), install: false },
  )
  expect(done.part.outcome).toBe('lacking')
  expect(done.part.why).toContain('no-such-package-of-debian')
})
