import type { Actor } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { translate } from '../../../lib/texts.ts'
import type { Write } from '../../../platform/database/index.ts'
import { aside, type Call, param, read, typedText, url } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import {
  type AdmittedFile,
  addDocument,
  admitForm,
  judgePhoto,
  mostMegabytes,
  thumbnailOfFile,
} from '../../archive/index.ts'
import { countTry, findLink, type LinkOpener, mostTries, type ShortLink } from '../../messaging/index.ts'
import { performAct } from '../actions.ts'
import { attachPaper } from '../papers.ts'
import { mostFiles, openKept, sealKept } from './kept.ts'
import { type Kept, PaperEnd, PaperPage, paperField } from './paper.tsx'
import { type Lacking, type Place, placeOf } from './place.ts'
import { shortTexts } from './words.ts'

/** A few photographs, or one large scan. */
const bodyLimit = 40 * 1024 * 1024

/** The papers a request lacks, sent by whoever holds the link: one at a time, as the officer asked for them. */
export const paperOpener: LinkOpener = { open: showPaper, take: takePaper, bodyLimit }

async function showPaper(call: Call, link: ShortLink): Promise<Response> {
  const place = await read(call, tx => placeOf(tx, link))
  const [lacking] = place.lacking
  if (!lacking || link.tries >= mostTries)
    return showPage(call, <PaperEnd place={place} tired={lacking !== undefined} />)
  return showPage(call, <PaperPage {...pageOf(call, place, lacking)} faults={[]} kept={undefined} />)
}

const pageOf = (call: Call, place: Place, lacking: Lacking) => ({
  place,
  lacking,
  code: param(call, 'code'),
})

async function takePaper(call: Call, link: ShortLink): Promise<Response> {
  const here = url(call, addresses.shortLink, { code: param(call, 'code') })
  const place = await read(call, tx => placeOf(tx, link))
  if (link.tries >= mostTries) return showPage(call, <PaperEnd place={place} tired />, 429)
  const lacking = place.lacking.find(({ id }) => id === typedText(call, paperField.paper))
  // It arrived meanwhile, from here or from the portal.
  if (!lacking) return redirect(here)
  const tries = await aside(call, tx => countTry(tx, link.id))
  if (tries > mostTries) return showPage(call, <PaperEnd place={place} tired />, 429)
  const { files, faults, kept } = await filesOf(call, link, lacking)
  if (faults.length > 0)
    return showPage(call, <PaperPage {...pageOf(call, place, lacking)} faults={faults} kept={kept} />, 422)
  // Safe to repeat by what the request lacks; the answer is not kept, since it leads to the code.
  await aside(call, tx => supply(tx, call, link, lacking.id, files))
  const key = place.lacking.length > 1 ? 'paper-arrived-more' : 'paper-arrived'
  flash(call, { text: translate(shortTexts, call.locale, key), tone: 'olive' })
  return redirect(here)
}

type Brought = { files: AdmittedFile[]; faults: Fault[]; kept: Kept | undefined }

/** The files of the form, looked at: what cannot be taken is refused, what can hardly be read is kept and asked about once. */
async function filesOf(call: Call, link: ShortLink, { paper }: Lacking): Promise<Brought> {
  const field = paperField.file
  const before = openKept(call, link, typedText(call, paperField.kept))
  if (before && typedText(call, paperField.asItIs) !== '')
    return { files: before, faults: [], kept: undefined }
  if ((call.files[field]?.length ?? 0) > mostFiles)
    return { files: [], faults: [{ field, code: 'too-many', values: { max: mostFiles } }], kept: undefined }
  const { admitted: files, faults: refused } = await admitForm(call, field)
  const faults = refused.map(
    ({ code, values }): Fault => ({
      field,
      code,
      values: { ...values, max: values?.megabytes ?? mostMegabytes },
    }),
  )
  const accept: readonly string[] = paper?.accept ?? []
  if (accept.length > 0 && files.some(({ type }) => !accept.includes(type.replace(/^.*\//, ''))))
    faults.push({ field, code: 'file-type', values: { accept: accept.join('، ') } })
  if (files.length === 0 && faults.length === 0) faults.push({ field, code: 'file-missing' })
  if (faults.length > 0) return { files, faults, kept: undefined }
  // A picture of a place or a fault holds nothing to be read.
  if (accept.length > 0 && !accept.includes('pdf')) return { files, faults: [], kept: undefined }
  for (const file of files) {
    const code = await judgePhoto(call.house, call.town.id, file)
    if (code) return { files, faults: [{ field, code }], kept: await keep(call, link, files) }
  }
  return { files, faults: [], kept: undefined }
}

async function keep(call: Call, link: ShortLink, files: AdmittedFile[]): Promise<Kept> {
  const thumbnails = await Promise.all(files.map(file => thumbnailOfFile(call.house, call.town.id, file)))
  return { sealed: sealKept(call, link, files), thumbnails }
}

/** Hangs the paper on the request and does what the applicant would do on the portal; written down as the holder of the link. */
async function supply(
  tx: Write,
  call: Call,
  { id }: ShortLink,
  paperId: string,
  files: readonly AdmittedFile[],
): Promise<void> {
  const link = await findLink(tx, call.house, param(call, 'code'), true)
  const place = link && (await placeOf(tx, link, true))
  const lacking = place?.lacking.find(each => each.id === paperId)
  if (!place || !lacking) return
  const { request } = place
  const by = { kind: 'link', id } as const
  for (const admitted of files) {
    const documentId = await addDocument(tx, {
      admitted,
      kind: lacking.paper?.kind ?? paperId,
      title: lacking.paper?.name.ar ?? lacking.words,
      ownerId: request.applicantId,
      source: 'upload',
      by,
    })
    await attachPaper(tx, request.id, { paperId, documentId, state: 'supplied' }, by)
  }
  const actor: Actor = { kind: 'citizen', personId: request.applicantId, level: 'claimed' }
  const note = shortTexts.ar['act-note']
  await performAct(tx, call, {
    requestId: request.id,
    name: 'supply-papers',
    actor,
    note,
    through: by,
    data: { supplied: [paperId] },
  })
}
