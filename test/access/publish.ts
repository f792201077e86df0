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
import type { Kept } from './proof.ts'
import { sheetOf } from './sheet.ts'

/**
 * Runs the proof and publishes what it found: `docs/proof/access.json`, which the page /open/access-proof shows, and `access.md`.
 * `node start.mjs run test/access/publish.ts`
 */
const folder = mkdtempSync(join(tmpdir(), 'shubbak-proof-'))
const vitest = join(projectRoot, 'node_modules/vitest/vitest.mjs')
const run = spawnSync(process.execPath, [vitest, 'run', 'test/access', '--exclude', '**/published.test.ts'], {
  cwd: projectRoot,
  env: { ...process.env, ACCESS_PROOF: folder },
  stdio: 'inherit',
})
const parts = readdirSync(folder).filter(name => name !== 'holes.json')
const kept = parts.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Kept)
const holes = JSON.parse(readFileSync(join(folder, 'holes.json'), 'utf8')) as AccessProof['holes']
rmSync(folder, { recursive: true, force: true })

/** From nobody to whoever has most to do with people's data. */
const order = [
  ...[
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
  ],
  ...['legal-adviser', 'manager', 'mayor', 'deputy', 'auditor', 'designer', 'admin'],
]

function publish(): void {
  const cells = new Map<string, AccessProof['roles'][number]>()
  for (const [key, { asked, shown }] of kept.flatMap(each => each.cells)) {
    const [role, relation] = key.split('|') as [string, Relation]
    const row = cells.get(role) ?? { role, cells: {} }
    const cell = row.cells[relation] ?? { asked: 0, shown: 0 }
    row.cells[relation] = { asked: cell.asked + asked, shown: cell.shown + shown }
    cells.set(role, row)
  }
  const sum = (of: (each: Kept) => number) => kept.reduce((all, each) => all + of(each), 0)
  const reasons = (list: Record<string, { because: AccessProof['exceptions'][number]['because'] }>) =>
    Object.entries(list).map(([route, { because }]) => ({ route, because }))
  const proof: AccessProof = {
    date: new Date().toISOString().slice(0, 10),
    ...{
      asked: sum(each => each.asked),
      checks: sum(each => each.checks),
      compared: sum(each => each.compared),
    },
    visitors: sum(each => each.visitors),
    leaks: kept.flatMap(each => each.leaks),
    routes: [...new Set(kept.flatMap(each => each.table))].sort(),
    roles: order.flatMap(role => cells.get(role) ?? []),
    holes,
    exceptions: [opened, panes, carried, toPartners, toAgents, openActs, ofWholeTown].flatMap(reasons),
    unfilled: reasons(unfilled),
  }
  mkdirSync(join(projectRoot, 'docs/proof'), { recursive: true })
  writeFileSync(join(projectRoot, 'docs/proof/access.json'), `${JSON.stringify(proof, null, 1)}\n`)
  writeFileSync(join(projectRoot, 'docs/proof/access.md'), sheetOf(proof))
}

if (run.status !== 0) process.exitCode = 1
else publish()
