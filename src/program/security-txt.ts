import type { House } from '../platform/house.ts'
import type { TownDirectory } from '../web/town.ts'

const validMs = 180 * 24 * 60 * 60 * 1000

/**
 * Whom to tell of a hole (RFC 9116): SECURITY_CONTACT, else the telephone of the town whose host was asked, or of the first; undefined
 * where there is neither. It says of itself that it holds for half a year from now, since it is written when it is asked for.
 */
export async function securityTxt(
  { config, clock }: Pick<House, 'config' | 'clock'>,
  towns: TownDirectory,
  host: string,
): Promise<string | undefined> {
  const all = await towns.all()
  const asked = all.find(({ hosts }) => hosts.includes(host.replace(/:\d+$/, ''))) ?? all[0]
  const phone = asked?.profile.phone.replace(/[^\d+]/g, '')
  const contact = config.securityContact ?? (phone ? `tel:${phone}` : undefined)
  if (contact === undefined) return undefined
  const canonical = config.publicUrl && new URL('/.well-known/security.txt', config.publicUrl).href
  return [
    `Contact: ${contact}`,
    `Expires: ${new Date(clock.now().getTime() + validMs).toISOString()}`,
    'Preferred-Languages: ar, en',
    ...(canonical ? [`Canonical: ${canonical}`] : []),
    '',
  ].join('\n')
}
