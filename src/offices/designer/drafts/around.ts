import type { Surroundings } from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { officesOf } from '../../people/index.ts'
import { effectNames } from '../../requests/index.ts'

/** What the town has, for a definition to be checked against. */
export async function surroundingsOf(tx: Read): Promise<Surroundings> {
  const offices = await officesOf(tx)
  const effects = effectNames()
  return { offices: offices.map(office => office.code), ...(effects.length > 0 && { effects }) }
}
