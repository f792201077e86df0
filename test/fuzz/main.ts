import { note, tell } from '../bench/report.ts'
import { startBar } from '../faults/bar.ts'
import { temporaryPostgres } from '../vitest/postgres.ts'
import { wanted } from './coverage.ts'
import { keep, shrink } from './kept.ts'
import { type Finding, fuzz, kindsOf, type Prepared, prepare, type Run } from './run.ts'

/**
 * `npm run fuzz -- [--inputs N] [--seed N] [--route PATTERN] [--minutes M] [--pages N] [--quick]`: hostile inputs to every route and every
 * field, over HTTP. What fails is made small and kept in `test/fuzz/kept`, where a test sends it again. Ends with 1 where anything failed.
 */
const words = process.argv.slice(2)
const of = (name: string): string | undefined => {
  const at = words.indexOf(`--${name}`)
  return at < 0 ? undefined : words[at + 1]
}
const quick = words.includes('--quick')
const numberOf = (name: string, usual: number | undefined) =>
  of(name) === undefined ? usual : Number(of(name))
const seed = numberOf('seed', Date.now() % 1_000_000) ?? 0
const [inputs, pages] = [
  numberOf('inputs', quick ? 2_000 : 100_000) ?? 0,
  numberOf('pages', quick ? 300 : undefined),
]
const [minutes, route] = [numberOf('minutes', undefined), of('route')]

const postgres = await temporaryPostgres()
try {
  note(`seed ${seed}`)
  const prepared = await prepare({ at: postgres, say: note, ...(pages !== undefined && { pages }) })
  try {
    const bar = startBar(inputs)
    const run = await fuzz(
      {
        at: postgres,
        inputs,
        seed,
        say: note,
        reached: bar.reached,
        ...(route !== undefined && { route: new RegExp(route) }),
        ...(minutes !== undefined && { minutes }),
      },
      prepared,
    ).finally(() => bar.stop())
    const kinds = kindsOf(run.findings)
    for (const [kind, finding] of kinds) note(await tellOf(kind, finding, prepared))
    tellRun(run, kinds.size)
    process.exitCode = kinds.size > 0 ? 1 : 0
  } finally {
    await prepared.clear()
  }
} finally {
  await postgres.stop()
}

async function tellOf(kind: string, { faults, input }: Finding, { setting }: Prepared): Promise<string> {
  const small = input && (await shrink(setting, input))
  const where = small
    ? `kept as ${keep(small)}`
    : input
      ? `not met again alone: ${JSON.stringify(input)}`
      : faults.join('; ')
  return `FAILURE ${kind}: ${where.slice(0, 2_000)}`
}

function tellRun({ sent, seconds, coverage, statuses, slowestMs, bases }: Run, failures: number): void {
  const { places, routes } = coverage.below(wanted)
  const details = {
    seed,
    inputs: sent,
    seconds: Math.round(seconds),
    forms: bases,
    statuses,
    slowestMs: Math.round(slowestMs),
    routes: coverage.routes,
    places: coverage.places,
    placesBelow: places.length,
    routesWithout: routes,
  }
  tell({
    name: 'hostile inputs that failed',
    value: failures,
    unit: 'kinds',
    ratio: failures === 0 ? 1 : 1 + failures,
    baseline: `${sent} inputs`,
    goal: { ratio: 1 },
    details,
  })
  tell({
    name: 'hostile inputs a second',
    value: sent / Math.max(1, seconds),
    unit: 'inputs/s',
    ratio: sent / Math.max(1, seconds) / (100_000 / 1200),
    baseline: '100,000 in twenty minutes',
    goal: { ratio: 1, least: true },
  })
  tell({
    name: `places broken ${wanted} times or more`,
    value: coverage.places - places.length,
    unit: 'places',
    ratio: (coverage.places - places.length) / Math.max(1, coverage.places),
    baseline: `${coverage.places} places`,
    goal: { ratio: 1, least: true },
  })
  if (places.length > 0) note(`less often: ${places.slice(0, 60).join('; ')}`)
}
