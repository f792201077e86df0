const clients = new WeakMap<Request, string>()

/** Notes from which address of the net a request came. */
export function noteClient(request: Request, address: string | undefined): void {
  if (address) clients.set(request, address)
}

const ofThisMachine = /^(::1|(::ffff:)?127\.|unix)/

/**
 * The address of the net a request came from, '' where it is not known. Behind a proxy of this machine it is the last one the proxy
 * names; what others write into that header counts for nothing. Many people of a telephone company may share one.
 */
export function clientOf({ request }: { request: Request }): string {
  const direct = clients.get(request) ?? ''
  if (!ofThisMachine.test(direct)) return direct
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim().slice(0, 64) || direct
}
