import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReplicaAge } from './age.ts'

const moment = (ms: number) => ({ at: new Date(ms), steadyMs: ms })

describe('the age of a replica', () => {
  test('is never said to be less than it is, however it follows', () => {
    const step = fc.record({
      writes: fc.nat(3),
      follows: fc.nat(5),
      passesMs: fc.integer({ min: 1, max: 900 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const age = new ReplicaAge()
        const history: { ms: number; lsn: bigint }[] = []
        let [ms, primary, replica] = [0, 100n, 100n]
        for (const { writes, follows, passesMs } of steps) {
          ms += passesMs
          primary += BigInt(writes)
          history.push({ ms, lsn: primary })
          age.primaryAt(primary, moment(ms))
          replica = replica + BigInt(follows) > primary ? primary : replica + BigInt(follows)
          age.replicaAt(replica)
          const said = age.within(Number.POSITIVE_INFINITY, ms)
          // Whatever had been written by then, it holds.
          const written = history.findLast(each => each.ms <= (said?.steadyMs ?? -1))?.lsn ?? 0n
          expect(written <= replica).toBe(true)
          if (replica === primary) expect(said?.steadyMs).toBe(ms)
        }
      }),
    )
  })

  test('grows while the primary writes and the replica stands still, and not while both rest', () => {
    const age = new ReplicaAge()
    age.primaryAt(10n, moment(1_000))
    age.replicaAt(10n)
    age.primaryAt(10n, moment(9_000))
    age.replicaAt(10n)
    expect(age.within(5_000, 10_000)?.steadyMs).toBe(9_000)
    age.primaryAt(11n, moment(20_000))
    age.replicaAt(10n)
    expect(age.within(5_000, 20_000)).toBeUndefined()
    expect(age.within(11_000, 20_000)?.steadyMs).toBe(9_000)
  })

  test('is unknown before the replica has been seen, once it is away, and after another server took over', () => {
    const age = new ReplicaAge()
    age.primaryAt(10n, moment(1_000))
    expect(age.within(60_000, 1_000)).toBeUndefined()
    age.replicaAt(9n)
    expect(age.within(60_000, 1_000)).toBeUndefined()
    age.replicaAt(10n)
    expect(age.within(60_000, 1_000)).toBeDefined()
    age.primaryAt(5n, moment(2_000))
    expect(age.within(60_000, 2_000)).toBeUndefined()
    age.replicaAt(5n)
    age.forget()
    expect(age.within(60_000, 2_000)).toBeUndefined()
  })
})
