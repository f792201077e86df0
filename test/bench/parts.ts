import { benchAccess } from './access.ts'
import { benchBackup } from './backup.ts'
import { benchBulletins } from './bulletins.ts'
import { benchCatalogue } from './catalogue.ts'
import { benchFiling } from './filing.ts'
import { benchFirstPage } from './first-page.ts'
import { type Ground, layGround } from './ground.ts'
import { benchImportFile } from './import-file.ts'
import { benchIncoming } from './incoming.ts'
import { benchLighthouse } from './lighthouse.ts'
import { benchMemory } from './memory.ts'
import { benchMessages } from './messages.ts'
import { benchPages } from './pages.ts'
import { benchSeal } from './seal.ts'
import { benchStarts } from './starts.ts'
import { benchTiming } from './timing.ts'

export type Mode = 'quick' | 'whole' | 'large'

/** A program of the machine, and the Debian package that brings it. */
export type Need = { program: string; debian: string }

/** One part of the bench: it runs in a process of its own and tells its figures with `tell` of report.ts. */
export type Part = {
  name: string
  needs: Need[]
  /** What it takes on two calm cores; a mode that does not stand here leaves it out. A part is cut off at four times as much and three minutes. */
  minutes: Partial<Record<Mode, number>>
  /** `option('--towns')` is a number from the command line, where one was given. */
  run(mode: Mode, option: (name: string) => number | undefined): Promise<void>
}

const pgbench = { program: 'pgbench', debian: 'postgresql-15' }

/** In the order in which they run; a new part is a line here. */
export const parts: Part[] = [
  part('catalogue', { quick: 0.1, whole: 0.1, large: 0.1 }, () => benchCatalogue()),
  part('filing', { quick: 1, whole: 4, large: 4 }, mode => benchFiling(mode === 'quick'), [pgbench]),
  onGround('starts', { quick: 0.5, whole: 1, large: 1 }, (ground, quick) => benchStarts(ground, quick)),
  onGround('memory', { quick: 0.7, whole: 2, large: 2 }, (ground, quick) => benchMemory(ground, quick)),
  onGround('first-page', { whole: 0.3, large: 0.3 }, ground => benchFirstPage(ground)),
  onGround('lighthouse', { quick: 1, whole: 2, large: 2 }, (ground, quick) => benchLighthouse(ground, quick)),
  onGround('pages', { quick: 0.8, whole: 1.5, large: 1.5 }, (ground, quick) => benchPages(ground, quick)),
  part('messages', { whole: 2, large: 2 }, mode => benchMessages(mode === 'quick')),
  part('incoming', { whole: 1.5, large: 1.5 }, mode => benchIncoming(mode === 'quick')),
  part('seal', { whole: 3, large: 3 }, mode => benchSeal(mode === 'quick')),
  part('backup', { whole: 1, large: 1 }, mode => benchBackup(mode === 'quick')),
  onGround('bulletins', { whole: 2, large: 2 }, (ground, quick) => benchBulletins(ground, quick)),
  onGround('import-file', { whole: 1, large: 1 }, ground => benchImportFile(ground)),
  onGround('timing', { whole: 1.5, large: 1.5 }, (ground, quick) => benchTiming(ground, quick)),
  part('access', { whole: 2, large: 12 }, (mode, option) => {
    const usual = mode === 'large' ? { towns: 100, requests: 10_000 } : { towns: 2, requests: 20_000 }
    const size = {
      towns: option('--towns') ?? usual.towns,
      requests: option('--requests') ?? usual.requests,
    }
    return benchAccess(size, mode === 'quick')
  }),
]

function part(name: string, minutes: Part['minutes'], run: Part['run'], needs: Need[] = []): Part {
  return { name, needs, minutes, run }
}

/** A part in a town of its own. */
function onGround(
  name: string,
  minutes: Part['minutes'],
  run: (ground: Ground, quick: boolean) => Promise<void>,
): Part {
  return part(name, minutes, async mode => {
    const ground = await layGround()
    try {
      await run(ground, mode === 'quick')
    } finally {
      ground.clear()
    }
  })
}
