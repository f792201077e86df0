import { sql } from 'kysely'
import type { Call } from '../../web/call.ts'
import { getBank } from './bank/settings.ts'
import { hear } from './hear.ts'

/**
 * POST: the bank's call-back. Only what carries the bank's signature, was signed just now and was not heard before does anything; told again
 * it gets the same answer, so that the bank stops telling.
 */
export async function hearAnswer(call: Call): Promise<Response> {
  const { house, town } = call
  const heard = await house.database.write(town.id, async tx => {
    const { bank } = await getBank(tx, call)
    const answer = bank.readAnswer(call.bodyText ?? '')
    const there = await sql`select 1 from payment_intent
       where municipality_id = ${tx.town} and intent_id = ${answer.paymentId}`.execute(tx.q)
    // A payment of nobody is not told again and again.
    if (there.rows.length === 0) return 'known'
    return hear(tx, call, answer, 'call-back')
  })
  return new Response(JSON.stringify({ heard }), { headers: { 'content-type': 'application/json' } })
}
