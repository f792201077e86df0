import { addDays } from '../../lib/calendar.ts'
import type { CompiledService, RuleValues } from '../definition/compiled.ts'
import type { Paper } from '../definition/model.ts'
import type { FormFault } from '../form/model.ts'

/** What the archive holds of the people of a request. */
export type ArchivedPaper = {
  documentId: string
  /** The archive's kind of document, as a paper's `kind`. */
  kind: string
  issuedOn?: string
  validUntil?: string
  /** Whether it belongs to the person it is asked of. */
  ownerMatches: boolean
}

/** A paper to bring, or the one already in the archive that does for it. */
export type MatchedPaper = { paper: Paper; offered?: string }

/** What arrived as a paper: `type` is 'pdf' or 'application/pdf', `size` is in bytes. */
export type ArrivedPaper = { type: string; issuedOn?: string; size: number }

/** Larger files than this are refused, in megabytes. */
export const paperMegabytes = 25

/** The papers these answers call for, in the order of the definition; optional ones are among them, marked so. */
export function requiredPapers(service: CompiledService, values: RuleValues): Paper[] {
  return service.papers.filter(({ applies }) => applies(values)).map(({ paper }) => paper)
}

/**
 * Offers the archive's own copy where a fresh one of the same kind and person is there; the newest goes first, and none is offered
 * for two papers. A paper that must be shown as an original is offered too: the offer spares the copy, not the showing.
 */
export function matchPapers(
  required: readonly Paper[],
  archived: readonly ArchivedPaper[],
  today: string,
): MatchedPaper[] {
  const newestFirst = [...archived].sort((a, b) => (b.issuedOn ?? '').localeCompare(a.issuedOn ?? ''))
  const given = new Set<string>()
  return required.map(paper => {
    const match = newestFirst.find(
      document => !given.has(document.documentId) && serves(paper, document, today),
    )
    if (!match) return { paper }
    given.add(match.documentId)
    return { paper, offered: match.documentId }
  })
}

function serves(paper: Paper, document: ArchivedPaper, today: string): boolean {
  if (document.kind !== paper.kind || !document.ownerMatches) return false
  if (document.validUntil !== undefined && document.validUntil < today) return false
  if (document.issuedOn !== undefined && document.issuedOn > today) return false
  if (paper.validDays === undefined) return true
  return document.issuedOn !== undefined && !isTooOld(document.issuedOn, paper.validDays, today)
}

const isTooOld = (issuedOn: string, validDays: number, today: string) => addDays(issuedOn, validDays) < today

/** What is wrong with a paper that arrived, if anything; `field` is the paper's id. */
export function checkPaper(paper: Paper, arrived: ArrivedPaper, today: string): FormFault | undefined {
  const fault = (code: FormFault['code'], values?: FormFault['values']): FormFault =>
    values ? { field: paper.id, code, values } : { field: paper.id, code }
  const { issuedOn, size } = arrived
  const type = arrived.type.slice(arrived.type.lastIndexOf('/') + 1)
  if (!paper.accept.some(accepted => accepted === type)) {
    return fault('file-type', { type, accept: paper.accept.join(', ') })
  }
  if (size <= 0) return fault('file-empty')
  if (size > paperMegabytes * 1024 * 1024) return fault('file-too-large', { max: paperMegabytes })
  if (issuedOn !== undefined && issuedOn > today) return fault('paper-from-future', { today })
  if (paper.validDays === undefined) return undefined
  if (issuedOn === undefined) return fault('paper-without-date')
  return isTooOld(issuedOn, paper.validDays, today)
    ? fault('paper-too-old', { days: paper.validDays })
    : undefined
}

/** What a document must be to do for a paper on a day: `checkPaper` as data, for the database to hold it to. */
export type PaperTerms = {
  /** Content types, whole. */
  types: string[]
  mostBytes: number
  /** The earliest day of issue, where the age matters; then there must be one. */
  issuedFrom: string | undefined
  issuedUntil: string
}

/** The terms of a paper. A document meets them exactly where `checkPaper` finds nothing. */
export function paperTerms(paper: Paper, today: string): PaperTerms {
  return {
    types: paper.accept.map(type => (type === 'pdf' ? 'application/pdf' : `image/${type}`)),
    mostBytes: paperMegabytes * 1024 * 1024,
    issuedFrom: paper.validDays === undefined ? undefined : addDays(today, -paper.validDays),
    issuedUntil: today,
  }
}
