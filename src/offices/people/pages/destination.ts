import { type Address, addresses } from '../../../lib/addresses.ts'
import { type Call, typedText, url } from '../../../web/call.ts'

/** Where somebody wanted to go before the log-in stood in the way; carried through it by hidden fields. */
export type Wish = { page?: string | undefined; parked?: string | undefined }

export function wishOf(call: Call): Wish {
  const text = (name: string) =>
    (call.request.method === 'GET' ? call.query[name] : typedText(call, name)) || undefined
  const parked = text('parked')
  return {
    page: localPath(text('then')),
    parked: parked !== undefined && /^[\w-]{16,64}$/.test(parked) ? parked : undefined,
  }
}

/** The wish as hidden fields or as a query: what `wishOf` reads again. */
export const carried = ({ page, parked }: Wish): Record<string, string | undefined> =>
  Object.fromEntries([
    ['then', page],
    ['parked', parked],
  ])

const nowhere = 'http://town.invalid'

/**
 * A path inside the town, written out as browsers understand it; undefined for anything that would lead elsewhere: another host, `//…`,
 * `/\\…`, another scheme.
 */
export function localPath(text: string | undefined): string | undefined {
  if (!text?.startsWith('/') || text.length > 2000 || !URL.canParse(text, nowhere)) return undefined
  const target = new URL(text, nowhere)
  if (target.origin !== nowhere || target.pathname.startsWith('//')) return undefined
  return target.pathname + target.search
}

/** The address a wish leads to: the form that waits, the page that was asked for, or the page of this kind of visitor. */
export function destination(call: Call, wish: Wish, home: Address): string {
  if (wish.parked) return url(call, addresses.parked, { token: wish.parked })
  return wish.page ? call.town.prefix + wish.page : url(call, home)
}
