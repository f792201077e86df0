import type { Answers, Capacity } from '../../kernel/definition/index.ts'
import { complaintOf } from './complaints.ts'
import type { Person, Stage } from './stage.ts'

export type ServiceCode = 'ELE-01' | 'ELE-04' | 'ADM-01' | 'WAT-01' | 'ADM-05'

/** What people answer, as they differ: mostly the plain case, here and there another. */
export function answersFor(
  stage: Stage,
  code: ServiceCode,
  person: Person,
  capacity: Capacity,
  subscription?: string,
): Answers {
  switch (code) {
    case 'ADM-01':
      return residence(stage, person)
    case 'ELE-04':
      return {
        subscription: subscription ?? '',
        billDelivery: stage.chance.pick(['sms', 'paper']),
        arrearsWish: 'pay',
      }
    case 'ELE-01':
      return connection(stage, person, capacity)
    case 'WAT-01':
      return water(stage, person, capacity)
    case 'ADM-05':
      return complaintOf(stage, person)
  }
}

function residence({ chance }: Stage, person: Person): Answers {
  const purpose = chance.weighted([
    ['id-address', 30],
    ['school', 25],
    ['work', 15],
    ['bank', 15],
    ['travel', 10],
    ['court', 5],
  ])
  const housing = chance.weighted([
    ['owned', 45],
    ['family', 35],
    ['rented', 20],
  ])
  return {
    purpose,
    residence: person.address,
    livingSince: `${chance.between(1995, 2021)}-0${chance.between(1, 9)}-1${chance.between(0, 9)}`,
    housing,
    ...(housing !== 'rented' && { townAccount: chance.happens(0.85) }),
    ...(purpose === 'bank' && { addressedTo: 'بنك فلسطين' }),
  }
}

function connection({ chance }: Stage, person: Person, capacity: Capacity): Answers {
  const loads = ['water-heater', 'air-conditioner', 'heating', 'water-pump'].filter(() => chance.happens(0.4))
  const owner = { first: 'محمد', father: 'خليل', grandfather: '', family: person.name.family, nationalId: '' }
  const licensed = chance.happens(0.7)
  return {
    place: person.address,
    insideLimits: chance.happens(0.93),
    ...(capacity === 'principal' ? { right: 'own', licensed } : { owner }),
    ...(loads.length > 0 && { loads }),
    billing: chance.happens(0.55) ? 'prepaid' : 'billed',
  }
}

function water(stage: Stage, person: Person, capacity: Capacity): Answers {
  const { chance } = stage
  const { loads: _, billing: __, ...place } = connection(stage, person, capacity)
  const use = chance.weighted([
    ['home', 80],
    ['business', 14],
    ['building-site', 6],
  ])
  return {
    ...place,
    use,
    ...(use === 'home' && { homes: chance.between(1, 4) }),
    storeys: chance.between(0, 4),
    supplyNow: chance.pick(['none', 'shared', 'well']),
    billing: chance.happens(0.8) ? 'billed' : 'prepaid',
  }
}
