import { normaliseForSearch, searchTokens } from '../../../src/lib/arabic.ts'
import { computeCheckDigit } from '../../../src/lib/national-id.ts'
import {
  elderNames,
  familyNames,
  femaleNames,
  landmarks,
  maleNames,
  quarters,
} from '../../../src/offices/demo/names.ts'
import type { Chance } from '../../../src/offices/demo/random.ts'
import { indexId, indexPhone, sealId, sealPhone } from '../../../src/offices/people/identity.ts'
import { displayName } from '../../../src/offices/people/index.ts'
import type { Crypto } from '../../../src/platform/crypto/index.ts'
import type { Copier } from './copy.ts'
import { idText } from './ids.ts'

/** Somebody of a town, as far as their requests name them. Sealed fields are as COPY takes them. */
export type Somebody = {
  id: string
  first: string
  father: string
  grandfather: string
  family: string
  initials: string
  phone: string
  phoneIndex: string
  /** The accounts of their own they have so far, a bit for each kind. */
  accounts: number
}

type Weighted = readonly (readonly [string, number])[]

/** A list from which a name is picked as often as it occurs, by one number. */
const spread = (list: Weighted): readonly string[] =>
  list.flatMap(([name, weight]) => Array<string>(weight).fill(name))
const stock = {
  male: spread(maleNames),
  female: spread(femaleNames),
  elder: spread(elderNames),
  family: spread(familyNames),
}

/** Before the first running number of all towns: identity numbers of eight digits and a check digit, mobiles of seven. */
const firstNumber = 10_000_000
const columns = {
  person:
    'person (municipality_id, person_id, kind, first_name, father_name, grandfather_name, family_name, display_name, sort_name, mother_name, birth_date, sex, id_kind, id_sealed, id_index, address, registered_at, source, offices)',
  token: 'person_token (municipality_id, token, person_id, sort_name)',
  phone:
    'person_phone (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, said_shared, added_at)',
  login: 'citizen_login (municipality_id, person_id, pin_hash, must_change, failures, set_at, level)',
}

const tokensOf = new Map<string, string[]>()
/** The words of a name part are few and the parts many times the same: each is folded once, by the product's own folding. */
function tokens(part: string): string[] {
  const known = tokensOf.get(part) ?? searchTokens(part)
  tokensOf.set(part, known)
  return known
}
const folds = new Map<string, string>()
function folded(part: string): string {
  const known = folds.get(part) ?? normaliseForSearch(part)
  folds.set(part, known)
  return known
}

export type PeopleOf = {
  town: string
  place: number
  /** How many of all towns came before. */
  before: number
  crypto: Crypto
  chance: Chance
  pinHash: string
  registered: Date
}

/**
 * One person of a town with card and telephone, sealed under the town's keys. `offices` is what the triggers would have worked out.
 * Sealing is Node's CPU (some 10 µs a person): it is done for each, since keys differ by town.
 */
export function somebody(copier: Copier, of: PeopleOf, each: number, offices: string): Somebody {
  const { chance, crypto, town } = of
  const pick = (list: readonly string[]) => list[Math.floor(chance.next() * list.length)] ?? ''
  const sex = chance.next() < 0.5 ? 'male' : 'female'
  const name = {
    first: pick(stock[sex]),
    father: pick(stock.male),
    grandfather: pick(stock.elder),
    family: pick(stock.family),
  }
  const running = of.before + each
  const eight = String(firstNumber + running)
  const e164 = `+97059${String(running).padStart(7, '0')}`
  const keys = { tx: { town: town as never }, crypto }
  const hex = (bytes: Buffer) => `\\\\x${bytes.toString('hex')}`
  const id = idText(of.registered.getTime() + each, 0, of.place, 0x1000_0000_0000 + each)
  const number = eight + computeCheckDigit(eight)
  const parts = [name.first, name.father, name.grandfather, name.family]
  const sorted = parts.map(folded).join(' ')
  const address = `{"block": "${chance.between(1, 18)}", "parcel": "${chance.between(1, 240)}", "quarter": "${pick(quarters)}", "landmark": "${pick(landmarks)}"}`
  const born = `${chance.between(1945, 2004)}-0${chance.between(1, 9)}-1${chance.between(0, 9)}`
  const at = of.registered.toISOString()
  const phone = hex(sealPhone(keys, e164))
  const phoneIndex = hex(indexPhone(keys, e164))
  const cells = [
    town,
    id,
    'natural',
    ...parts,
    displayName(name),
    sorted,
    `${pick(stock.female)} ${pick(stock.family)}`,
    born,
    sex,
    'palestinian-id',
    hex(sealId(keys, number)),
    hex(indexId(keys, 'palestinian-id', number)),
    address,
    at,
    'import:register',
    offices,
  ]
  copier.add(columns.person, `${cells.join('\t')}\n`, 1)
  const found = new Set(parts.flatMap(tokens))
  copier.add(
    columns.token,
    [...found].map(token => `${town}\t${token}\t${id}\t${sorted}\n`).join(''),
    found.size,
  )
  copier.add(columns.phone, `${town}\t${id}\t${phoneIndex}\t${phone}\tt\tf\tf\t${at}\n`, 1)
  if (chance.next() < 0.4)
    copier.add(columns.login, `${town}\t${id}\t${of.pinHash}\tf\t0\t${at}\tverified\n`, 1)
  const initials = [name.father, name.grandfather, name.family].map(word => `${word[0]}.`).join(' ')
  return { id, ...name, initials, phone, phoneIndex, accounts: 0 }
}
