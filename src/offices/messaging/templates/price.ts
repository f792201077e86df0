import type { PartPrice } from '../../../lib/sms/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { providersOf } from '../carriers/store.ts'

/** What a part costs with the provider that carries most; undefined where the town has none. */
export async function priceOfPart(tx: Read): Promise<PartPrice | undefined> {
  const [first] = (await providersOf(tx))
    .filter(({ isOn, channel }) => isOn && channel === 'sms')
    .sort((a, b) => b.weight - a.weight)
  return first?.price
}
