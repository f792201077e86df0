import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AccessProof, Relation } from '../../src/offices/oversight/proof/file.ts'
import { projectRoot } from '../../src/platform/root.ts'
import {
  carried,
  ofWholeTown,
  openActs,
  opened,
  panes,
  toAgents,
  toPartners,
  unfilled,
} from './exceptions.ts'
import { everyHole } from './hole-list.ts'
import { kinds } from './marks.ts'
import type { Caught, Kept } from './proof.ts'
import { sheetOf } from './sheet.ts'

/**
 * Runs the proof and publishes what it found: `docs/proof/access.json`, which the page /open/access-proof shows, and `access.md`.
 * `node start.mjs run test/access/publish.ts`. Where runs of single files left what they found in a folder (`ACCESS_PROOF`), each with what vitest
 * said of it (`--reporter=json --outputFile=FOLDER/run-NAME.json`), that is published instead.
 */
const kept = process.env.ACCESS_PROOF
const folder = kept ?? mkdtempSync(join(tmpdir(), 'shubbak-proof-'))
const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs')
/** All but the one that holds what was published to the program: that is what comes of this. */
const files = ['people', 'offices', 'elsewhere', 'apart', 'live']
const pathOf = (name: string) => `test/access/${name}.test.ts`
const run = kept
  ? { status: 0 }
  : spawnSync(process.execPath, [vitest, 'run', ...[...files, 'holes'].map(pathOf)], {
      cwd: projectRoot,
      env: { ...process.env, ACCESS_PROOF: folder },
      stdio: 'inherit',
    })
const names = readdirSync(folder)
const left = <T>(of: (name: string) => boolean): T[] =>
  names.filter(of).map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T)
const parts = left<Kept>(name => !/^(holes|run)-/.test(name))
const runs = left<{ success: boolean; testResults: { name: string }[] }>(name => name.startsWith('run-'))
const passed = runs.filter(each => each.success).flatMap(each => each.testResults.map(({ name }) => name))
const holes = left<Caught[]>(name => name.startsWith('holes-')).flat()
if (!kept) rmSync(folder, { recursive: true, force: true })

/** From nobody to whoever has most to do with people's data. */
const order = [
  'anonymous',
  'citizen',
  'mandate',
  'partner',
  'clerk',
  'collector',
  'treasurer',
  'officer',
  'head',
  'supervisor',
  'legal-adviser',
  'manager',
  'mayor',
  'deputy',
  'auditor',
  'designer',
  'admin',
]

function publish(): void {
  const cells = new Map<string, AccessProof['roles'][number]>()
  for (const [key, { asked, shown }] of parts.flatMap(each => each.cells)) {
    const [role, relation] = key.split('|') as [string, Relation]
    const row = cells.get(role) ?? { role, cells: {} }
    const cell = row.cells[relation] ?? { asked: 0, shown: 0 }
    row.cells[relation] = { asked: cell.asked + asked, shown: cell.shown + shown }
    cells.set(role, row)
  }
  const sum = (of: (each: Kept) => number) => parts.reduce((all, each) => all + of(each), 0)
  const reasons = (list: Record<string, { because: AccessProof['exceptions'][number]['because'] }>) =>
    Object.entries(list).map(([route, { because }]) => ({ route, because }))
  const proof: AccessProof = {
    date: new Date().toISOString().slice(0, 10),
    asked: sum(each => each.asked),
    checks: sum(each => each.checks),
    compared: sum(each => each.compared),
    visitors: sum(each => each.visitors),
    leaks: parts.flatMap(each => each.leaks),
    routes: [...new Set(parts.flatMap(each => each.table))].sort(),
    roles: order.flatMap(role => cells.get(role) ?? []),
    holes,
    exceptions: [opened, panes, carried, toPartners, toAgents, openActs, ofWholeTown].flatMap(reasons),
    unfilled: reasons(unfilled),
  }
  mkdirSync(join(projectRoot, 'docs/proof'), { recursive: true })
  writeFileSync(join(projectRoot, 'docs/proof/access.json'), `${JSON.stringify(proof, null, 1)}\n`)
  writeFileSync(join(projectRoot, 'docs/proof/access.md'), sheetOf(proof))
}

const lacking = [
  ...files.filter(name => !names.includes(`${name}.json`)),
  ...(kept
    ? [...files, 'holes'].filter(name => !passed.some(path => path.endsWith(`/${pathOf(name)}`)))
    : []),
  ...everyHole.filter(name => !holes.some(({ hole }) => hole === name)),
  ...Object.keys(kinds)
    .filter(kind => !parts.some(({ met }) => met.includes(kind)))
    .map(kind => `nobody met ${kind}`),
  ...parts.flatMap(({ leaks, fails }) => [...leaks, ...fails]),
]
if (run.status !== 0 || lacking.length > 0) {
  process.stderr.write(`not published: ${lacking.join('\n') || 'a test of the proof failed'}\n`)
  process.exitCode = 1
} else publish()
