import { setPin } from '../../src/offices/people/index.ts'
import type { House } from '../../src/platform/house.ts'
import { openWindow } from '../../src/server.ts'
import { noteClient } from '../../src/web/client.ts'
import type { Door } from '../../src/web/door.ts'
import { anIdNumber, aPerson, aStaffMember, builder } from '../builders/people.ts'
import type { Ground } from './ground.ts'
import { median, note, tell } from './report.ts'

/** A log-in closes at its fifth failure: nobody is tried more often than this. */
const triesEach = 4

type Try = { path: string; form: Record<string, string> }
type Pair = { known: Try; unknown: Try }

/**
 * Whether time tells who is registered: wrong log-ins of known and of unknown people in turns, each first as often as second. The value is how far
 * apart the medians are; `z` of Mann and Whitney and `t` of Welch say how sure that is (beyond 3 or so, it is a difference).
 */
export async function benchTiming(ground: Ground, quick: boolean): Promise<void> {
  await ground.inHouse(async house => {
    const door = await openWindow(house)
    const count = quick ? 60 : 600
    for (const [name, pairs] of [
      ['log-in-of-unknown-citizens', await citizens(house, ground.town.id, count)],
      ['log-in-of-unknown-staff', await staff(house, ground.town.id, count)],
    ] as const)
      tellOf(name, await inTurns(door, pairs))
  })
}

async function citizens(house: House, town: string, count: number): Promise<Pair[]> {
  const pairs: Pair[] = []
  const of = (idNumber: string): Try => ({ path: '/my/log-in', form: { idNumber, pin: '111222' } })
  for (let n = 0; n < count; n += triesEach) {
    // Others live here already, under the first numbers of the builders.
    const person = await aPerson(
      { house, town },
      { idNumber: anIdNumber(700_000 + n), phone: `0598${100_000 + n}` },
    )
    await house.database.write(town, tx => setPin(tx, person.id, builder, { mustChange: false }))
    for (let turn = 0; turn < triesEach; turn += 1)
      pairs.push({ known: of(person.idNumber), unknown: of(anIdNumber(500_000 + n + turn)) })
  }
  return pairs
}

async function staff(house: House, town: string, count: number): Promise<Pair[]> {
  const pairs: Pair[] = []
  const of = (login: string): Try => ({
    path: '/office/log-in',
    form: { login, password: 'not the password', code: '000000' },
  })
  for (let n = 0; n < count; n += triesEach) {
    const { login } = await aStaffMember({ house, town }, 'clerk', 'bench-desk')
    for (let turn = 0; turn < triesEach; turn += 1)
      pairs.push({ known: of(login), unknown: of(`nobody-${n}-${turn}`) })
  }
  return pairs
}

/** Each from an address of its own, so that no address is crowded. */
async function timed(door: Door, { path, form }: Try, place: number): Promise<number> {
  const request = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { host: 'localhost' },
    body: new URLSearchParams(form),
  })
  noteClient(request, `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`)
  const began = performance.now()
  const answer = await door.fetch(request)
  await answer.arrayBuffer()
  if (answer.status !== 422) throw new Error(`a wrong log-in answers ${answer.status}`)
  return performance.now() - began
}

async function inTurns(door: Door, pairs: readonly Pair[]): Promise<{ known: number[]; unknown: number[] }> {
  const ms = { known: [] as number[], unknown: [] as number[] }
  let place = 0
  for (const { known, unknown } of pairs.slice(0, 4))
    for (const each of [known, unknown]) await timed(door, each, place++)
  for (const [at, pair] of pairs.slice(4).entries())
    for (const which of at % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const))
      ms[which].push(await timed(door, pair[which], place++))
  return ms
}

function tellOf(name: string, { known, unknown }: { known: number[]; unknown: number[] }): void {
  const [ours, nobodys] = [median(known), median(unknown)]
  const details = { n: known.length, z: mannWhitney(known, unknown), t: welch(known, unknown) }
  tell({
    name,
    value: Math.abs(ours - nobodys),
    unit: 'ms',
    ratio: nobodys / ours,
    baseline: 'the time of a known one with a wrong secret',
    details,
  })
  note(
    `${details.n} in turns: z ${details.z.toFixed(2)} (Mann-Whitney), t ${details.t.toFixed(2)} (Welch); a difference is beyond 3`,
  )
}

/** How far the ranks of one lie from those of the other, in standard deviations; ties share their ranks. */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  let above = 0
  for (const a of one) for (const b of other) above += a > b ? 1 : a === b ? 0.5 : 0
  const [n, m] = [one.length, other.length]
  return (above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
}

/** How far their means lie apart, in standard errors. */
export function welch(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
  const spread = (values: readonly number[], middle: number) =>
    values.reduce((sum, each) => sum + (each - middle) ** 2, 0) / (values.length - 1) / values.length
  const [a, b] = [mean(one), mean(other)]
  return (a - b) / Math.sqrt(spread(one, a) + spread(other, b))
}
