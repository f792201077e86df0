// `npm test` and `npm run check`: types, lint, dead code and vitest, counted in one last line.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

function run(root, words, show) {
  return new Promise(done => {
    const child = spawn(process.execPath, words, {
      cwd: root,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'test' },
    })
    let output = ''
    child.stdout?.on('data', chunk => (output += chunk))
    child.stderr?.on('data', chunk => (output += chunk))
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => child.kill(signal))
    child.once('exit', code => done({ passed: code === 0, output }))
  })
}

const module = (root, path) => join(root, 'node_modules', path)

/** Programs that read the whole tree and answer yes or no. */
function readers(root) {
  return [
    ['types', [module(root, 'typescript/bin/tsc'), '--pretty', 'false']],
    [
      'lint',
      [module(root, '@biomejs/biome/bin/biome'), 'ci', '--error-on-warnings', '--max-diagnostics=50', '.'],
    ],
    ['dead code', [module(root, 'knip/bin/knip.js'), '--no-progress']],
  ]
}

/** What cannot be tested on this machine is named; under CI it is a failure (.ci/run installs it). */
function missing() {
  const wanted = [
    [
      '/usr/lib/postgresql/15/bin/postgres',
      "the oldest PostgreSQL we promise: install Debian's postgresql-15",
    ],
    ['/usr/sbin/bearerbox', "messages through a real Kannel: install Debian's kannel"],
  ]
  return wanted.flatMap(([program, words]) => (existsSync(program) ? [] : [words]))
}

/** Runs vitest; `filter` are its words. Returns how many tests passed and failed. */
async function vitest(root, filter) {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-result-'))
  const report = join(folder, 'result.json')
  const words = [module(root, 'vitest/vitest.mjs'), 'run', ...filter, '--reporter=default', '--reporter=json']
  const { passed } = await run(root, [...words, `--outputFile.json=${report}`], true)
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  const good = result?.numPassedTests ?? 0
  // A file that cannot be loaded, or trouble outside any test, fails too although no test of it was counted.
  const broken = (result?.testResults ?? []).filter(
    file => file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'),
  ).length
  const bad = (result?.numFailedTests ?? 0) + broken
  return { good, bad: passed ? bad : Math.max(bad, 1) }
}

/** All checks (`all`) or the quick ones; a name narrows it down to the tests of that name. Returns the exit code. */
export async function runChecks({ root, names, all, say }) {
  let good = 0
  let bad = 0
  if (names.length === 0) {
    say('Checking types, lint and dead code')
    const wanted = readers(root).filter(([name]) => all || name !== 'dead code')
    for (const [name, words] of wanted) {
      const { passed, output } = await run(root, words, false)
      say(`  ${passed ? '✓' : '✗'} ${name}`)
      if (!passed) say(output)
      if (passed) good++
      else bad++
    }
  }
  for (const line of all ? missing() : []) {
    say(`${process.env.CI === 'true' ? '✗' : 'Left out'} ${line}`)
    if (process.env.CI === 'true') bad++
  }
  say('Running the tests')
  const quick = ['--project', 'quick']
  const result = await vitest(root, all ? names : [...quick, ...names])
  good += result.good
  bad += result.bad
  process.stdout.write(`${good} passed, ${bad} failed\n`)
  return bad === 0 ? 0 : 1
}
