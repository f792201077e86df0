import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { House } from '../../platform/house.ts'
import type { Town, TownDirectory } from '../../web/town.ts'
import { openPhone } from '../people/index.ts'
import { providerOf, type Sent, type SmsProvider } from './provider.ts'

type Claimed = {
  municipality_id: string
  message_id: string
  to_sealed: Buffer
  body: string
  attempts: number
}

const batch = 200
/** How long the outbox rests when it is empty, and after which a claimed message counts as orphaned. */
const restMs = 500
const orphanMs = 120_000
const mostAttempts = 5

/** Sends what is due once; gives how many messages were handed over. */
export async function sendDue(house: House, towns: readonly Town[]): Promise<number> {
  const carried = new Map(towns.flatMap(town => withProvider(town)))
  if (carried.size === 0) return 0
  const claimed = await house.database.once<Claimed>(
    'claim-messages',
    'select municipality_id, message_id, to_sealed, body, attempts from claim_messages($1, $2, $3)',
    [house.clock.now(), batch, [...carried.keys()]],
  )
  const byTown = Map.groupBy(claimed, message => message.municipality_id)
  for (const [town, messages] of byTown) {
    const provider = carried.get(town)
    if (provider) await sendOfTown(house, town, provider, messages)
  }
  return claimed.length
}

const withProvider = (town: Town): [string, SmsProvider][] => {
  const provider = providerOf(town)
  return provider ? [[town.id, provider]] : []
}

async function sendOfTown(
  house: House,
  town: string,
  provider: SmsProvider,
  messages: Claimed[],
): Promise<void> {
  const answers = await Promise.all(
    messages.map(async message => {
      const to = openPhone({ tx: { town }, crypto: house.crypto }, message.to_sealed)
      const sms = { messageId: message.message_id, to, text: message.body }
      const answer = await provider
        .send(sms)
        .catch((): Sent => ({ ok: false, failure: 'provider-error', again: true }))
      return { id: message.message_id, ...outcome(answer, message.attempts) }
    }),
  )
  await house.database.write(town, tx =>
    sql`update message m set state = a.state, provider = ${provider.name}, failure = a.failure,
          sent_at = case when a.state in ('sent', 'delivered') then ${tx.now}::timestamptz end,
          delivered_at = case when a.state = 'delivered' then ${tx.now}::timestamptz end,
          not_before = case when a.state = 'planned' then ${tx.now}::timestamptz + m.attempts * interval '1 minute' else m.not_before end
        from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as a(id uuid, state text, ref text, failure text)
       where m.municipality_id = ${tx.town} and m.message_id = a.id and m.state = 'sending'`.execute(tx.q),
  )
}

function outcome(
  answer: Sent,
  attempts: number,
): { state: string; ref: string | null; failure: string | null } {
  if (answer.ok) return { state: answer.state, ref: answer.ref, failure: null }
  const again = answer.again && attempts < mostAttempts
  return { state: again ? 'planned' : 'failed', ref: null, failure: answer.failure }
}

/** Takes up messages whose sender died after claiming them. */
export async function releaseOrphans(house: House, towns: readonly Town[]): Promise<void> {
  const repeatable = towns
    .flatMap(withProvider)
    .flatMap(([town, provider]) => (provider.repeatable ? [town] : []))
  const before = new Date(house.clock.now().getTime() - orphanMs)
  await house.database.once('release-messages', 'select release_messages($1, $2)', [before, repeatable])
}

/** Sends as long as the house is open; `stop` lets the batch in hand end. */
export function startSending(house: House, towns: TownDirectory): { stop(): Promise<void> } {
  const leave = new AbortController()
  const running = (async () => {
    while (!leave.signal.aborted) {
      let sent = 0
      try {
        const known = await towns.all()
        await releaseOrphans(house, known)
        sent = await sendDue(house, known)
      } catch (error) {
        house.log.warn({ part: 'messaging', err: error }, 'sending rests')
      }
      if (sent < batch) await sleep(restMs, undefined, { signal: leave.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      leave.abort()
      await running
    },
  }
}
