import { sql } from 'kysely'
import { addresses, townUrl } from '../../../lib/addresses.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { TownProfile } from '../../../web/town.ts'

/** The town as its papers show it. */
export type TownPaper = {
  name: Localized
  profile: TownProfile
  timeZone: string
  slug: string
  hosts: readonly string[]
}

type Row = {
  name_ar: string
  name_en: string
  profile: TownProfile
  time_zone: string
  slug: string
  hosts: string[]
}

export async function townOf(tx: Read): Promise<TownPaper> {
  const { rows } = await sql<Row>`select name_ar, name_en, profile, time_zone, slug, hosts from municipality
    where municipality_id = ${tx.town}`.execute(tx.q)
  const [row] = rows
  if (!row) throw new Error(`no town ${tx.town}`)
  const { name_ar: ar, name_en: en, profile, time_zone: timeZone, slug, hosts } = row
  return { name: { ar, en }, profile, timeZone, slug, hosts }
}

/**
 * The address on the paper. It names the town where the town has no host of its own, also when it is alone: the paper must still lead to
 * the right town in ten years, when others have joined.
 */
export function verifyAddress(house: Pick<House, 'config'>, town: TownPaper, code?: string): string {
  const { publicUrl, host, port } = house.config
  const base = (publicUrl ?? `http://${host}:${port}`).replace(/\/$/, '')
  const [own] = town.hosts
  const root = own ? `${base.startsWith('https') || !publicUrl ? 'https' : 'http'}://${own}` : base
  const place = { prefix: own ? '' : `/~${town.slug}` }
  return root + (code ? townUrl(place, addresses.verifyCode, { code }) : townUrl(place, addresses.verify, {}))
}

/** The letter of a town without a seal: of the name's last word, which is the town's own. */
export function initialOf(name: string): string {
  const last = name.trim().split(/\s+/).at(-1) ?? ''
  return Array.from(last.replace(/^ال/, ''))[0] ?? ''
}

type Seal = { format: 'svg'; data: string } | { format: 'png' | 'jpg'; bytes: number[] }

/** A seal the town keeps in its profile as data; one that is a link elsewhere is not fetched for a paper. */
export function sealOf(profile: TownProfile): Seal | undefined {
  const found = /^data:image\/(svg\+xml|png|jpeg);base64,([A-Za-z0-9+/=]+)$/.exec(profile.seal ?? '')
  if (!found?.[2]) return undefined
  const bytes = Buffer.from(found[2], 'base64')
  if (found[1] === 'svg+xml') return { format: 'svg', data: bytes.toString('utf8') }
  return { format: found[1] === 'png' ? 'png' : 'jpg', bytes: [...bytes] }
}

/** The head of a sheet in the town's name that is no certificate of a service: what `marks.typ` needs, and the town's time zone. */
export async function townHead(tx: Read) {
  const { name, profile, timeZone: zone } = await townOf(tx)
  return {
    zone,
    name: name.ar,
    address: profile.address.ar,
    initial: initialOf(name.ar),
    seal: sealOf(profile) ?? null,
  }
}
