import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { makeCopy } from './copy/make.ts'
import { askCopy } from './copy/store.ts'
import { fileCorrection, refuseCorrection } from './correction/acts.ts'

const day = 24 * 3_600_000

/**
 * What people of a demo town asked of whoever keeps their data: a correction that waits, one that was refused, and a copy, whose id it gives.
 * `people` have log-ins; `clerk` decides.
 */
export async function demoRights(
  tx: Write,
  desk: { house: House; town: Town },
  people: readonly { id: string }[],
  clerk: { id: string; office: string },
  until: Date,
): Promise<string | undefined> {
  const ago = (days: number): Write => ({ ...tx, now: new Date(until.getTime() - days * day) })
  const [first, second = first] = people
  if (!first || !second) return undefined
  const papers: [] = []
  await fileCorrection(
    ago(2),
    desk,
    {
      personId: first.id,
      fact: 'address',
      standsIn: '',
      papers,
      wrong: 'مسجل عندكم عنواني القديم',
      correct: 'انتقلت إلى الحي الشرقي قبل سنة، قرب المدرسة',
    },
    { kind: 'citizen', id: first.id },
  )
  const refused = await fileCorrection(
    ago(20),
    desk,
    {
      personId: second.id,
      fact: 'amount',
      standsIn: '',
      papers,
      wrong: 'ضريبة السنة الماضية محسوبة مرتين',
      correct: 'دفعتها مرة واحدة',
    },
    { kind: 'citizen', id: second.id },
  )
  await refuseCorrection(
    ago(12),
    desk,
    { id: refused, refusal: 'agrees', words: 'السندان عن سنتين مختلفتين، وكلاهما في كشف حسابك.' },
    { kind: 'staff', ...clerk },
  )
  return askCopy(ago(0), { personId: first.id, way: 'portal' }, { kind: 'citizen', id: first.id })
}

/** Makes the copy a demo town asked for, without waiting for its jobs. */
export const demoCopy = (house: House, town: string, copyId: string): Promise<void> =>
  makeCopy(house, town, { copyId })
