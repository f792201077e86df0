import { BlockList, isIP } from 'node:net'

/** Whether an address is of a proxy that is believed when it says who asks. */
export type IsProxy = (address: string) => boolean

const ofThisMachine = /^(::1|(::ffff:)?127\.|unix)/

/** Proxies of this machine: the only ones that are believed unless the operator names others. */
export const ownProxies: IsProxy = address => ofThisMachine.test(address)

/** Whether a text names an address or a network, such as 10.1.2.3 or 10.1.0.0/16. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
}

/** Proxies of this machine, and those of the networks the operator named (TRUSTED_PROXIES). */
export function trustedProxies(networks: readonly string[]): IsProxy {
  if (networks.length === 0) return ownProxies
  const list = new BlockList()
  for (const each of networks) {
    const [address = '', prefix] = each.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return address => {
    const bare = address.replace(/^::ffff:(?=\d+\.)/i, '')
    const version = isIP(bare)
    return ownProxies(address) || (version !== 0 && list.check(bare, version === 6 ? 'ipv6' : 'ipv4'))
  }
}
