import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../../test/database.ts'
import { addresses, fillAddress } from '../../../lib/addresses.ts'
import { newId } from '../../../lib/ids.ts'
import { inboxTopic, openStreams, requestTopic } from './live.ts'
import {
  act,
  anOfficeTown,
  aSubmitted,
  logInAll,
  type OfficeTown,
  post,
  type StaffName,
  visit,
} from './testing/office.ts'

const db = await testDatabase()
let town: OfficeTown
const open: Stream[] = []

beforeAll(async () => {
  town = await anOfficeTown(db)
})
afterEach(async () => {
  for (const stream of open.splice(0)) await stream.close()
  vi.useRealTimers()
})

type Stream = { next(): Promise<string>; close(): Promise<void> }

/** A page's ear: what it hears, piece by piece. */
async function listenAs(by: StaffName): Promise<Stream> {
  const answer = await visit(town, by, fillAddress(addresses.live, {}))
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const stream: Stream = {
    async next() {
      const { value, done } = await reader.read()
      return done ? 'end' : new TextDecoder().decode(value)
    },
    close: () => reader.cancel(),
  }
  open.push(stream)
  expect(await stream.next()).toContain('retry')
  return stream
}

/** News of an act on some request, committed. */
const announce = (requestId: string, offices: string[]) =>
  db.database.write(town.bench.town.id, tx =>
    town.bench.house.events.publish(tx, 'requests.acted', {
      requestId,
      offices,
      act: 'approve',
      state: 'in-process',
    }),
  )

const streams = () => openStreams(town.bench.house, town.bench.town.id)

describe('live news', () => {
  test('reach the offices a committed act concerns, and nobody else', async () => {
    const id = await aSubmitted(town)
    const planner = await listenAs('planner')
    const manager = await listenAs('manager')
    const lawyer = await listenAs('lawyer')
    await act(town, id, 'clerk', 'approve')
    for (const stream of [planner, manager]) {
      const heard = (await stream.next()) + (await stream.next())
      expect(heard).toContain(JSON.stringify({ topic: inboxTopic }))
      expect(heard).toContain(JSON.stringify({ topic: requestTopic(id) }))
    }
    // News come in the order of their commits: the first the lawyer hears is of what came after.
    const later = newId(town.bench.house.clock.now())
    await announce(later, ['legal'])
    const first = (await lawyer.next()) + (await lawyer.next())
    expect(first).toContain(JSON.stringify({ topic: requestTopic(later) }))
    expect(first).not.toContain(id)
  })

  test('of an act that was undone are not told', async () => {
    const id = await aSubmitted(town)
    const planner = await listenAs('planner')
    const undone = db.database.write(town.bench.town.id, async tx => {
      await town.bench.house.events.publish(tx, 'requests.acted', {
        requestId: id,
        act: 'approve',
        state: 'in-process',
        offices: ['planning'],
      })
      throw new Error('no')
    })
    await expect(undone).rejects.toThrow('no')
    const later = newId(town.bench.house.clock.now())
    await announce(later, ['planning'])
    const first = (await planner.next()) + (await planner.next())
    expect(first).toContain(JSON.stringify({ topic: requestTopic(later) }))
    expect(first).not.toContain(id)
  })

  test('end when the reader leaves, and with the log-in', async () => {
    const before = streams()
    const gone = await listenAs('planner')
    expect(streams()).toBe(before + 1)
    await gone.close()
    expect(streams()).toBe(before)

    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const clerk = await listenAs('clerk')
    vi.advanceTimersByTime(20_000)
    expect(await clerk.next()).toContain('still here')
    await post(town, 'clerk', fillAddress(addresses.logOut, {}), {})
    vi.advanceTimersByTime(20_000)
    expect(await clerk.next()).toBe('end')
    expect(streams()).toBe(before)
    await logInAll(town)
  })

  test('are for the staff alone', async () => {
    const answer = await town.door.fetch(new Request(`http://localhost${fillAddress(addresses.live, {})}`))
    expect(answer.status).toBe(303)
  })
})
