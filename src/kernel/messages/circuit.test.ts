import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterSign, type Circuit, newCircuit, roomOf, type Sign } from './index.ts'

const refused = { sign: 'refused', reason: 'no-connection' } as const
const lost = { sign: 'lost', reason: 'answer-lost' } as const
const answered = { sign: 'answered' } as const
const probe = (up: boolean): Sign => ({ sign: 'probe', up })
const live = (...signs: [Sign, number][]): Circuit =>
  signs.reduce((circuit, [sign, at]) => afterSign(circuit, sign, at), newCircuit(0))

const signs = fc.oneof(
  fc.constantFrom<Sign>(refused, lost, answered, { sign: 'throttled' }),
  fc.boolean().map(probe),
)

describe('the circuit of a provider', () => {
  test('opens with the first refusal, is probed after five seconds, and closes with the first answer to a trial', () => {
    const down = live([refused, 1_000])
    expect(down).toMatchObject({ state: 'down', since: 1_000, probeAt: 6_000 })
    expect(roomOf(down, 0, 50, 2_000)).toBe(0)
    const trial = afterSign(down, probe(true), 6_000)
    expect(roomOf(trial, 0, 50, 6_000)).toBe(1)
    expect(roomOf(trial, 1, 50, 6_000)).toBe(0)
    const up = afterSign(trial, answered, 6_100)
    expect(roomOf(up, 0, 50, 6_100)).toBe(50)
  })

  test('asks at once after one lost answer, and waits longer when the trial is lost too', () => {
    const once = live([lost, 0])
    expect(once).toMatchObject({ state: 'down', probeAt: 500 })
    expect(live([lost, 0], [probe(true), 500], [lost, 700])).toMatchObject({ state: 'down', probeAt: 8_700 })
  })

  test('does not come up by answers to what was handed over before it went down', () => {
    expect(live([refused, 0], [answered, 10])).toMatchObject({ state: 'down' })
  })

  test('gives a provider that asks for patience longer and longer rests, and forgets them with the next answer', () => {
    const patience = { sign: 'throttled' } as const
    const first = live([patience, 0])
    expect(roomOf(first, 0, 50, 499)).toBe(0)
    expect(roomOf(first, 0, 50, 500)).toBe(50)
    // Those under way together count as one.
    expect(afterSign(first, patience, 100)).toEqual(first)
    expect(afterSign(first, patience, 500).quietUntil).toBe(1_500)
    expect(afterSign(first, answered, 600).throttled).toBe(0)
  })

  test('whatever befalls it: takes nothing while down, is probed within eight seconds, and comes back by a probe and an answer', () => {
    const history = fc.array(fc.tuple(signs, fc.nat(20_000)), { maxLength: 40 })
    fc.assert(
      fc.property(history, told => {
        let now = 0
        let circuit = newCircuit(0)
        for (const [sign, passed] of told) {
          now += passed
          circuit = afterSign(circuit, sign, now)
          if (circuit.state === 'down') expect(roomOf(circuit, 0, 50, now)).toBe(0)
          expect(circuit.quietUntil).toBeLessThanOrEqual(now + 8_000)
        }
        expect(circuit.probeAt - now).toBeLessThanOrEqual(8_000)
        const back = [probe(true), answered].reduce(
          (each, sign) => afterSign(each, sign, now + 8_000),
          circuit,
        )
        expect(back.state).toBe('up')
        expect(roomOf(back, 0, 50, now + 16_000)).toBe(50)
      }),
    )
  })
})
