import type { Write } from '../../platform/database/transaction.ts'
import { leaveOut } from '../messaging/index.ts'
import {
  addPhone,
  answerAboutPhone,
  indexPhone,
  notePhoneOutcomes,
  preferChannels,
  takeEmail,
  verifyPhone,
} from '../people/index.ts'
import { chance } from './random.ts'
import { at, type Person, type Stage, workerAt } from './stage.ts'

const day = 86_400_000
const own = (person: Person) => ({ kind: 'citizen', id: person.id })

/**
 * How people are reached: numbers proven at the counter, second ones, some that a couple shares, some that messages no longer reach; a few
 * e-mail addresses, and what some do without. Drawn from a chance of its own, so that the rest of the town stays as it was.
 */
export async function fillNumbers(tx: Write, stage: Stage, until: Date): Promise<void> {
  const { house, people } = stage
  const { crypto } = house
  const { pick, between } = chance(37)
  const owners = people.filter(person => person.adult && person.phone !== undefined)
  const taken = new Set<string>()
  /** Some people nothing was said of yet. */
  const some = (count: number): Person[] => {
    const found: Person[] = []
    while (found.length < count) {
      const person = pick(owners)
      if (taken.has(person.id)) continue
      taken.add(person.id)
      found.push(person)
    }
    return found
  }
  const ago = (days: number) => at(tx, new Date(until.getTime() - days * day))
  const clerk = () => ({
    kind: 'staff',
    id: workerAt({ ...stage, chance: { ...stage.chance, pick } }, 'service-centre', 'clerk').id,
  })

  for (const person of some(120))
    await verifyPhone(ago(between(2, 700)), crypto, person.id, person.phone ?? '', clerk(), 'counter')
  for (const [place, person] of some(25).entries()) {
    const e164 = `+9705690${String(10_000 + place)}`
    await addPhone(
      ago(between(2, 300)),
      crypto,
      person.id,
      { e164, label: pick(['home', 'work', 'family']) },
      clerk(),
    )
  }
  const households = Map.groupBy(owners, person => person.household)
  const couples = [...households.values()].filter(each => each.length > 1).slice(0, 20)
  for (const [one, other] of couples)
    if (one?.phone && other)
      await addPhone(ago(400), crypto, other.id, { e164: one.phone, label: 'family' }, clerk())

  const failing = some(26)
  const outcomes = failing.flatMap((person, place) => {
    const index = indexPhone({ tx, crypto }, person.phone ?? '')
    const days = place < 16 ? [30 + place, 20 + place, 4 + place] : [3, 1]
    return days.map(back => ({ index, outcome: 'hard' as const, at: ago(back).now }))
  })
  await notePhoneOutcomes(at(tx, until), outcomes)
  for (const person of failing.slice(0, 4))
    await answerAboutPhone(
      ago(1),
      crypto,
      { personId: person.id, e164: person.phone ?? '', answer: pick(['still', 'later']) },
      clerk(),
    )

  for (const [place, person] of some(8).entries()) {
    const when = ago(between(5, 200))
    await takeEmail(when, crypto, person.id, `resident${place + 1}@wadi-sindiyan.example`, own(person))
    await preferChannels(when, person.id, place < 6 ? 'sms+email' : 'portal', own(person))
  }
  for (const person of some(30))
    await leaveOut(
      ago(between(1, 200)),
      crypto,
      {
        personId: person.id,
        kinds: pick([['awareness'], ['awareness', 'survey'], ['reminder']]),
        way: pick(['portal', 'sms', 'counter']),
      },
      own(person),
    )
}
