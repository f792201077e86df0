import type { Paper } from '../../../../kernel/definition/index.ts'
import { isoDate } from '../../../../kernel/form/index.ts'
import { checkPaper, matchPapers } from '../../../../kernel/papers/index.ts'
import { isCalendarDate } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Read, Write } from '../../../../platform/database/index.ts'
import { type Call, typedText } from '../../../../web/call.ts'
import {
  type AdmittedFile,
  type ArchiveDocument,
  addDocument,
  admitForm,
  dateDocument,
  documentsByIds,
  documentsOf,
} from '../../../archive/index.ts'
import { record } from '../../../audit/index.ts'
import { saveDraft } from '../../drafts.ts'
import { citizenOf } from '../citizen.ts'
import type { Filing } from './desk.ts'

/** A paper of the form: what was handed in, and what the archive has that would do. */
export type PaperInHand = { paper: Paper; given: ArchiveDocument[]; offered: ArchiveDocument | undefined }

/** The papers these answers call for, as they stand. */
export async function papersInHand(tx: Read, filing: Filing): Promise<PaperInHand[]> {
  const { draft, papers, today } = filing
  const ids = papers.flatMap(paper => (draft.papers[paper.id] ?? []).map(each => each.documentId))
  const given = await documentsByIds(tx, ids)
  const kinds = [...new Set(papers.map(paper => paper.kind))]
  const archived = (await documentsOf(tx, draft.personId, kinds, today)).filter(
    each => !ids.includes(each.id),
  )
  const matched = matchPapers(
    papers,
    archived.map(each => ({
      documentId: each.id,
      kind: each.kind,
      ownerMatches: true,
      ...(each.issuedOn !== undefined && { issuedOn: each.issuedOn }),
      ...(each.validUntil !== undefined && { validUntil: each.validUntil }),
    })),
    today,
  )
  return matched.map(({ paper, offered }) => ({
    paper,
    given: given.filter(each => draft.papers[paper.id]?.some(one => one.documentId === each.id)),
    offered: archived.find(each => each.id === offered),
  }))
}

/** The names of a paper's boxes. */
export const boxes = {
  file: (paper: Paper) => `paper.${paper.id}`,
  issued: (paper: Paper) => `issued.${paper.id}`,
  use: (paper: Paper) => `use.${paper.id}`,
}

const plainType = (type: string) => type.replace(/^.*\//, '')

/** The day of issue as typed: a date, nothing, or not readable. */
function issuedOn(call: Call, paper: Paper): string | undefined | null {
  const typed = typedText(call, boxes.issued(paper))
  if (typed.trim() === '') return undefined
  const date = isoDate(typed)
  return date && isCalendarDate(date) ? date : null
}

/** What was posted for the papers, checked; nothing is written yet. */
export type PostedPaper = {
  hand: PaperInHand
  arrived: AdmittedFile[]
  issued: string | undefined
  useOffered: boolean
  faults: Fault[]
}

/** Takes in the files of the page and checks each paper with them; `whole` also asks for what is missing. */
export async function readPapers(
  call: Call,
  hands: PaperInHand[],
  today: string,
  whole: boolean,
): Promise<PostedPaper[]> {
  const posted: PostedPaper[] = []
  for (const hand of hands) {
    const { paper, given, offered } = hand
    const field = boxes.file(paper)
    const { admitted, faults: refused } = await admitForm(call, field)
    const faults: Fault[] = refused.map(({ code, values }) => ({
      field,
      code,
      values: { ...values, ...(values?.megabytes !== undefined && { max: values.megabytes }) },
    }))
    const typed = issuedOn(call, paper)
    const known = given.at(-1)?.issuedOn
    const issued = typed ?? known
    const arrived = admitted.filter(file => {
      const wrong = !(paper.accept as string[]).includes(plainType(file.type))
      if (wrong) faults.push({ field, code: 'file-type', values: { accept: paper.accept.join('، ') } })
      return !wrong
    })
    const useOffered =
      offered !== undefined && arrived.length + given.length === 0 && typedText(call, boxes.use(paper)) !== ''
    if (typed === null) faults.push({ field: boxes.issued(paper), code: 'not-a-date' })
    else if (arrived.length + given.length > 0) {
      const type = plainType((arrived[0] ?? given[0])?.type ?? '')
      const fault = checkPaper(paper, { type, size: 1, ...(issued && { issuedOn: issued }) }, today)
      if (fault && (whole || fault.code !== 'paper-without-date') && fault.code !== 'file-type')
        faults.push({ ...fault, field: boxes.issued(paper) })
    } else if (whole && !useOffered && !paper.optional && refused.length === 0 && faults.length === 0)
      faults.push({ field, code: 'file-missing' })
    posted.push({ hand, arrived, issued: issued ?? undefined, useOffered, faults })
  }
  return posted
}

/** Files what arrived and hangs it on the form. */
export async function keepPapers(
  tx: Write,
  call: Call,
  filing: Filing,
  posted: PostedPaper[],
  removed: string | undefined,
): Promise<void> {
  const { personId } = citizenOf(call)
  const by = { kind: 'citizen', id: personId }
  const papers = { ...filing.draft.papers }
  for (const { hand, arrived, issued, useOffered } of posted) {
    const { paper, offered } = hand
    const list = (papers[paper.id] ?? []).filter(each => each.documentId !== removed)
    for (const file of arrived) {
      const documentId = await addDocument(tx, {
        admitted: file,
        kind: paper.kind,
        title: paper.name.ar,
        ownerId: filing.draft.personId,
        issuedOn: issued,
        source: 'upload',
        by,
      })
      list.push({ documentId, state: 'supplied' })
      await record(tx, {
        actor: by,
        act: 'document.uploaded',
        subjectKind: 'document',
        subjectId: documentId,
        personId: filing.draft.personId,
      })
    }
    if (issued)
      for (const each of hand.given) if (each.issuedOn !== issued) await dateDocument(tx, each.id, issued, by)
    const supplied = list.filter(each => each.state === 'supplied')
    if (useOffered && offered) papers[paper.id] = [{ documentId: offered.id, state: 'offered' }]
    else papers[paper.id] = supplied.length > 0 ? supplied : list
    if (papers[paper.id]?.length === 0) delete papers[paper.id]
  }
  await saveDraft(tx, filing.draft.id, { papers })
}
