import { expect, test } from 'vitest'
import type { Write } from './database/transaction.ts'
import { createEvents } from './events.ts'

declare module './events.ts' {
  interface EventPayloads {
    'test.happened': { n: number }
  }
}

const tx = { asHouse: () => tx } as unknown as Write

test('handlers run in order, each after the one before, within the publisher’s transaction', async () => {
  const events = createEvents()
  const seen: string[] = []
  events.on('test.happened', async (within, { n }) => {
    await new Promise(resolve => setImmediate(resolve))
    seen.push(`first ${n} ${within === tx}`)
  })
  events.on('test.happened', (_tx, { n }) => void seen.push(`second ${n}`))
  await events.publish(tx, 'test.happened', { n: 7 })
  expect(seen).toEqual(['first 7 true', 'second 7'])
})

test('the failure of a handler is the publisher’s', async () => {
  const events = createEvents()
  events.on('test.happened', () => {
    throw new Error('refused')
  })
  await expect(events.publish(tx, 'test.happened', { n: 1 })).rejects.toThrow('refused')
})

test('an event nobody listens to is no error', async () => {
  await expect(createEvents().publish(tx, 'test.happened', { n: 1 })).resolves.toBeUndefined()
})
