import { composed, stripControls, toWesternDigits } from '../../lib/arabic.ts'
import { parseNationalId } from '../../lib/national-id.ts'
import type { Crypto } from '../../platform/crypto/index.ts'
import type { Read } from '../../platform/database/index.ts'
import type { IdKind } from './model.ts'

/** How id numbers and telephones are sealed, and found again by their blind index. */

/** Numbers of one register never meet those of another: a company's number may equal somebody's identity number. */
type Register = 'identity' | 'passport' | 'company' | 'other'

const registers: Record<Exclude<IdKind, 'none'>, Register> = {
  'palestinian-id': 'identity',
  'jerusalem-id': 'identity',
  passport: 'passport',
  company: 'company',
  other: 'other',
}

type Keys = { tx: Pick<Read, 'town'>; crypto: Crypto }

/** An identity number as it is kept: nine digits, or the letters and digits of a passport without what parts them. */
export function normaliseIdNumber(kind: IdKind, text: string): string {
  if (kind === 'palestinian-id' || kind === 'jerusalem-id') {
    const read = parseNationalId(text)
    return read.ok ? read.value.digits : ''
  }
  return toWesternDigits(composed(stripControls(text), 'NFKC'))
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

export function indexId({ tx, crypto }: Keys, kind: Exclude<IdKind, 'none'>, normalised: string): Buffer {
  return crypto.blindIndex(tx.town, `id:${registers[kind]}`, normalised)
}

/** The indexes a typed number may be found under, the identity card first. */
export function idCandidates(keys: Keys, text: string): Buffer[] {
  const kinds = ['palestinian-id', 'passport', 'company', 'other'] as const
  return kinds.flatMap(kind => {
    const number = normaliseIdNumber(kind, text)
    return number === '' ? [] : [indexId(keys, kind, number)]
  })
}

export const sealId = ({ tx, crypto }: Keys, normalised: string): Buffer =>
  crypto.seal(tx.town, 'id', normalised)
export const openId = ({ tx, crypto }: Keys, sealed: Buffer): string => crypto.open(tx.town, 'id', sealed)

export const indexPhone = ({ tx, crypto }: Keys, e164: string): Buffer =>
  crypto.blindIndex(tx.town, 'phone', e164)
export const sealPhone = ({ tx, crypto }: Keys, e164: string): Buffer => crypto.seal(tx.town, 'phone', e164)
export const openPhone = ({ tx, crypto }: Keys, sealed: Buffer): string =>
  crypto.open(tx.town, 'phone', sealed)
