import { createHash } from 'node:crypto'
import { z } from 'zod'
import { addresses } from '../../lib/addresses.ts'
import { isCalendarDate } from '../../lib/calendar.ts'
import { BadRequest, InvalidInput } from '../../lib/errors.ts'
import { actorKey } from '../../web/actor.ts'
import { readBytes } from '../../web/body.ts'
import { type Call, write } from '../../web/call.ts'
import { acts } from '../../web/route.ts'
import { addDocument, admitFile, mostBytes } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { endpoint } from './endpoint.ts'
import { day, id } from './shapes.ts'

/** What the form around a file may add to it. */
const envelopeBytes = 64 * 1024

const answer = z.object({
  document: id,
  type: z.string(),
  size: z.int(),
  pages: z.int().optional(),
  sha256: z.string(),
})

type Sent = { bytes: Buffer; name: string }

export const fileEndpoint = endpoint({
  method: 'post',
  address: addresses.apiFiles,
  scope: 'requests:write',
  audit: acts('document.uploaded'),
  summary: 'Send a file, to be named in a request',
  description:
    'The bytes themselves, or multipart/form-data with one part `file`. Checked by content, not by name.',
  rawBody: { type: 'application/octet-stream', description: 'PDF, JPEG, PNG, HEIC or TIFF of at most 25 MB' },
  query: z.object({
    name: z.string().max(200).default(''),
    kind: z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/)
      .default('other')
      .describe('the archive’s kind, as a paper’s `kind`'),
    issuedOn: day.optional().describe('the day it was issued, where a paper has a term'),
  }),
  answer,
  status: 201,
  idempotent: 'kept',
  handle: async (call, { query }) => {
    if (query.issuedOn !== undefined && !isCalendarDate(query.issuedOn))
      throw new InvalidInput([{ field: '?issuedOn', code: 'not-a-date' }])
    const { bytes, name } = await receive(call, query.name)
    const { admitted, fault } = await admitFile(call.house, call.town.id, bytes, name)
    if (!admitted) throw new BadRequest(fault.code, fault.values)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    // What the key of a repetition is compared by: the content, since the body was not kept as text.
    call.typed = { sha256 }
    return write(call, async tx => {
      const by = actorKey(call.visitor.actor)
      const document = await addDocument(tx, {
        admitted,
        kind: query.kind,
        title: admitted.fileName,
        issuedOn: query.issuedOn,
        source: 'upload',
        by,
      })
      await record(tx, {
        actor: by,
        act: 'document.uploaded',
        subjectKind: 'document',
        subjectId: document,
      })
      const { type, size, pages } = admitted
      const json: z.input<typeof answer> = {
        document,
        type,
        size,
        sha256,
        ...(pages !== undefined && { pages }),
      }
      return { json, status: 201 }
    })
  },
})

async function receive({ request }: Call, name: string): Promise<Sent> {
  const type = request.headers.get('content-type') ?? ''
  if (!request.body) throw new BadRequest('file-missing')
  if (!type.startsWith('multipart/form-data')) return { bytes: await readBytes(request, mostBytes), name }
  const bytes = await readBytes(request, mostBytes + envelopeBytes)
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(cause => {
      throw new BadRequest('unreadable-form', {}, { cause })
    })
  const file = form.get('file')
  if (!(file instanceof File)) throw new BadRequest('file-missing')
  return { bytes: Buffer.from(await file.arrayBuffer()), name: name || file.name }
}
