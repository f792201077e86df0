import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { addresses } from '../../lib/addresses.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Read } from '../../platform/database/index.ts'
import { type Call, idParam, param, read } from '../../web/call.ts'
import { readerPolicy } from '../../web/guarded.ts'
import { citizenOrStaff, looks, type Route, route } from '../../web/route.ts'
import { lookInto } from '../looks/index.ts'
import { openContent, readContent } from './admit.ts'
import { type ArchiveDocument, endingOf, mostPagesShown } from './model.ts'
import { drawPage } from './pictures.ts'
import type { DocumentAccess } from './routes.ts'
import { refuseInfected, refuseUnscanned } from './scan.ts'
import { findVisible } from './store.ts'

const reader = citizenOrStaff('paper.read', 'certificate.read')

/** The file itself, its safe copy, and its small picture. */
export function documentRoutes(access: DocumentAccess): Route[] {
  return [
    route({
      method: 'get',
      address: addresses.document,
      access: reader,
      audit: looks('document.opened'),
      handle: async call => {
        const document = await visibleDocument(call, access)
        refuseUnscanned(document)
        await lookAt(call, document)
        return serveOriginal(call, document)
      },
    }),
    route({
      method: 'get',
      address: addresses.documentPreview,
      access: reader,
      audit: looks('document.previewed'),
      handle: async call => {
        const document = await visibleDocument(call, access)
        if (!document.preview) throw new NotFound('picture-not-ready')
        await lookAt(call, document)
        return servePicture(call, document.preview, 'image/jpeg')
      },
    }),
    route({
      method: 'get',
      address: addresses.documentPage,
      access: reader,
      audit: looks('document.previewed'),
      handle: async call => {
        const document = await visibleDocument(call, access)
        const page = Number(param(call, 'page'))
        const most = Math.min(document.pages ?? 1, mostPagesShown)
        if (document.type !== 'application/pdf' || !Number.isInteger(page) || page < 1 || page > most) {
          throw new NotFound('no-such-page')
        }
        await lookAt(call, document)
        return servePage(call, document, page)
      },
    }),
    route({
      method: 'get',
      address: addresses.documentThumbnail,
      access: reader,
      audit: looks('document.thumbnail'),
      handle: async call => {
        const document = await visibleDocument(call, access)
        if (!document.thumbnail) throw new NotFound('picture-not-ready')
        return servePicture(call, document.thumbnail, 'image/webp')
      },
    }),
  ]
}

async function visibleDocument(call: Call, access: DocumentAccess): Promise<ArchiveDocument> {
  const id = idParam(call, 'id')
  const document = await read(call, tx => findVisible(tx, id, access.visible(call.visitor.actor)))
  if (!document) throw new NotFound('no-such-document')
  refuseInfected(document)
  return document
}

/**
 * Staff who open somebody's paper are written down. Not for the small pictures: they come with a page that has written its own look, and
 * a page of ten would write ten.
 */
async function lookAt(call: Call, document: ArchiveDocument): Promise<void> {
  const { ownerId: personId, id: subjectId, title: cause } = document
  if (call.visitor.actor.kind !== 'staff' || !personId) return
  // Whoever added it a moment ago, a scan at the window, looks at what they hold in their hands.
  const { staffId } = call.visitor.actor
  await read(call, async tx => {
    const added = document.addedBy.id === staffId && tx.now.getTime() - document.addedAt.getTime() < leafingMs
    const seen = { personId, subjectKind: 'document', subjectId, cause }
    const noted = await isLookedAt(tx, seen, staffId)
    if (!noted) await lookInto(call, tx, seen, added ? { kind: 'task' } : undefined)
  })
}

/** Leafing through the pages of a paper is one look, not forty. */
const leafingMs = 15 * 60_000

async function isLookedAt(
  tx: Read,
  { personId, subjectId }: { personId: string; subjectId: string },
  staffId: string,
): Promise<boolean> {
  const { rows } = await sql`select 1 from audit
     where municipality_id = ${tx.town} and person_id = ${personId} and at > ${new Date(tx.now.getTime() - leafingMs)}
       and actor_id = ${staffId} and subject_id = ${subjectId} and act like 'document.%' limit 1`.execute(
    tx.q,
  )
  return rows.length > 0
}

const picturePolicy = "default-src 'none'; sandbox"
const guarded = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' }

async function servePicture(call: Call, sha256: Buffer, type: string): Promise<Response> {
  const etag = `"${sha256.toString('hex')}"`
  const headers = {
    ...guarded,
    etag,
    'content-type': type,
    'cache-control': 'private, max-age=86400',
    'content-security-policy': picturePolicy,
  }
  if (call.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(webStream(await openContent(call.house, call.town.id, sha256)), { headers })
}

/** A later page of a PDF, drawn when it is looked at and kept by the browser. One that cannot be drawn is a page that does not exist. */
async function servePage(call: Call, document: ArchiveDocument, page: number): Promise<Response> {
  const etag = `"${document.sha256.toString('hex')}.${page}"`
  const headers = {
    ...guarded,
    etag,
    'content-type': 'image/jpeg',
    'cache-control': 'private, max-age=86400',
    'content-security-policy': picturePolicy,
  }
  if (call.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const bytes = await readContent(call.house, call.town.id, document.sha256)
  const picture = await drawPage(bytes, page).catch(() => undefined)
  if (!picture) throw new NotFound('no-such-page')
  return new Response(new Uint8Array(picture), { headers })
}

/** Shown in the page where a browser shows such a file safely, else handed over; `?download` always hands it over. */
async function serveOriginal(call: Call, document: ArchiveDocument): Promise<Response> {
  const shown =
    document.type !== 'image/heic' && document.type !== 'image/tiff' && call.query.download === undefined
  const etag = `"${document.sha256.toString('hex')}"`
  const headers: Record<string, string> = {
    ...guarded,
    etag,
    'content-type': document.type,
    'content-disposition': disposition(shown ? 'inline' : 'attachment', document),
    'cache-control': 'private, no-cache',
    'content-security-policy': document.type === 'application/pdf' ? readerPolicy : picturePolicy,
    'accept-ranges': 'bytes',
  }
  if (call.request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers })
  const range = rangeOf(call.request, document.size, etag)
  if (range === 'none') {
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${document.size}` },
    })
  }
  const content = await openContent(call.house, call.town.id, document.sha256)
  if (!range)
    return new Response(webStream(content), {
      headers: { ...headers, 'content-length': String(document.size) },
    })
  headers['content-range'] = `bytes ${range.from}-${range.to}/${document.size}`
  headers['content-length'] = String(range.to - range.from + 1)
  return new Response(webStream(Readable.from(part(content, range))), { status: 206, headers })
}

type Range = { from: number; to: number }

/** One range, as readers of PDF ask; several at once are answered with the whole. */
function rangeOf(request: Request, size: number, etag: string): Range | 'none' | undefined {
  const condition = request.headers.get('if-range')
  const found = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get('range') ?? '')
  if (!found || (condition && condition !== etag)) return undefined
  const [, first = '', last = ''] = found
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to || from >= size ? 'none' : { from, to }
}

async function* part(content: Readable, { from, to }: Range): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const chunk of content as AsyncIterable<Uint8Array>) {
    const start = Math.max(0, from - at)
    const end = Math.min(chunk.length, to + 1 - at)
    if (start < end) yield chunk.subarray(start, end)
    at += chunk.length
    if (at > to) return
  }
}

const webStream = (content: Readable) => Readable.toWeb(content) as unknown as ReadableStream<Uint8Array>

/** A name for saving: as it came where it can be, and with the ending its content deserves. */
function disposition(
  how: 'inline' | 'attachment',
  document: Pick<ArchiveDocument, 'fileName' | 'title' | 'type'>,
): string {
  const ending = endingOf(document.type)
  const stem = (document.fileName || document.title).replace(/\.[A-Za-z0-9]{1,5}$/, '') || 'document'
  const name = `${stem}.${ending}`
  const plain = `${stem.replace(/[^A-Za-z0-9 ._-]+/g, '').trim() || 'document'}.${ending}`
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
