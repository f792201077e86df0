import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createCluster } from './cluster.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-cluster-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An initdb that does what the script says, after it has written down that it was asked. */
function binariesThat(name: string, script: string): string {
  const binaries = join(folder, name)
  mkdirSync(join(binaries, 'bin'), { recursive: true })
  const asked = `#!/bin/sh\necho asked >> '${binaries}/asked'\n`
  writeFileSync(join(binaries, 'bin', 'initdb'), asked + script, { mode: 0o755 })
  return binaries
}
const timesAsked = (binaries: string) => readFileSync(join(binaries, 'asked'), 'utf8').match(/asked/g)?.length

test('a database is made although the programs that make it are still held open by a copy for a moment', async () => {
  const binaries = binariesThat(
    'busy',
    `if [ "$(wc -l < '${folder}/busy/asked')" -lt 3 ]; then echo 'sh: 1: postgres: Text file busy' >&2; exit 1; fi
echo 18 > "$2/PG_VERSION"
`,
  )
  const data = join(folder, 'made', 'postgres')
  await createCluster(binaries, data, 'secret', undefined, {})
  expect(readFileSync(join(data, 'PG_VERSION'), 'utf8')).toBe('18\n')
  expect(timesAsked(binaries)).toBe(3)
})

test('any other failure is told at once, and leaves nothing half made', async () => {
  const binaries = binariesThat('broken', "echo 'no room' >&2\nexit 1\n")
  const data = join(folder, 'unmade', 'postgres')
  await expect(createCluster(binaries, data, 'secret', undefined, {})).rejects.toThrow(/no room/)
  expect(timesAsked(binaries)).toBe(1)
  expect(existsSync(data) || existsSync(`${data}.draft`)).toBe(false)
})
