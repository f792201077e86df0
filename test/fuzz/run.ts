import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bar } from '../faults/bar.ts'
import { chanceOf } from '../faults/chance.ts'
import { buildServer } from './child.ts'
import { Coverage } from './coverage.ts'
import { readDocument } from './document.ts'
import { harvest } from './harvest.ts'
import { type Base, type Input, namesOf } from './input.ts'
import { clearWorld, type OpenTown, type Outcome, openTown, type Setting } from './town.ts'
import { layWorld, type Postgres } from './world.ts'

export type Options = {
  at: Postgres
  inputs: number
  seed: number
  /** Only routes whose method and pattern this finds. */
  route?: RegExp
  /** No new input after so long. */
  minutes?: number
  /** How many pages are read to find forms; all unless said. */
  pages?: number
  batch?: number
  say: (line: string) => void
  /** Is told now and then how many were sent. */
  reached?: Bar['reached']
}

/** Something that is not as it should be: what was sent, or what was seen after a batch. */
export type Finding = { faults: string[]; input?: Input; at: string }

export type Run = {
  sent: number
  seconds: number
  statuses: Record<number, number>
  findings: Finding[]
  coverage: Coverage
  slowestMs: number
  bases: number
}

const lines = 6

/** A town laid out for the fuzzer, with everything that can be sent in it; `clear` when done. */
export async function prepare({ at, pages, say }: Pick<Options, 'at' | 'pages' | 'say'>) {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-fuzz-'))
  const program = await buildServer()
  const { world, routes } = await layWorld(at, `fuzz_${process.pid}_${Date.now()}`, folder)
  const setting: Setting = { at, world, program, routes, names: namesOf(world) }
  say(`a town is laid out; ${routes.length} routes`)
  const town = await openTown(setting)
  try {
    const get = async (line: number, who: string, path: string) => {
      const [bare = '', query] = path.split('?')
      const of: Input = {
        who,
        method: 'get',
        route: '',
        path: bare,
        query: [...new URLSearchParams(query)],
        edits: [],
      }
      return (await town.send(line, of)).came
    }
    const document = await get(0, 'anybody', '/api/v1/openapi.json')
    setting.api = readDocument(document?.body.toString('utf8') ?? '{}', world)
    const found = await harvest(routes, world, setting.names, get, pages)
    const bases = [...found, ...[...setting.api.bases, ...world.outside].map(setting.names.named)]
    const known = new Set([...(await town.child.settle()), ...(await town.child.verify())].map(plain))
    say(`${bases.length} things that can be sent`)
    return { setting, bases, known, clear: () => clear(at, setting) }
  } finally {
    await town.close()
  }
}

async function clear(at: Postgres, { world, program }: Setting): Promise<void> {
  await clearWorld(at, world)
  for (const file of [program, `${program}.map`]) rmSync(file, { force: true })
}

export type Prepared = Awaited<ReturnType<typeof prepare>>

/** Sends hostile inputs until there are enough, each batch in a town of its own, and looks at what they left. */
export async function fuzz(options: Options, { setting, bases, known }: Prepared): Promise<Run> {
  const { inputs, seed, route, minutes, batch = 4_000, say, reached } = options
  const wanted = bases.filter(each => !route || route.test(`${each.method} ${each.route}`))
  const chance = chanceOf(seed)
  const coverage = new Coverage(setting.routes, wanted, Object.keys(setting.world.ids).sort())
  const began = performance.now()
  const run: Run = {
    sent: 0,
    seconds: 0,
    statuses: {},
    findings: [],
    coverage,
    slowestMs: 0,
    bases: wanted.length,
  }
  let said = 0
  const over = () =>
    run.sent >= inputs || (minutes !== undefined && performance.now() - began > minutes * 60_000)
  while (!over() && wanted.length > 0) {
    const until = Math.min(inputs, run.sent + batch)
    const town = await openTown(setting)
    try {
      await sendUntil(town, () => run.sent >= until || over())
      for (const at of await lookAfter(town, bases, known)) run.findings.push(at)
    } finally {
      await town.close()
    }
    run.seconds = (performance.now() - began) / 1000
    const kinds = [...kindsOf(run.findings)]
    say(
      `${run.sent} sent in ${Math.round(run.seconds)} s, ${kinds.length} kinds of failure, ${coverage.told()}`,
    )
    for (const [kind, finding] of kinds.slice(said)) {
      say(`  new: ${kind}`)
      say(`    ${JSON.stringify({ ...finding, faults: finding.faults.map(each => each.slice(-2_000)) })}`)
    }
    said = kinds.length
  }
  return run

  async function sendUntil(town: OpenTown, done: () => boolean): Promise<void> {
    let heard = 0
    const line = async (number: number) => {
      while (!done() && !town.child.fell()) {
        run.sent += 1
        if (run.sent % 20 === 0) reached?.(run.sent, `${run.findings.length} failed`)
        const { input, entry } = coverage.next(chance)
        const outcome = await town.send(number, input)
        if (!outcome.loggedOut) coverage.touched(entry)
        const errors = town.child.errors.slice(heard)
        heard = town.child.errors.length
        const isOurs = (outcome.came?.status ?? 0) >= 500
        note(isOurs ? { ...outcome, faults: [...outcome.faults, ...errors] } : outcome)
        if (errors.length > 0 && !isOurs) run.findings.push({ at: 'log', faults: [errors.join('\n')], input })
      }
    }
    await Promise.all(Array.from({ length: lines }, (_, at) => line(at)))
    if (town.child.fell())
      run.findings.push({
        at: 'server',
        faults: [`the server ended: ${town.child.errors.slice(-5).join('\n')}`],
      })
  }

  function note({ input, came, faults }: Outcome): void {
    const status = came?.status ?? 0
    run.statuses[status] = (run.statuses[status] ?? 0) + 1
    run.slowestMs = Math.max(run.slowestMs, came?.took ?? 0)
    if (faults.length > 0) run.findings.push({ at: `${input.method} ${input.route}`, faults, input })
  }
}

/** The background works on what was sent, the auditor compares, and every page is read again. */
async function lookAfter(
  town: OpenTown,
  bases: readonly Base[],
  known: ReadonlySet<string>,
): Promise<Finding[]> {
  if (town.child.fell()) return []
  const findings: Finding[] = []
  const before = town.child.errors.length
  const told = { background: await town.child.settle(), verify: await town.child.verify() }
  for (const [at, all] of Object.entries(told))
    for (const each of all) if (!known.has(plain(each))) findings.push({ at, faults: [each] })
  const pages = bases.filter(({ method }) => method === 'get')
  let next = 0
  const line = async (number: number) => {
    for (;;) {
      const base = pages[next++]
      if (!base) return
      const { faults } = await town.send(number, { ...base, edits: [] })
      if (faults.length > 0)
        findings.push({
          at: `after: ${base.method} ${base.route} as ${base.who}`,
          faults: [...faults, base.path],
        })
    }
  }
  await Promise.all(Array.from({ length: lines }, (_, at) => line(at)))
  // What the background says in the log was heard from itself.
  const errors = town.child.errors.slice(before).filter(line => !line.includes('"part":"jobs"'))
  if (errors.length > 0) findings.push({ at: 'after', faults: [`log: ${errors.slice(0, 5).join('\n')}`] })
  return findings
}

/** The same but for numbers and ids. */
const plain = (text: string): string =>
  text.replace(/[0-9a-f]{6,}|\d+|"time":"[^"]*"|"reference":"[^"]*"/g, '#')

/** The first finding of each kind: of one place, the same but for numbers and ids. */
export function kindsOf(findings: readonly Finding[]): Map<string, Finding> {
  const kinds = new Map<string, Finding>()
  for (const finding of findings) {
    const key = `${finding.at} ${plain(finding.faults[0] ?? '').slice(0, finding.at === 'log' ? 160 : 90)}`
    if (!kinds.has(key)) kinds.set(key, finding)
  }
  return kinds
}
