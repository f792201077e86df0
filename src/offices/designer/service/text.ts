import { type Call, idParam, param, read, wholeOf } from '../../../web/call.ts'
import { textOfVersion } from '../../catalogue/index.ts'
import { getWholeDraft } from '../drafts/store.ts'

/** GET: the text of a version, to the letter. */
export async function sendVersionText(call: Call): Promise<Response> {
  const [code, version] = [param(call, 'code'), wholeOf(param(call, 'version'))]
  const { source } = await read(call, tx => textOfVersion(tx, code, version))
  return send(source, `${code}-${version}.yaml`)
}

/** GET: the text of a draft, to the letter. */
export async function sendDraftText(call: Call): Promise<Response> {
  const { draft, source } = await read(call, tx => getWholeDraft(tx, idParam(call, 'draft')))
  return send(source, `${draft.code}.yaml`)
}

const send = (source: string, name: string): Response =>
  new Response(source, {
    headers: {
      'content-type': 'text/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name.replace(/[^A-Za-z0-9.-]/g, '')}"`,
      'cache-control': 'no-store',
    },
  })
