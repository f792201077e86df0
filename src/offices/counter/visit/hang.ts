import type { Write } from '../../../platform/database/index.ts'
import type { Call } from '../../../web/call.ts'
import { type CounterAct, hangOn } from '../../visits/index.ts'
import { clerkOf } from '../clerk.ts'

/** Hangs what is done at the window on the visit of whoever stands there. */
export async function hang(
  tx: Write,
  call: Call,
  act: string,
  of: Omit<CounterAct, 'staffId' | 'act'>,
): Promise<void> {
  await hangOn(tx, { staffId: clerkOf(call).staffId, act, ...of })
}
