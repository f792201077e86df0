import { type IsProxy, ownProxies } from '../platform/proxies.ts'

type Line = { address: string; isProxy: IsProxy }

const lines = new WeakMap<Request, Line>()

/** Notes from which address of the net a request came, and which of them are proxies that are believed. */
export function noteClient(
  request: Request,
  address: string | undefined,
  isProxy: IsProxy = ownProxies,
): void {
  if (address) lines.set(request, { address, isProxy })
}

/** Whether a proxy that is believed handed this request on. */
export function cameByProxy(request: Request): boolean {
  const line = lines.get(request)
  return line?.isProxy(line.address) ?? false
}

/**
 * The address of the net a request came from, '' where it is not known. Behind a proxy that is believed it is the last one the proxy
 * names, or the last before other such proxies; what others write into that header counts for nothing. Many people of a telephone company
 * may share one.
 */
export function clientOf({ request }: { request: Request }): string {
  const { address, isProxy } = lines.get(request) ?? { address: '', isProxy: ownProxies }
  if (!isProxy(address)) return address
  const named = (request.headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map(each => each.trim().slice(0, 64))
  // Proxies in a row each add who asked them. One of this machine names others, and nobody names it.
  while (named.length > 1 && isProxy(named.at(-1) ?? '') && !ownProxies(named.at(-1) ?? '')) named.pop()
  return named.at(-1) || address
}
