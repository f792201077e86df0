import { statSync } from 'node:fs'
import type pg from 'pg'
import { readSecretFile } from '../../platform/crypto/index.ts'
import { withClient } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { needsOf } from './needs.ts'
import { told } from './rotate.ts'

type Keeper = Pick<House, 'config' | 'clock' | 'crypto' | 'server'>

/** Every secret of the installation: what it is for, where it lives, how old it is and what needs it. Never the secret. */
export async function listKeys(house: Keeper): Promise<string[]> {
  return withClient(house.server.ownerUrl, async client => [
    ...(await secretFileLines(house, client)),
    ...settingLines(house),
    ...(await townLines(client)),
  ])
}

const day = (at: Date | undefined): string =>
  at?.toISOString().slice(0, 16).replace('T', ' ') ?? 'the beginning'

async function secretFileLines(house: Keeper, client: pg.Client): Promise<string[]> {
  const { config, clock, crypto } = house
  const secret = readSecretFile(config.secretFile, clock.now())
  const needs = await needsOf(client, crypto)
  const mode = (statSync(config.secretFile).mode & 0o777).toString(8)
  const sealing = [...secret.keys.keys()]
    .sort((a, b) => b - a)
    .map(id => {
      const from = secret.since?.keys.get(id)
      const state =
        id === secret.newest
          ? 'seals now'
          : from && from > clock.now()
            ? `seals from ${day(from)}`
            : 'opens only'
      const tables = needs.get(id)
      const need = tables
        ? `needed by ${told(tables)}`
        : id === secret.newest
          ? ''
          : 'needed by nothing: shubbak keys retire'
      return `  sealing key ${id}: ${state}, since ${day(from)}${need ? `; ${need}` : ''}`
    })
  const towns = await client.query<{ slug: string; layer: number }>(
    'select slug, index_layer as layer from public.municipality order by slug',
  )
  const layers = [1, ...(secret.layers?.keys() ?? [])].map(id => {
    const at = towns.rows.filter(({ layer }) => layer === id).map(({ slug }) => slug)
    return `  index key, layer ${id}: since ${day(secret.since?.layers.get(id))}; on top in ${at.length === 0 ? 'no town; layers above rest on it' : at.join(', ')}`
  })
  const missing = [...needs.keys()].filter(id => !secret.keys.has(id))
  return [
    `${config.secretFile} (mode ${mode}; in no backup: keep a copy apart)`,
    ...sealing,
    ...missing.map(id => `  sealing key ${id} IS MISSING: ${told(needs.get(id) ?? new Map())} do not open`),
    ...layers,
    `  signing keys of the sealed log: ${secret.signing.length}, ${secret.signing.length === 1 ? 'it signs' : 'all sign'} (public: /open/seal/key)`,
  ]
}

function settingLines({ config }: Keeper): string[] {
  const where = config.secrets.map(source =>
    source.from === 'file' ? `  ${source.name}: in ${source.path}` : `  ${source.name}: ${source.from}`,
  )
  const embedded = config.databaseUrl === undefined
  return [
    'settings',
    ...where,
    ...(embedded ? [`  passwords of the embedded database: in ${config.dataDir}/postgres.json`] : []),
    `  backups are sealed for ${config.backup.keys.length} recipients (public; their private keys are not here)`,
  ]
}

async function townLines(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{
    slug: string
    what: string
    name: string
    since: Date
    used: Date | null
  }>(`
    select m.slug, k.* from public.municipality m cross join lateral (
      select 'key of a program' as what, name, created_at as since, used_at as used from public.api_key a
       where a.municipality_id = m.municipality_id and revoked_at is null
      union all
      select 'single sign-on', name_ar, set_at, null from public.sign_on_provider p
       where p.municipality_id = m.municipality_id
      union all
      select 'carrier', name, changed_at, null from public.message_provider p
       where p.municipality_id = m.municipality_id and secret_sealed is not null
      union all
      select 'bank', value ->> 'name', set_at, null from public.setting s
       where s.municipality_id = m.municipality_id and key = 'payments.bank' and value ->> 'key' is not null
    ) k order by 1, 2, 3`)
  return rows.map(
    ({ slug, what, name, since, used }) =>
      `${slug}: ${what} «${name}», since ${day(since)}${used ? `, used ${day(used)}` : ''}`,
  )
}
