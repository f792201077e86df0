import { sql } from 'kysely'
import type { Write } from '../../../src/platform/database/index.ts'

/** Where the counters of numbers begin in the pattern town: far from any other number, so that a number is known wherever it stands. */
const begins = { request: 7_310_000, outgoing: 8_420_000, receipt: 9_530_000 }

/** Words and numbers that stand nowhere else: by them what differs from person to person is found again in every text. */
export const marks = {
  slug: 'pattern-of-a-country',
  /** Words of letters that every normalisation leaves as they are. */
  name: { first: 'قبلسط', father: 'فتكمن', grandfather: 'غرزدش', family: 'ظبطقث' },
  mother: 'قمطرش',
  begins,
  /** Lets the counters of these years begin there. */
  async count(tx: Write): Promise<void> {
    for (const [name, last] of Object.entries(begins))
      for (let year = 2024; year < 2027; year++)
        await sql`insert into series (municipality_id, name, year, last)
          values (${tx.town}, ${name === 'receipt' ? 'receipt:M' : name}, ${year}, ${last + (year - 2024) * 1000})`.execute(
          tx.q,
        )
  },
}
