import { addresses, townUrl } from '../../../lib/addresses.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import { type LinkKind, newCode } from './model.ts'

export type NewLink = {
  kind: LinkKind
  requestId: string
  /** Of papers: their ids, the first to be sent first. */
  about?: readonly string[] | undefined
}

/** A link whose address is known before anything is written: words take it in, and `addLinks` writes it where they did. */
export type PlannedLink = NewLink & { code: string; url: string }

/**
 * Makes a link for a message to carry. Undefined where the town cannot be reached from outside (`PUBLIC_URL` is not set): then messages
 * name none. The telephones of a demo town stand on the machine itself and follow its own address.
 */
export function planLink(
  { house, town }: { house: Pick<House, 'config'>; town: Pick<Town, 'hosts' | 'slug' | 'isDemo'> },
  link: NewLink,
): PlannedLink | undefined {
  const root = rootOf(house, town)
  if (root === undefined) return undefined
  const code = newCode()
  return { ...link, code, url: root + townUrl({ prefix: prefixOf(town) }, addresses.shortLink, { code }) }
}

/** The town is named in the address also where it is alone by now: the message outlives the day another town joins. */
const prefixOf = ({ hosts, slug }: Pick<Town, 'hosts' | 'slug'>): string => (hosts[0] ? '' : `/~${slug}`)

function rootOf(
  { config }: Pick<House, 'config'>,
  { hosts: [own], isDemo }: Pick<Town, 'hosts' | 'isDemo'>,
): string | undefined {
  const { publicUrl, host, port } = config
  if (!publicUrl) return isDemo ? `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}` : undefined
  return own ? `${new URL(publicUrl).protocol}//${own}` : publicUrl.replace(/(?<!\/)\/+$/, '')
}
