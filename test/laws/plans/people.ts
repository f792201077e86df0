import { looksAt } from '../../../src/offices/audit/index.ts'
import { doorkeeper } from '../../../src/offices/people/doorkeeper.ts'
import {
  absencesFrom,
  changesOf,
  claimantsOf,
  doubtfulNumbers,
  findPeople,
  findPersonByIdNumber,
  getPeople,
  identityChecksOf,
  logInStanding,
  mandatedCollectors,
  mandatesOf,
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
import { isCrowded } from '../../../src/offices/people/log-in/budget.ts'
import { devicesOf } from '../../../src/offices/people/log-in/devices.ts'
import { findLogin } from '../../../src/offices/people/log-in/logins.ts'
import { sessionsOf } from '../../../src/offices/people/log-in/sessions.ts'
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
    'the devices of a person': tx => devicesOf(tx, person),
    'the log-ins of a person': tx => sessionsOf(tx, person, undefined),
    'what somebody showed at the counter': tx => identityChecksOf(tx, person),
    'who registered with a number': tx => claimantsOf(tx, house, '901234567'),
    'the log-in by a number or a telephone': tx => findLogin(tx, house, '0599123456'),
    'the log-in as the counter sees it': tx => logInStanding(tx, house, person),
    'the mandates of a person': tx => mandatesOf(tx, person),
    'who may collect by a mandate': tx => mandatedCollectors(tx, person, today),
    'whether log-ins failed often from an address': tx => isCrowded(tx, Buffer.alloc(32)),
  }
}
