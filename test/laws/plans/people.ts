import { looksAt } from '../../../src/offices/audit/index.ts'
import { doorkeeper } from '../../../src/offices/people/doorkeeper.ts'
import {
  absencesFrom,
  changesOf,
  doubtfulNumbers,
  findPeople,
  findPersonByIdNumber,
  getPeople,
  mergedRecords,
  officesOf,
  phoneOwners,
  phoneQuestionsOf,
  phonesOf,
  primaryPhones,
  probableDoubles,
  reachOfPerson,
  readRegistration,
  searchPeople,
} from '../../../src/offices/people/index.ts'
import { type BigTown, type Lists, today } from './town.ts'

/** Lists of people, their numbers, and who looks at them. */
export function peopleLists({ house, bench, person, officer, now }: BigTown): Lists {
  /** The sealed numbers of a filled town open to nothing. */
  const unsealed = { ...house.crypto, open: () => '+970599123456' }
  return {
    'the telephones of several people': tx =>
      primaryPhones(tx, house.crypto, ['0198a000-0000-7000-8000-00000000aaaa']),
    'absences to come': tx => absencesFrom(tx, today),
    "somebody's absences": tx => absencesFrom(tx, today, [officer.staffId]),
    'people by a name many have': tx => findPeople(tx, house.crypto, 'سامي'),
    'people by parts of a name': tx => findPeople(tx, house.crypto, 'سامي محمد الخط'),
    'people by a name nobody has': tx => findPeople(tx, house.crypto, 'زرقاء اليمامة'),
    'people by a number': tx => findPeople(tx, house.crypto, '901234567'),
    'people by a telephone': tx => findPeople(tx, house.crypto, '0599123456'),
    'people for a list': tx => searchPeople(tx, house.crypto, 'ليلى'),
    'people by their ids': tx => getPeople(tx, [person]),
    'a person by the identity number': tx => findPersonByIdNumber(tx, house.crypto, '901234567'),
    'numbers that messages do not reach': tx => doubtfulNumbers(tx, unsealed),
    'the second page of those numbers': tx =>
      doubtfulNumbers(tx, unsealed, { after: { at: now, key: '00'.repeat(32) } }),
    'what was asked of a person’s numbers': tx => phoneQuestionsOf(tx, unsealed, person),
    'whereby a person is told': tx => reachOfPerson(tx, person),
    'the telephones of a person': tx => phonesOf(tx, house.crypto, '0198a000-0000-7000-8000-00000000aaaa'),
    'the owners of a telephone': tx => phoneOwners(tx, house.crypto, '+970599123456'),
    'the offices': officesOf,
    'the visitor of a session': (_tx, database) =>
      doorkeeper({ ...house, database }).visitorOf(bench.town.id, 'a token that nobody has'),
    'the partner of a key': (_tx, database) =>
      doorkeeper({ ...house, database }).partnerOf(bench.town.id, 'a key'),
    'who looked at a person': tx => looksAt(tx, person, { limit: 30 }),
    'who may be the person being entered': async tx => {
      const typed = { firstName: 'سامي', familyName: 'الخطيب', idKind: 'none', phone: '0599123456' }
      const reading = readRegistration(typed, today)
      if (!reading.ok) throw new Error('the law reads nobody')
      await probableDoubles(tx, house.crypto, reading.value)
    },
    'what was changed in a record': tx => changesOf(tx, house.crypto, person),
    'records merged into one': tx => mergedRecords(tx, person),
  }
}
