import { NotFound } from '../../../lib/errors.ts'
import { type Call, param, read } from '../../../web/call.ts'
import { officesOf } from '../../people/index.ts'
import { writeBpmn } from '../bpmn/write.ts'
import { catalogueOf } from '../shelf.ts'

/** `/services/CODE/bpmn`: the way of a service as a file other tools read. */
export async function downloadBpmn(call: Call): Promise<Response> {
  const { found, offices } = await read(call, async tx => ({
    found: (await catalogueOf(tx)).find(param(call, 'code')),
    offices: new Map((await officesOf(tx)).map(({ code, name }) => [code, name])),
  }))
  if (!found) throw new NotFound('no-such-page')
  const xml = await writeBpmn(found.service.definition, { offices, locale: call.locale })
  return new Response(xml, {
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'content-disposition': `attachment; filename="${found.code}.bpmn"`,
      'cache-control': 'public, max-age=300',
    },
  })
}
