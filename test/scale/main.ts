import { PlainError } from '../../src/platform/plain-error.ts'
import { tell } from '../bench/report.ts'
import { settingOf } from '../faults/setting.ts'
import { runLeader } from './leader.ts'
import { needPrograms } from './needs.ts'
import { type Found, runTown } from './town.ts'

/**
 * `node start.mjs run test/scale/main.ts [town] [leader] [--quick]`: a town on several processes with everything Debian brings for it, and what
 * becomes of people's work when parts are replaced, killed or away. Ends with 1 where something acknowledged was lost or doubled or a goal of
 * correctness was missed, with 2 where the machine lacks a program.
 */
const words = process.argv.slice(2)
const names = words.filter(word => !word.startsWith('--'))
const setting = settingOf(words)
const { say, quick } = setting
const runs = {
  town: {
    needs: ['nginx', 'pgbouncer', 'postgres'] as const,
    run: async () => runTown({ program: await setting.program(), quick, say }),
  },
  leader: {
    needs: ['haproxy', 'etcd', 'patroni', 'python3-etcd', 'postgres'] as const,
    run: async () => runLeader({ program: await setting.program(), quick, say }),
  },
}

async function main(): Promise<number> {
  const wanted = Object.entries(runs).filter(([name]) => names.length === 0 || names.includes(name))
  try {
    for (const [, { needs }] of wanted) needPrograms(needs, say)
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  let good = true
  for (const [name, { run }] of wanted) good = report(name, await run()) && good
  return good ? 0 : 1
}

function report(name: string, { lost, doubled, wrong, acknowledged }: Found): boolean {
  for (const each of [...lost, ...doubled, ...wrong].slice(0, 60)) say(each)
  const bad = lost.length + doubled.length
  tell({
    name: `scale ${name}, acknowledged work lost or doubled`,
    value: bad,
    unit: 'acts',
    ratio: bad,
    baseline: 'none of those acknowledged',
    goal: { ratio: 0 },
    details: { acknowledged, lost: lost.length, doubled: doubled.length, wrong },
  })
  return bad + wrong.length === 0
}

try {
  process.exitCode = await main()
} finally {
  await setting.clear()
}
// Connections kept open by fetch hold nothing that is still needed.
process.exit()
