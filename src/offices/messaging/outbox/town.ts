import { setTimeout as sleep } from 'node:timers/promises'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import type { DeliveryReport, Listener } from '../carriers/model.ts'
import { type Provider, providersOf } from '../carriers/store.ts'
import { takeIncoming } from '../incoming/index.ts'
import { batches } from './batch.ts'
import { type Member, newMember, noteSign } from './fleet.ts'
import { keepStands, type Stands, weigh, weighEveryMs } from './health.ts'
import { type Holder, holdLease, LeaseLost, leaveLease } from './lease.ts'
import type { Channel, OpenCarrier } from './model.ts'
import { parkedUntil } from './record.ts'
import { matchLateReports, takeReports } from './reports.ts'
import { type Sender, townSender } from './sender.ts'
import { inbox, simulator } from './simulator.ts'
import { type Terms, termsOf } from './terms.ts'

/** What is sent for one town: who carries it, by which terms, and the sender that does it. */
export type TownOutbox = {
  readonly town: Town
  /**
   * Holds the lease of the town, reads providers and terms anew, probes who is down, looks at late reports, weighs: each when it is time, or
   * at once. False where another process sends for the town: then this one has no line to anybody.
   */
  tend(atOnce: boolean): Promise<boolean>
  pump(channel: Channel): Promise<number>
  settled(): Promise<void>
  readonly members: readonly Member[]
  close(): Promise<void>
}

type Options = { house: House; town: Town; holder: Holder; open: OpenCarrier; chance: () => number }

const refreshEveryMs = 5_000
const leaveWithinMs = 25_000
/** Reports of this age are looked at with each tending; older ones with each weighing. */
const freshReportsMs = 60_000
const gathered = { most: 200, afterMs: 10 }

export function townOutbox({ house, town, holder, open, chance }: Options): TownOutbox {
  let members: Member[] = [
    newMember({ provider: undefined, name: 'portal', channel: 'portal', carrier: inbox }, nowMs()),
  ]
  let terms: Terms | undefined
  let refreshedAt = Number.NEGATIVE_INFINITY
  let weighedAt = Number.NEGATIVE_INFINITY
  let heldAt = Number.NEGATIVE_INFINITY
  let holding = false
  const probing = new Set<Member>()
  if (town.isDemo)
    members.push(
      newMember({ provider: undefined, name: 'simulator', channel: 'sms', carrier: simulator }, nowMs()),
    )
  const sender: Sender = townSender({
    house,
    town,
    turned,
    chance,
    id: holder.id,
    leaseMs: holder.leaseMs,
    members: () => members,
  })

  function nowMs(): number {
    return house.clock.now().getTime()
  }

  /** A provider came up or went down: it is said in the log and on the page of providers. */
  function turned(member: Member): void {
    const { state, reason } = member.circuit
    house.log.info(
      { part: 'messaging', town: town.id, provider: member.name, state, reason },
      'provider turned',
    )
    if (member.provider === undefined || state === 'trial') return
    const [stands] = standsOf([member])
    if (!stands) return
    house.database
      .write(town.id, tx => keepStands(tx, [stands], false))
      .catch(error =>
        house.log.warn({ part: 'messaging', err: error }, 'how a provider stands was not written'),
      )
  }

  const standsOf = (of: readonly Member[]): Stands[] =>
    of.flatMap(({ provider, weight, circuit }) =>
      provider
        ? [
            {
              providerId: provider.id,
              own: provider.weight,
              weight,
              down:
                circuit.state === 'up'
                  ? undefined
                  : { reason: circuit.reason ?? 'no-connection', since: new Date(circuit.since) },
            },
          ]
        : [],
    )

  function listenerOf({ id: providerId, name }: Provider): Listener {
    const reports = batches<DeliveryReport>(list => takeReports(house, town.id, providerId, list), gathered)
    return {
      report: async list => void (await Promise.all(list.map(each => reports.add(each)))),
      incoming: text => takeIncoming(house, town, name, text),
    }
  }

  async function hold(atOnce: boolean): Promise<boolean> {
    if (!atOnce && nowMs() - heldAt < holder.leaseMs / 4) return holding
    heldAt = nowMs()
    const repeatable = members.every(({ carrier }) => carrier.repeatable)
    const held = await holdLease(house, town.id, holder, town.isDemo || (terms !== undefined && repeatable))
    if (holding && !held) await standBack()
    holding = held
    return held
  }

  /** Another process sends by now: its lines must be the only ones. */
  async function standBack(): Promise<void> {
    holding = false
    // Who carries for the town now, and whether that may be repeated, is read anew once it is ours again.
    terms = undefined
    refreshedAt = Number.NEGATIVE_INFINITY
    const gone = members.filter(({ provider }) => provider)
    members = members.filter(({ provider }) => !provider)
    await Promise.all(gone.map(({ carrier }) => carrier.close()))
  }

  async function refresh(): Promise<void> {
    const read = await house.database.read(town.id, async tx => ({
      providers: town.isDemo ? [] : await providersOf(tx),
      terms: await termsOf(tx, town),
      taken: await takenToday(tx, town),
    }))
    const before = terms
    terms = read.terms
    refreshedAt = nowMs()
    const on = read.providers.filter(({ isOn }) => isOn)
    const kept = members.filter(
      ({ provider }) =>
        !provider ||
        on.some(each => each.id === provider.id && each.changedAt.getTime() === provider.changedAt.getTime()),
    )
    const gone = members.filter(member => !kept.includes(member))
    const added = on.filter(each => !kept.some(({ provider }) => provider?.id === each.id)).flatMap(newcomer)
    members = [...kept, ...added]
    for (const member of members) {
      const row = on.find(each => each.id === member.provider?.id)
      if (!row) continue
      member.weight =
        !row.health || row.health.state === 'up' ? row.weight : Math.min(row.weight, row.health.weight)
      member.partsToday = Math.max(member.underWay, read.taken.get(row.id) ?? 0)
    }
    for (const { carrier } of gone) void carrier.close()
    if (!before || [...before.paused].some(what => !read.terms.paused.has(what))) await unpark()
  }

  function newcomer(provider: Provider): Member[] {
    try {
      const carrier = open(town, provider, listenerOf(provider))
      return [newMember({ provider, name: provider.name, channel: provider.channel, carrier }, nowMs())]
    } catch (error) {
      house.log.error({ part: 'messaging', err: error, provider: provider.name }, 'a provider was not opened')
      return []
    }
  }

  /** What a pause kept is due again once it is lifted. */
  const unpark = () =>
    house.database.write(town.id, tx =>
      tx.prepared(
        'unpark-messages',
        `update message m set not_before = $3
           from message_due d
          where d.municipality_id = $1 and d.channel = any('{sms,email,portal}') and d.lane = any('{0,1,2}') and d.not_before >= $2
            and d.not_before < 'infinity' and m.municipality_id = $1 and m.message_id = d.message_id and m.state = 'planned'
            and not ('*' = any($4::text[]) or 'kind:' || kind = any($4::text[]) or coalesce('template:' || template = any($4::text[]), false))`,
        [town.id, parkedUntil, tx.now, [...(terms?.paused ?? [])]],
      ),
    )

  async function probe(member: Member): Promise<void> {
    if (probing.has(member)) return
    probing.add(member)
    try {
      const { up, reason } = await member.carrier.check()
      if (noteSign(member, { sign: 'probe', up, reason }, nowMs())) turned(member)
    } catch {
      noteSign(member, { sign: 'probe', up: false }, nowMs())
    } finally {
      probing.delete(member)
    }
  }

  return {
    town,
    get members() {
      return members
    },
    async tend(atOnce) {
      sender.sweep()
      if (!(await hold(atOnce))) return false
      if (atOnce || nowMs() - refreshedAt >= refreshEveryMs) {
        await refresh()
        await matchLateReports(house, town.id, new Date(nowMs() - freshReportsMs))
      }
      const due = members.filter(({ circuit }) => circuit.state === 'down' && circuit.probeAt <= nowMs())
      const probed = Promise.all(due.map(probe))
      if (atOnce) await probed
      if (nowMs() - weighedAt >= weighEveryMs) {
        weighedAt = nowMs()
        const weights = await weigh(house, town.id, standsOf(members))
        for (const member of members) member.weight = weights.get(member.provider?.id ?? '') ?? member.weight
        await matchLateReports(house, town.id, new Date(0))
        // What was parked in the moment the pause was lifted.
        await unpark()
      }
      return true
    },
    async pump(channel) {
      try {
        return await sender.pump(channel, () => (holding && !terms?.paused.has('*') ? terms : undefined))
      } catch (error) {
        if (error instanceof LeaseLost) await standBack()
        throw error
      }
    },
    settled: () => sender.settled(),
    async close() {
      sender.leave()
      // Without the database answers cannot be written: what is still in hand is uncertain to whoever comes next.
      await Promise.race([sender.settled(), sleep(leaveWithinMs, undefined, { ref: false })])
      await Promise.all(members.map(({ carrier }) => carrier.close()))
      if (holding)
        await leaveLease(house, town.id, holder.id).catch(error =>
          house.log.warn({ part: 'messaging', err: error }, 'the lease runs out by itself'),
        )
      holding = false
    },
  }
}

async function takenToday(tx: Read, town: Town): Promise<Map<string, number>> {
  const rows = await tx.prepared<{ provider_id: string; parts: number }>(
    'taken-today',
    'select provider_id, parts from message_provider_day where municipality_id = $1 and day = $2::date',
    [tx.town, dateIn(tx.now, town.timeZone)],
  )
  return new Map(rows.map(row => [row.provider_id, row.parts]))
}
