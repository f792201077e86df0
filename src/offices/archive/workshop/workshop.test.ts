import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

test('a process whose workshop is at rest ends by itself', () => {
  const workshop = pathToFileURL(`${import.meta.dirname}/index.ts`).href
  const program = `const { inspectPdf } = await import('${workshop}')
    await inspectPdf(Buffer.from('%PDF-1.4 torn')).catch(error => console.log(error.name))`
  const words = ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { timeout: 30_000, encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'Unworkable\n', stderr: '' })
})
