import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import { parseAmount } from '../../../lib/money.ts'
import type { Write } from '../../../platform/database/index.ts'
import { type Call, typedText } from '../../../web/call.ts'
import { openSession } from '../../treasury/index.ts'
import { byOf, clerkOf } from '../clerk.ts'

/** Opens the till of whoever stands here, by the boxes that stand in place of the money. */
export async function openTillHere(tx: Write, call: Call): Promise<void> {
  const float = parseAmount(typedText(call, 'tillFloat') || '0', 'ILS')
  if (!float.ok) throw new InvalidInput([{ field: 'tillFloat', code: float.code }])
  await openSession(tx, {
    collectorId: clerkOf(call).staffId,
    book: typedText(call, 'tillBook'),
    by: byOf(call),
    float: [{ tender: 'cash', amount: float.value }],
  })
}

/** Why it was not opened, at the box of the till; anything else is thrown on. */
export function openingFaults(error: unknown): Fault[] {
  if (error instanceof InvalidInput) return [...error.faults]
  if (error instanceof Conflict) return [{ field: 'tillBook', code: error.code }]
  throw error
}
