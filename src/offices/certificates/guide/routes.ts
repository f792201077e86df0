import { createHash } from 'node:crypto'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Call, read } from '../../../web/call.ts'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { amountsOn, catalogueOf, printedGuide } from '../../catalogue/index.ts'
import { officesOf } from '../../people/index.ts'
import { townOf } from '../paper/town.ts'
import { setGuide } from './book.ts'

/** Guides set already, by what stands in them: setting one takes a second, and many ask for the same. */
const kept = new Map<string, Buffer>()
const mostKept = 8

/** `/open/guide.pdf`: the whole guide of services, to print and to lay out in the hall. */
async function downloadGuide(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const { town, guide } = await read(call, async tx => {
    const { offered } = await catalogueOf(tx)
    const offices = new Map((await officesOf(tx)).map(({ code, name }) => [code, name]))
    return {
      town: await townOf(tx),
      guide: printedGuide(offered, offices, await amountsOn(tx, today), today),
    }
  })
  const key = createHash('sha256')
    .update(JSON.stringify([town, guide, today]))
    .digest('base64url')
  const headers = {
    'content-type': 'application/pdf',
    'cache-control': 'public, max-age=300',
    etag: `"${key}"`,
  }
  if (call.request.headers.get('if-none-match') === headers.etag)
    return new Response(null, { status: 304, headers })
  const pdf = kept.get(key) ?? setGuide(town, guide, call.now).pdf
  kept.delete(key)
  kept.set(key, pdf)
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
  return new Response(new Uint8Array(pdf), { headers })
}

export const guideRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.guideBook,
    access: everyone('the guide of services is public'),
    audit: nothing('says nothing of anybody'),
    handle: downloadGuide,
  }),
]
