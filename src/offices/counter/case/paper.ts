import type { Paper } from '../../../kernel/definition/index.ts'
import { isoDate } from '../../../kernel/form/index.ts'
import { checkPaper } from '../../../kernel/papers/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, param, read, typedText, url, write } from '../../../web/call.ts'
import { type AdmittedFile, addDocument, admitForm, dateDocument, documentsOf } from '../../archive/index.ts'
import { record } from '../../audit/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Draft, saveDraft } from '../../requests/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { markAttached, scannedFile } from '../scans/store.ts'
import { counterDraft } from '../store.ts'
import { keepCase, keepNow } from './keep.ts'
import { boxes } from './papers-pane.tsx'
import { showCaseAgain } from './show.tsx'

/** Takes one paper in: scanned pages, the archive's own copy, its day of issue; or takes a page back. */
export async function takePaper(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const { paper, given } = await paperOf(call, draftId)
  const typed = typedText(call, 'scan')
  const scanId = isId(typed) ? typed : undefined
  const posted = await readPaper(call, paper, given, scanId)
  if (posted.faults.length > 0) {
    await keepNow(call, draftId)
    return showCaseAgain(call, { faults: posted.faults })
  }
  return write(call, async tx => {
    const { draft } = await keepCase(tx, call, draftId)
    if (draft.requestId) return { redirect: url(call, addresses.counterReceived, { id: draft.requestId }) }
    await hang(tx, call, draft, paper, posted, scanId)
    return { redirect: `${url(call, addresses.counterDraft, { draft: draftId })}#papers` }
  })
}

async function paperOf(call: Call, draftId: string): Promise<{ paper: Paper; given: boolean }> {
  return read(call, async tx => {
    const draft = await counterDraft(tx, draftId)
    const { service } = (await catalogueOf(tx)).get(draft.serviceCode, draft.serviceVersion)
    const paper = service.definition.papers.find(each => each.id === param(call, 'paper'))
    if (!paper) throw new NotFound('no-such-page')
    return { paper, given: (draft.papers[paper.id]?.length ?? 0) > 0 }
  })
}

/** What arrived for a paper, checked; nothing is written yet. */
export type PostedPaper = { admitted: AdmittedFile[]; issuedOn: string | undefined; faults: Fault[] }

const plainType = (type: string) => type.replace(/^.*\//, '')

/** Reads and checks the files and the day of issue posted for a paper. */
export async function readPaper(
  call: Call,
  paper: Paper,
  given: boolean,
  scanId?: string,
): Promise<PostedPaper> {
  const field = boxes.file(paper.id)
  const { admitted: sent, faults: refused } = await admitForm(call, field)
  const scanned = scanId ? await read(call, tx => scannedFile(tx, scanId)) : undefined
  const admitted = scanned ? [...sent, scanned] : sent
  const faults: Fault[] = refused.map(({ code, values = {} }) => ({
    field: paper.id,
    code,
    values: { ...values, ...(values.megabytes !== undefined && { max: values.megabytes }) },
  }))
  const typed = typedText(call, boxes.issued(paper.id))
  const date = typed.trim() === '' ? undefined : isoDate(typed)
  const issuedOn = date !== undefined && isCalendarDate(date) ? date : undefined
  if (typed.trim() !== '' && !issuedOn) faults.push({ field: boxes.issued(paper.id), code: 'not-a-date' })
  const today = dateIn(call.now, call.town.timeZone)
  for (const file of admitted) {
    const arrived = { type: file.type, size: file.size, ...(issuedOn && { issuedOn }) }
    const fault = checkPaper(paper, arrived, today)
    // A day that is not written yet may be written after the scan; filing asks for it.
    if (!fault || fault.code === 'paper-without-date') continue
    const ofFile = fault.code.startsWith('file-')
    const accept = paper.accept.join('، ')
    faults.push({
      ...fault,
      field: ofFile ? paper.id : boxes.issued(paper.id),
      ...(fault.code === 'file-type' && { values: { type: plainType(file.type), accept } }),
    })
    break
  }
  if (given && admitted.length === 0 && issuedOn) {
    const fault = checkPaper(paper, { type: paper.accept[0] ?? 'pdf', size: 1, issuedOn }, today)
    if (fault) faults.push({ ...fault, field: boxes.issued(paper.id) })
  }
  return { admitted, issuedOn, faults }
}

/** Files scanned pages of a person's paper in the archive; gives the documents. */
export async function shelve(
  tx: Write,
  call: Call,
  personId: string,
  paper: Paper,
  { admitted, issuedOn }: PostedPaper,
): Promise<string[]> {
  const ids: string[] = []
  for (const file of admitted) {
    const id = await addDocument(tx, {
      admitted: file,
      kind: paper.kind,
      title: paper.name.ar,
      ownerId: personId,
      issuedOn,
      source: 'scan',
      by: actorKey(call.visitor.actor),
    })
    await record(tx, {
      actor: byOf(call),
      act: 'document.uploaded',
      subjectKind: 'document',
      subjectId: id,
      personId,
    })
    ids.push(id)
  }
  return ids
}

async function hang(
  tx: Write,
  call: Call,
  draft: Draft,
  paper: Paper,
  posted: PostedPaper,
  scanId: string | undefined,
): Promise<void> {
  const dropped = typedText(call, 'drop')
  const before = (draft.papers[paper.id] ?? []).filter(each => each.documentId !== dropped)
  const scanned = await shelve(tx, call, draft.personId, paper, posted)
  const documentId = scanned.at(-1)
  if (scanId && documentId) await markAttached(tx, scanId, { documentId, by: clerkOf(call).staffId })
  const use = typedText(call, 'use')
  const archived = use !== '' && (await isTheirs(tx, call, draft, paper, use)) ? [use] : []
  if (posted.issuedOn)
    for (const each of before.filter(({ state }) => state === 'supplied'))
      await dateDocument(tx, each.documentId, posted.issuedOn, byOf(call))
  const papers = {
    ...draft.papers,
    [paper.id]: [
      ...before,
      ...archived.map(documentId => ({ documentId, state: 'offered' as const })),
      ...scanned.map(documentId => ({ documentId, state: 'supplied' as const })),
    ],
  }
  if (papers[paper.id]?.length === 0) delete papers[paper.id]
  await saveDraft(tx, draft.id, { papers })
}

async function isTheirs(
  tx: Write,
  call: Call,
  draft: Draft,
  paper: Paper,
  documentId: string,
): Promise<boolean> {
  const today = dateIn(tx.now, call.town.timeZone)
  return (await documentsOf(tx, draft.personId, [paper.kind], today)).some(each => each.id === documentId)
}
