import { answer, openPurpose } from '../../src/offices/rights/consents/acts.ts'
import type { PurposeKind } from '../../src/offices/rights/consents/model.ts'
import type { House } from '../../src/platform/house.ts'
import { builder } from './people.ts'

const names: Record<PurposeKind, string> = {
  awareness: 'رسائل التوعية',
  survey: 'رسائل الاستطلاع',
  'hall-name': 'اسمي على شاشة الصالة',
  'news-email': 'أخبار بالبريد',
  sharing: 'بحث جامعي',
}

const staff = { kind: 'staff', id: '0198a000-0000-7000-8000-00000000ad31' } as const

/** A purpose open in a town, with its first text in force; gives its code. */
export const aConsentPurpose = (
  house: Pick<House, 'database'>,
  town: string,
  kind: PurposeKind,
): Promise<string> =>
  house.database.write(town, tx =>
    openPurpose(
      tx,
      {
        kind,
        name: { ar: names[kind], en: kind },
        institution: kind === 'sharing' ? 'جامعة' : undefined,
        text: { ar: 'نص يقرؤه الناس', en: 'a text', from: '2020-01-01', asksAgain: false },
      },
      staff,
    ),
  )

/** Somebody agrees to it at the counter. */
export const agreesTo = (
  house: Pick<House, 'database' | 'crypto'>,
  town: string,
  personId: string,
  purpose: string,
): Promise<void> =>
  house.database.write(town, tx =>
    answer(tx, house.crypto, { personId, purpose, version: 1, given: true, way: 'counter' }, builder),
  )
