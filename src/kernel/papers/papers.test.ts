import { describe, expect, it } from 'vitest'
import type { Paper } from '../definition/model.ts'
import { type ArchivedPaper, checkPaper, matchPapers, paperMegabytes } from './index.ts'

const today = '2026-11-21'
const name = { ar: 'وثيقة', en: 'Paper' }
const bill: Paper = { id: 'bill', name, kind: 'utility-bill', accept: ['pdf', 'jpeg'], validDays: 90 }
const card: Paper = { id: 'card', name, kind: 'identity-card', accept: ['pdf'] }
const held = (documentId: string, more: Partial<ArchivedPaper> = {}): ArchivedPaper => ({
  documentId,
  kind: 'utility-bill',
  issuedOn: '2026-11-01',
  ownerMatches: true,
  ...more,
})
const offered = (...archived: ArchivedPaper[]) => matchPapers([bill], archived, today)[0]?.offered

describe('a paper already in the archive', () => {
  it('is offered when it is of the kind, the person and fresh enough; the newest first', () => {
    expect(offered(held('old', { issuedOn: '2026-09-01' }), held('new'))).toBe('new')
    expect(offered(held('d', { issuedOn: '2026-08-23' }))).toBe('d')
  })

  it.each<[string, Partial<ArchivedPaper>]>([
    ['is of another kind', { kind: 'lease' }],
    ['is another person’s', { ownerMatches: false }],
    ['was issued too long ago', { issuedOn: '2026-08-22' }],
    ['has run out', { validUntil: '2026-11-20' }],
    ['is dated after today', { issuedOn: '2026-11-22' }],
  ])('is not offered when it %s', (_what, more) => {
    expect(offered(held('d', more))).toBeUndefined()
  })

  it('is not offered without a day of issue where its age matters, and is where it does not', () => {
    const { issuedOn: _, ...undated } = held('d')
    expect(offered(undated)).toBeUndefined()
    expect(matchPapers([card], [{ ...undated, kind: 'identity-card' }], today)[0]?.offered).toBe('d')
  })

  it('serves for one paper only', () => {
    const twice = matchPapers([bill, { ...bill, id: 'second-bill' }], [held('d')], today)
    expect(twice.map(each => each.offered)).toEqual(['d', undefined])
  })
})

describe('a paper that arrives', () => {
  const fine = { type: 'pdf', issuedOn: '2026-11-01', size: 40_000 }

  it('is taken when nothing is wrong', () => {
    expect(checkPaper(bill, fine, today)).toBeUndefined()
    expect(checkPaper(bill, { ...fine, type: 'image/jpeg' }, today)).toBeUndefined()
    expect(checkPaper(card, { type: 'pdf', size: 1 }, today)).toBeUndefined()
  })

  it.each([
    ['file-type', { ...fine, type: 'exe' }],
    ['file-empty', { ...fine, size: 0 }],
    ['file-too-large', { ...fine, size: paperMegabytes * 1024 * 1024 + 1 }],
    ['paper-too-old', { ...fine, issuedOn: '2026-08-22' }],
    ['paper-from-future', { ...fine, issuedOn: '2026-11-22' }],
    ['paper-without-date', { type: 'pdf', size: 1 }],
  ])('is refused as %s', (code, arrived) => {
    expect(checkPaper(bill, arrived, today)).toMatchObject({ field: 'bill', code })
  })
})
