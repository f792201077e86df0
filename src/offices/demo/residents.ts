import { computeCheckDigit } from '../../lib/national-id.ts'
import type { Registration } from '../people/index.ts'
import { elderNames, familyNames, femaleNames, landmarks, maleNames, quarters } from './names.ts'
import type { Chance } from './random.ts'

export type Resident = Registration & { household: number; adult: boolean }

/** Identity numbers that no register gives out: they begin with 9 and are counted up. */
const inventedId = (running: number): string => {
  const eight = String(90_000_000 + running)
  return eight + computeCheckDigit(eight)
}

/** Telephones of a range kept for invention. */
const inventedPhone = (running: number): string => `+9705990${String(running).padStart(5, '0')}`

/** A town's people, household by household: parents, children with their father's names, here and there a grandmother. */
export function residents(chance: Chance, count: number, year: number): Resident[] {
  const people: Resident[] = []
  let ids = 0
  let phones = 0
  let household = 0
  while (people.length < count) {
    household += 1
    const family = chance.weighted(familyNames)
    const block = String(chance.between(1, 18))
    const known = chance.happens(0.86)
    const address = {
      block: known ? block : '',
      quarter: chance.pick(quarters),
      parcel: known ? String(chance.between(1, 240)) : '',
      landmark: known && chance.happens(0.5) ? '' : chance.pick(landmarks),
    }
    const grandfather = chance.weighted(elderNames)
    const father = chance.weighted(elderNames)
    const head = chance.weighted(maleNames)
    const born = year - chance.between(26, 68)
    const mother = chance.weighted(femaleNames)
    const member = (
      of: Pick<Registration['name'], 'first' | 'father' | 'grandfather' | 'family'>,
      sex: 'female' | 'male',
      birth: number,
      motherName: string,
      phone: boolean,
    ): void => {
      const adult = year - birth >= 18
      const withId = year - birth >= 16 && chance.happens(0.99)
      if (withId) ids += 1
      if (phone) phones += 1
      people.push({
        kind: 'natural',
        name: of,
        motherName,
        birthDate: `${birth}-${two(chance.between(1, 12))}-${two(chance.between(1, 28))}`,
        sex,
        idKind: withId ? 'palestinian-id' : 'none',
        idNumber: withId ? inventedId(ids) : undefined,
        phone: phone ? inventedPhone(phones) : undefined,
        phoneShared: false,
        address,
        household,
        adult,
      })
    }
    const elderMother = chance.weighted(femaleNames)
    member(
      { first: head, father, grandfather, family },
      'male',
      born,
      `${elderMother} ${chance.weighted(familyNames)}`,
      chance.happens(0.97),
    )
    const wifeFamily = chance.happens(0.3) ? family : chance.weighted(familyNames)
    const wifeFather = chance.weighted(elderNames)
    member(
      { first: mother, father: wifeFather, grandfather: chance.weighted(elderNames), family: wifeFamily },
      'female',
      born + chance.between(1, 7),
      `${chance.weighted(femaleNames)} ${chance.weighted(familyNames)}`,
      chance.happens(0.8),
    )
    const children = Math.min(
      chance.weighted([
        [0, 1],
        [1, 2],
        [2, 4],
        [3, 5],
        [4, 5],
        [5, 3],
        [6, 1],
      ]),
      Math.floor((year - born - 21) / 1.5),
    )
    for (let child = 0; child < children; child++) {
      const sex = chance.happens(0.5) ? 'male' : 'female'
      const first = chance.weighted(sex === 'male' ? maleNames : femaleNames)
      const birth = Math.min(year - 1, born + 22 + child * 2 + chance.between(0, 1))
      member(
        { first, father: head, grandfather: father, family },
        sex,
        birth,
        `${mother} ${wifeFamily}`,
        year - birth >= 17 && chance.happens(0.85),
      )
    }
    if (chance.happens(0.15)) {
      member(
        {
          first: elderMother,
          father: chance.weighted(elderNames),
          grandfather: chance.weighted(elderNames),
          family,
        },
        'female',
        born - chance.between(18, 26),
        `${chance.weighted(femaleNames)} ${chance.weighted(familyNames)}`,
        chance.happens(0.5),
      )
    }
  }
  return people.slice(0, count)
}

const two = (number: number) => String(number).padStart(2, '0')
