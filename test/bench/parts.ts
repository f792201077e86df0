import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { projectRoot } from '../../src/platform/root.ts'
import type { Ground } from './ground.ts'

export type Mode = 'quick' | 'whole' | 'large'

/** A program of the machine, and the Debian package that brings it. */
export type Need = { program: string; debian: string }

/** One part of the bench: it runs in a process of its own and tells its figures with `tell` of report.ts. */
export type Part = {
  name: string
  needs: Need[]
  /** What it takes on two calm cores; a mode that does not stand here leaves it out. A part is cut off after six times as long and eight minutes. */
  minutes: Partial<Record<Mode, number>>
  /** `option('--towns')` is a number from the command line, where one was given. */
  run(mode: Mode, option: (name: string) => number | undefined): Promise<void>
}

const pgbench = { program: 'pgbench', debian: 'postgresql-15' }

/** In the order in which they run; a new part is a line here. Each is loaded by the process that runs it, so that one cannot break the others. */
export const parts: Part[] = [
  part('catalogue', { quick: 0.1, whole: 0.1, large: 0.1 }, async () =>
    (await import('./catalogue.ts')).benchCatalogue(),
  ),
  part(
    'filing',
    { quick: 0.7, whole: 2.4, large: 5 },
    async mode => (await import('./filing.ts')).benchFiling(mode),
    [pgbench],
  ),
  onGround('starts', { quick: 0.3, whole: 0.5, large: 6 }, async (ground, _, mode) =>
    (await import('./starts.ts')).benchStarts(ground, mode),
  ),
  onGround('memory', { quick: 0.5, whole: 2.2, large: 2.2 }, async (ground, quick) =>
    (await import('./memory.ts')).benchMemory(ground, quick),
  ),
  onGround('first-page', { whole: 0.3, large: 0.3 }, async ground =>
    (await import('./first-page.ts')).benchFirstPage(ground),
  ),
  onGround('lighthouse', { quick: 0.4, whole: 1.5, large: 1.5 }, async (ground, quick) =>
    (await import('./lighthouse.ts')).benchLighthouse(ground, quick),
  ),
  onGround('pages', { quick: 0.5, whole: 1.2, large: 1.2 }, async (ground, quick) =>
    (await import('./pages.ts')).benchPages(ground, quick),
  ),
  part('messages', { whole: 1.5, large: 1.5 }, async mode =>
    (await import('./messages.ts')).benchMessages(mode === 'quick'),
  ),
  part('incoming', { large: 1.5 }, async mode =>
    (await import('./incoming.ts')).benchIncoming(mode === 'quick'),
  ),
  part('seal', { whole: 2, large: 2 }, async mode => (await import('./seal.ts')).benchSeal(mode === 'quick')),
  part('backup', { whole: 1, large: 1 }, async mode =>
    (await import('./backup.ts')).benchBackup(mode === 'quick'),
  ),
  onGround('bulletins', { whole: 2, large: 2 }, async (ground, quick) =>
    (await import('./bulletins.ts')).benchBulletins(ground, quick),
  ),
  onGround('import-file', { whole: 0.8, large: 0.8 }, async ground =>
    (await import('./import-file.ts')).benchImportFile(ground),
  ),
  onGround('timing', { large: 2.5 }, async (ground, quick) =>
    (await import('./timing.ts')).benchTiming(ground, quick),
  ),
  part('shapes', { quick: 1.5, whole: 13, large: 85 }, async (mode, option) =>
    (await import('../load/bench.ts')).benchShapes(mode, option),
  ),
  part('statistics', { whole: 0.5, large: 9 }, async (mode, option) =>
    (await import('./statistics.ts')).benchStatistics(mode, option('--requests')),
  ),
  program('country', { whole: 1, large: 8 }, 'test/bulk/country/main.ts', mode => [
    '--requests',
    mode === 'large' ? '1000000' : '100000',
  ]),
  program('scale', { large: 10 }, 'test/scale/main.ts', mode => (mode === 'quick' ? ['--quick'] : [])),
  program('fuzz', { large: 45 }, 'test/fuzz/main.ts', mode => (mode === 'quick' ? ['--quick'] : [])),
  program('faults', { large: 60 }, 'test/faults/main.ts', mode =>
    mode === 'quick' ? ['all', '--quick'] : ['all'],
  ),
  part('access', { large: 12 }, async (mode, option) => {
    const usual = mode === 'large' ? { towns: 100, requests: 10_000 } : { towns: 2, requests: 20_000 }
    const size = { towns: option('--towns') ?? usual.towns, requests: option('--requests') ?? usual.requests }
    return (await import('./access.ts')).benchAccess(size, mode === 'quick')
  }),
]

function part(name: string, minutes: Part['minutes'], run: Part['run'], needs: Need[] = []): Part {
  return { name, needs, minutes, run }
}

/** A part that is a program of its own, and tells its figures as the others do. */
function program(
  name: string,
  minutes: Part['minutes'],
  file: string,
  words: (mode: Mode) => string[],
): Part {
  return part(name, minutes, async mode => {
    const child = spawn(process.execPath, [join(projectRoot, 'start.mjs'), 'run', file, ...words(mode)], {
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production' },
    })
    const [code, signal] = await once(child, 'exit')
    if (code !== 0) throw new Error(`${file} ended with ${code ?? signal}`)
  })
}

/** A part in a town of its own. */
function onGround(
  name: string,
  minutes: Part['minutes'],
  run: (ground: Ground, quick: boolean, mode: Mode) => Promise<void>,
): Part {
  return part(name, minutes, async mode => {
    const ground = await (await import('./ground.ts')).layGround()
    try {
      await run(ground, mode === 'quick', mode)
    } finally {
      ground.clear()
    }
  })
}
