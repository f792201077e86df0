import { sql } from 'kysely'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import type { Carrier, Listener } from './model.ts'
import { type Dialect, openCarrier } from './open.ts'
import { type CarrierSecret, kannelSettings, secretShape } from './settings.ts'

/** A provider of a town as its row says, and how it stands. */
export type Provider = {
  id: string
  name: string
  channel: 'sms' | 'email'
  dialect: Dialect
  /** As `settingsOf` its dialect reads them. */
  settings: unknown
  secretSealed: Buffer | undefined
  weight: number
  /** Messages a second. */
  rate: number | undefined
  /** Parts a day of the town. */
  dailyParts: number | undefined
  /** Of a part, in thousandths of the minor unit. */
  price: { milli: number; currency: 'ILS' | 'JOD' | 'USD' }
  isOn: boolean
  /** Another instant means other settings: a carrier that is open is closed and opened anew. */
  changedAt: Date
  health:
    | { state: 'up' | 'slow' | 'down'; weight: number; reason: string | undefined; since: Date }
    | undefined
}

type Row = {
  provider_id: string
  name: string
  channel: 'sms' | 'email'
  dialect: Dialect
  settings: unknown
  secret_sealed: Buffer | null
  weight: number
  rate: number | null
  daily_parts: number | null
  price_milli: number
  price_currency: 'ILS' | 'JOD' | 'USD'
  is_on: boolean
  changed_at: Date
  health_state: 'up' | 'slow' | 'down' | null
  health_weight: number | null
  reason: string | null
  since: Date | null
}

/** The providers of the town by name, also those that are off. */
export async function providersOf(tx: Read): Promise<Provider[]> {
  const { rows } = await sql<Row>`
    select p.provider_id, p.name, p.channel, p.dialect, p.settings, p.secret_sealed, p.weight, p.rate, p.daily_parts, p.price_milli,
           p.price_currency, p.is_on, p.changed_at, h.state as health_state, h.weight as health_weight, h.reason, h.since
      from message_provider p
      left join message_provider_health h on h.municipality_id = p.municipality_id and h.provider_id = p.provider_id
     where p.municipality_id = ${tx.town} order by p.name`.execute(tx.q)
  return rows.map(toProvider)
}

const toProvider = (row: Row): Provider => ({
  id: row.provider_id,
  name: row.name,
  channel: row.channel,
  dialect: row.dialect,
  settings: row.settings,
  secretSealed: row.secret_sealed ?? undefined,
  weight: row.weight,
  rate: row.rate ?? undefined,
  dailyParts: row.daily_parts ?? undefined,
  isOn: row.is_on,
  price: { milli: row.price_milli, currency: row.price_currency },
  changedAt: row.changed_at,
  health:
    row.health_state && row.since
      ? {
          state: row.health_state,
          weight: row.health_weight ?? row.weight,
          reason: row.reason ?? undefined,
          since: row.since,
        }
      : undefined,
})

const purpose = 'message provider'

/** Seals what only the carrier may know. */
export const sealSecret = (house: Pick<House, 'crypto'>, town: string, secret: CarrierSecret): Buffer =>
  house.crypto.seal(town, purpose, JSON.stringify(secret))

export const openSecret = (
  house: Pick<House, 'crypto'>,
  town: string,
  provider: Pick<Provider, 'secretSealed'>,
): CarrierSecret =>
  secretShape.parse(
    provider.secretSealed ? JSON.parse(house.crypto.open(town, purpose, provider.secretSealed)) : {},
  )

/** Opens a provider's carrier; it connects by itself. Whoever opens it closes it. @throws ZodError where its settings do not read */
export function openProvider(
  house: Pick<House, 'crypto' | 'clock' | 'log' | 'config'>,
  town: HookTown,
  provider: Provider,
  listener: Listener,
): Carrier {
  const secret = openSecret(house, town.id, provider)
  const about = { part: 'messaging', town: town.id, provider: provider.name }
  return openCarrier({ dialect: provider.dialect, settings: provider.settings, secret }, listener, {
    now: () => house.clock.now(),
    say: (what, detail) => house.log.info({ ...about, reason: detail }, what),
    reportTo: hookAddress(house, town, provider, secret.hook, 'report'),
  })
}

type HookTown = Pick<Town, 'id' | 'slug' | 'hosts' | 'prefix'>
const hooks = { report: addresses.messageReport, incoming: addresses.messageIncoming } as const

/** Where a provider reports to, or hands over texts; undefined where it has no word of its own yet. */
export function hookAddress(
  { config }: Pick<House, 'config'>,
  town: HookTown,
  provider: Pick<Provider, 'dialect' | 'settings'>,
  word: string,
  which: keyof typeof hooks,
): string | undefined {
  if (!word) return undefined
  // An address within the operators' own network names the town, since no host of its own leads there.
  const within = callbackOf(provider)
  if (within)
    return within.replace(/\/$/, '') + townUrl({ prefix: `/~${town.slug}` }, hooks[which], { token: word })
  const base = (config.publicUrl ?? `http://${config.host}:${config.port}`).replace(/\/$/, '')
  const [own] = town.hosts
  const root = own ? `${base.startsWith('https') ? 'https' : 'http'}://${own}` : base
  return root + townUrl(town, hooks[which], { token: word })
}

const callbackOf = ({ dialect, settings }: Pick<Provider, 'dialect' | 'settings'>): string | undefined =>
  dialect === 'kannel' ? kannelSettings.safeParse(settings).data?.callback : undefined
