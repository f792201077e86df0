import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, NotFound } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, param, read } from '../../../web/call.ts'
import { acts, citizenOrStaff, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { mostBytes, mostMegabytes } from '../model.ts'
import { finish } from './finish.ts'
import { findUpload, type Upload } from './store.ts'
import { answerTus, bytesOf, tellEnd } from './tus.ts'

const sender = citizenOrStaff('request.act')
const protocol = { 'Tus-Resumable': '1.0.0', 'Cache-Control': 'no-store' }

/** Sending in pieces that survive a broken connection (tus 1.0). */
export const uploadRoutes: Route[] = [
  route({
    method: 'options',
    address: addresses.uploads,
    access: everyone('says which protocol is spoken, and nothing else'),
    audit: nothing('says nothing of anybody'),
    rawBody: true,
    handle: answerTus,
  }),
  route({
    method: 'post',
    address: addresses.uploads,
    access: sender,
    audit: acts('document.uploaded'),
    rawBody: true,
    handle: begin,
  }),
  route({
    method: 'head',
    address: addresses.upload,
    access: sender,
    audit: nothing('how much of one’s own file arrived'),
    rawBody: true,
    handle: howFar,
  }),
  route({
    method: 'patch',
    address: addresses.upload,
    access: sender,
    audit: acts('document.uploaded'),
    rawBody: true,
    handle: async call => {
      const upload = await ownUpload(call)
      return upload.documentId ? arrived(call, upload) : answerTus(call)
    },
  }),
  route({
    method: 'delete',
    address: addresses.upload,
    access: sender,
    audit: nothing('throws away one’s own half-sent file'),
    rawBody: true,
    handle: async call => {
      await ownUpload(call)
      return answerTus(call)
    },
  }),
]

async function ownUpload(call: Call): Promise<Upload> {
  const id = param(call, 'id')
  const upload = isId(id) && (await read(call, tx => findUpload(tx, id, actorKey(call.visitor.actor))))
  if (!upload) throw new NotFound('no-such-upload')
  return upload
}

async function begin(call: Call): Promise<Response> {
  const length = Number(call.request.headers.get('upload-length') ?? Number.NaN)
  if (!Number.isSafeInteger(length) || length < 0) throw new BadRequest('upload-length-missing')
  if (length > mostBytes) {
    const fault = {
      code: 'file-too-large',
      values: { megabytes: mostMegabytes, max: mostMegabytes },
    } as const
    const { headers, body } = tellEnd(call, { fault })
    return new Response(body, { status: 413, headers: { ...protocol, ...headers } })
  }
  return answerTus(call)
}

/** A sending whose last answer was lost is brought to its end here: the sender asks, and hears of the document. */
async function howFar(call: Call): Promise<Response> {
  const upload = await ownUpload(call)
  if (upload.documentId) return arrived(call, upload)
  const answer = await answerTus(call)
  if (Number(answer.headers.get('upload-offset')) !== upload.size || answer.status !== 200) return answer
  const end = await finish(call, upload.id, bytesOf(call, upload.id))
  const { status, headers } = tellEnd(call, end)
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return new Response(null, { status, headers: answer.headers })
}

function arrived(call: Call, upload: Upload): Response {
  const { status, headers, body } = tellEnd(call, { documentId: upload.documentId ?? '' })
  const offsets = { 'Upload-Offset': String(upload.size), 'Upload-Length': String(upload.size) }
  return new Response(call.request.method === 'HEAD' ? null : body, {
    status,
    headers: { ...protocol, ...offsets, ...headers },
  })
}
