import { Readable } from 'node:stream'
import { dateIn } from '../../../lib/calendar.ts'
import type { Call } from '../../../web/call.ts'
import { openFile } from './keep.ts'
import type { CopyFile, FileKind } from './store.ts'

const types: Record<FileKind, string> = {
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
  files: 'application/zip',
}
const endings: Record<FileKind, string> = { pdf: 'pdf', json: 'json', files: 'zip' }

/** Hands a file of a copy over, opened as it goes out: kept by no cache, shown in no page. */
export function sendFile(call: Call, file: CopyFile): Response {
  const day = dateIn(call.now, call.town.timeZone)
  const ending = endings[file.kind]
  const stem = file.name.replace(/\.[a-z]+$/, '')
  const name = encodeURIComponent(`${stem}-${day}.${ending}`).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const bytes = Readable.from(openFile(call.house, call.town.id, file))
  return new Response(Readable.toWeb(bytes) as unknown as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': types[file.kind],
      'content-length': String(file.size),
      'content-disposition': `attachment; filename="my-data-${file.no}-${day}.${ending}"; filename*=UTF-8''${name}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  })
}
