import { spawnSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { afterEach, expect, test, vi } from 'vitest'
import { closeWorkshop, inspectPdf, isWorkshopOpen } from './index.ts'

afterEach(async () => {
  vi.useRealTimers()
  await closeWorkshop()
})

test('a process whose workshop is at rest ends by itself', () => {
  const workshop = pathToFileURL(`${import.meta.dirname}/index.ts`).href
  const program = `const { inspectPdf } = await import('${workshop}')
    await inspectPdf(Buffer.from('%PDF-1.4 torn')).catch(error => console.log(error.name))`
  const words = ['--input-type=module', '--disable-warning=ExperimentalWarning', '--eval', program]
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { timeout: 30_000, encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'Unworkable\n', stderr: '' })
})

test('a workshop nobody brought a file for a minute gives its memory back, and opens again for the next', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const tear = () => inspectPdf(Buffer.from('%PDF-1.4 torn')).catch(() => {})
  await Promise.all([tear(), tear()])
  vi.advanceTimersByTime(59_000)
  expect(isWorkshopOpen()).toBe(true)
  await tear()
  vi.advanceTimersByTime(59_000)
  expect(isWorkshopOpen()).toBe(true)
  vi.advanceTimersByTime(1_000)
  expect(isWorkshopOpen()).toBe(false)
  await tear()
  expect(isWorkshopOpen()).toBe(true)
})
