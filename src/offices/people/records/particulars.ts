import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read } from '../../../platform/database/index.ts'

/** Why somebody has no number. */
export const noNumberReasons = ['lost', 'never-issued', 'minor', 'refused-by-occupation', 'other'] as const
export type NoNumberReason = (typeof noNumberReasons)[number]

/** What is known of a person besides the card: kept sealed. */
export type Particulars = {
  /** Of the passport, as two letters: JO, US. */
  country?: string | undefined
  /** Why there is no number, and what identifies them instead: two witnesses' names, or a document by its name. */
  withoutNumber?:
    | { reason: NoNumberReason; witnesses: readonly string[]; document?: string | undefined }
    | undefined
  /** Lives abroad: where, and who answers for them here. */
  abroad?: { country: string; contact?: string | undefined; contactPhone?: string | undefined } | undefined
}

type Keys = { tx: Pick<Read, 'town'>; crypto: Crypto }

export const isPlain = (of: Particulars): boolean => !of.country && !of.withoutNumber && !of.abroad

/** Nothing to say is nothing kept. */
export const sealParticulars = ({ tx, crypto }: Keys, of: Particulars): Buffer | null =>
  isPlain(of) ? null : crypto.seal(tx.town, 'particulars', JSON.stringify(of))

export const openParticulars = ({ tx, crypto }: Keys, sealed: Buffer | null): Particulars =>
  sealed ? (JSON.parse(crypto.open(tx.town, 'particulars', sealed)) as Particulars) : {}
