import { type Call, read } from '../../../web/call.ts'
import { usagesOf } from '../usages.ts'
import { selfOf } from './list.tsx'

const most = 5000

/** GET: the citizen's own list as a file, in the shape of the API. */
export async function downloadUsages(call: Call): Promise<Response> {
  const personId = selfOf(call)
  const usage = await read(call, tx =>
    usagesOf(tx, personId, { offset: 1, limit: most, locale: call.locale }),
  )
  return new Response(JSON.stringify({ usage }, null, 2), {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="usages.json"',
      'cache-control': 'private, no-store',
    },
  })
}
