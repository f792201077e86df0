import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterCall, foresee, next, type Queue, type Turn } from './next.ts'
import { trips } from './trips.ts'

const start = Date.parse('2026-11-22T06:00:00Z')
const minute = 60_000
const at = (minutes: number) => new Date(start + minutes * minute)

const promises = new Map([
  ['file', 20],
  ['pay', 5],
  ['ask', 90],
])
const all = [...promises.keys()]
const rules = { groundEvery: 3, ceilingMinutes: 45 }

const arrivals = fc
  .array(
    fc.record({
      purpose: fc.constantFrom(...all),
      gap: fc.integer({ min: 0, max: 12 }),
      favoured: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map(list => {
    let clock = 0
    return list.map(({ purpose, gap, favoured }, place): Turn => {
      clock += gap
      return {
        id: String(place).padStart(4, '0'),
        purpose,
        number: place + 1,
        takenAt: at(clock),
        ground: favoured ? 'elderly' : undefined,
      }
    })
  })

type Called = { turn: Turn; jumped: boolean; at: number; before: Turn[] }

/** A day at one window: whoever has come waits, the next is called, serving takes a while. */
function day(turns: readonly Turn[], takes: number, purposes: readonly string[] = all): Called[] {
  const called: Called[] = []
  const left = new Set(turns.filter(turn => purposes.includes(turn.purpose)))
  let clock = 0
  let sinceJump: number | undefined
  while (left.size > 0) {
    const waiting = [...left].filter(turn => turn.takenAt <= at(clock))
    const queue: Queue = { waiting, promises, rules, now: at(clock), sinceJump }
    const found = next(queue, purposes)
    if (!found) {
      clock += 1
      continue
    }
    called.push({ ...found, at: clock, before: waiting })
    sinceJump = afterCall(sinceJump, found.jumped)
    left.delete(found.turn)
    clock += takes
  }
  return called
}

describe('who is next', () => {
  test('everybody is called, each once', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 15 }), (turns, takes) => {
        const called = day(turns, takes).map(({ turn }) => turn.id)
        expect(called.toSorted()).toEqual(turns.map(turn => turn.id).toSorted())
      }),
    )
  })

  test('within a purpose the order of coming holds, but for a recorded ground', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 15 }), (turns, takes) => {
        for (const { turn, jumped, before } of day(turns, takes)) {
          const passed = before.filter(
            each => each.purpose === turn.purpose && each.takenAt < turn.takenAt && each !== turn,
          )
          if (passed.length > 0) {
            expect(jumped).toBe(true)
            expect(turn.ground).toBeDefined()
          }
        }
      }),
    )
  })

  test('grounds go before others in at most one call of three', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 15 }), (turns, takes) => {
        const jumps = day(turns, takes).map(({ jumped }) => jumped)
        for (let from = 0; from + rules.groundEvery <= jumps.length; from++)
          expect(jumps.slice(from, from + rules.groundEvery).filter(Boolean).length).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('nobody waits for ever: beyond the ceiling only those who came before, and one ground in three, are called first', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 15 }), (turns, takes) => {
        const called = day(turns, takes)
        for (const [place, { turn }] of called.entries()) {
          const beyond = called.filter(
            (each, at_) =>
              at_ < place && each.at >= (turn.takenAt.getTime() - start) / minute + rules.ceilingMinutes,
          )
          const earlier = beyond.filter(each => each.turn.takenAt <= turn.takenAt).length
          const jumped = beyond.filter(each => each.jumped).length
          expect(beyond.length).toBeLessThanOrEqual(earlier + jumped)
          expect(jumped).toBeLessThanOrEqual(Math.ceil((beyond.length + 1) / rules.groundEvery))
        }
      }),
    )
  })

  test('a window calls only for what it serves', () => {
    fc.assert(
      fc.property(arrivals, fc.subarray(all, { minLength: 1 }), (turns, purposes) => {
        for (const { turn } of day(turns, 3, purposes)) expect(purposes).toContain(turn.purpose)
      }),
    )
  })

  test('a short promise is weighed heavier: four minutes for paying before ten for filing', () => {
    const turn = (id: string, purpose: string, minutes: number): Turn => ({
      id,
      purpose,
      number: 1,
      takenAt: at(minutes),
      ground: undefined,
    })
    const waiting = [turn('a', 'file', 0), turn('b', 'pay', 6)]
    const queue: Queue = { waiting, promises, rules, now: at(10), sinceJump: undefined }
    expect(next(queue, all)?.turn.id).toBe('b')
    expect(next({ ...queue, now: at(46) }, all)?.turn.id).toBe('a')
  })
})

describe('what somebody may expect', () => {
  const queue = (waiting: readonly Turn[]) => ({ waiting, promises, rules, now: at(1000) })

  test('is what happens when the rule is played on', () => {
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 15 }), (turns, takes) => {
        const serving = new Map(all.map(purpose => [purpose, takes]))
        const expected = foresee(
          queue(turns),
          [{ purposes: all, freeAt: at(0), sinceJump: undefined }],
          serving,
        )
        const order = [...expected.entries()].toSorted((a, b) => a[1].ahead - b[1].ahead)
        expect(order.map(([, { ahead }]) => ahead)).toEqual(turns.map((_, place) => place))
        expect(order.map(([, { minutes }]) => minutes)).toEqual(turns.map((_, place) => place * takes))
      }),
    )
  })

  test('counts nobody whom a window calls that does not serve one', () => {
    const turn = (purpose: string, place: number): Turn => ({
      id: `${purpose}${place}`,
      purpose,
      number: place,
      takenAt: at(place),
      ground: undefined,
    })
    const waiting = [turn('file', 1), turn('file', 2), turn('pay', 3)]
    const windows = ['file', 'pay'].map(each => ({ purposes: [each], freeAt: at(0), sinceJump: undefined }))
    const expected = foresee(queue(waiting), windows, new Map([['file', 6]]))
    expect(expected.get('pay3')).toEqual({ ahead: 0, minutes: 0 })
    expect(expected.get('file2')).toEqual({ ahead: 1, minutes: 6 })
  })

  test('two windows halve the wait, and none leaves it unknown', () => {
    const turns = [0, 1, 2, 3].map(
      (place): Turn => ({
        id: `${place}`,
        purpose: 'pay',
        number: place + 1,
        takenAt: at(place),
        ground: undefined,
      }),
    )
    const serving = new Map([['pay', 6]])
    const window = { purposes: ['pay'], freeAt: at(1000), sinceJump: undefined }
    expect(foresee(queue(turns), [window, window], serving).get('3')).toEqual({ ahead: 3, minutes: 6 })
    expect(foresee(queue(turns), [], serving).get('3')).toEqual({ ahead: 3, minutes: undefined })
    expect(foresee(queue(turns), [window], new Map()).get('3')).toEqual({ ahead: 3, minutes: undefined })
  })
})

describe('visits of a request', () => {
  test('are ways to the centre: contacts within two hours are one', () => {
    const contact = (from: number, until: number) => ({ from: at(from), until: at(until) })
    expect(trips([contact(30, 40), contact(0, 10)])).toEqual([at(0)])
    expect(trips([contact(0, 10), contact(131, 140)])).toEqual([at(0), at(131)])
    expect(trips([])).toEqual([])
  })

  test('never exceed the contacts, and a contact more never makes them fewer than one', () => {
    const contacts = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 60 })).map(([from, length]) => ({
        from: at(from),
        until: at(from + length),
      })),
      { minLength: 1 },
    )
    fc.assert(
      fc.property(contacts, list => {
        const count = trips(list).length
        expect(count).toBeGreaterThanOrEqual(1)
        expect(count).toBeLessThanOrEqual(list.length)
        expect(trips(list.toReversed())).toEqual(trips(list))
      }),
    )
  })
})
