import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BackupRun } from '../runs.ts'
import { alarmsOf, judge, type Seen } from './judge.ts'

const now = new Date('2026-03-10T12:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const run = (hours: number, good: boolean): BackupRun => ({
  id: 'x',
  kind: 'physical',
  beganAt: ago(hours),
  endedAt: ago(hours),
  good,
  rows: 0,
  files: 0,
  bytes: 0,
  schema: '',
  trouble: good ? undefined : 'the disk is full',
})
const fine: Seen = {
  waiting: { count: 0, since: undefined },
  backup: { last: run(10, true), good: run(10, true) },
  stream: { keptUntil: ago(0.01), trouble: undefined },
  drill: { last: run(8, true), good: run(8, true) },
}

describe('the state of the system', () => {
  test('is good when the night went well and nothing waits', () => {
    expect(judge(fine, now)).toEqual({
      messages: 'good',
      backup: 'good',
      stream: 'good',
      drill: 'good',
      all: 'good',
    })
    expect(alarmsOf(fine)).toEqual([])
  })

  test.each([
    [{ backup: { last: undefined, good: undefined } }, 'backup', 'late'],
    [{ backup: { last: run(1, false), good: run(25, true) } }, 'backup', 'late'],
    [{ backup: { last: run(1, false), good: run(51, true) } }, 'backup', 'wrong'],
    [{ drill: { last: run(1, false), good: run(24, true) } }, 'drill', 'late'],
    [{ drill: { last: undefined, good: undefined } }, 'drill', 'late'],
    [{ stream: { keptUntil: ago(0.01), trouble: 'away' } }, 'stream', 'late'],
    [{ stream: { keptUntil: ago(2), trouble: undefined } }, 'stream', 'wrong'],
    [{ waiting: { count: 3, since: ago(0.1) } }, 'messages', 'good'],
    [{ waiting: { count: 3, since: ago(1) } }, 'messages', 'late'],
    [{ stream: undefined }, 'stream', undefined],
  ] as [Partial<Seen>, keyof ReturnType<typeof judge>, string | undefined][])(
    'with %j is %s %s',
    (change, part, standing) => {
      expect(judge({ ...fine, ...change }, now)[part]).toBe(standing)
    },
  )

  test('is never better than its worst part, nor better an hour later', () => {
    const moment = fc.option(fc.double({ min: 0, max: 300, noNaN: true }), { nil: undefined })
    fc.assert(
      fc.property(moment, moment, moment, (backup, drill, stream) => {
        const seen: Seen = {
          ...fine,
          backup: { last: undefined, good: backup === undefined ? undefined : run(backup, true) },
          drill: { last: undefined, good: drill === undefined ? undefined : run(drill, true) },
          stream: stream === undefined ? undefined : { keptUntil: ago(stream), trouble: undefined },
        }
        const order = ['good', 'late', 'wrong', undefined]
        const judged = judge(seen, now)
        const later = judge(seen, new Date(now.getTime() + 3_600_000))
        const parts = [judged.messages, judged.backup, judged.stream, judged.drill].filter(Boolean)
        expect(order.indexOf(judged.all)).toBe(Math.max(...parts.map(each => order.indexOf(each))))
        for (const part of ['backup', 'drill', 'all'] as const)
          expect(order.indexOf(later[part])).toBeGreaterThanOrEqual(order.indexOf(judged[part]))
      }),
    )
  })

  test('alarms the administrator of what failed last, and of a second copy that does not follow', () => {
    expect(
      alarmsOf({
        backup: { last: run(1, false), good: undefined },
        stream: { keptUntil: now, trouble: 'away' },
        drill: { last: run(1, false), good: undefined },
      }),
    ).toEqual(['backup', 'stream', 'drill'])
  })
})
