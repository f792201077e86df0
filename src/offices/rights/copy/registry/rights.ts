import { entry, type Finder, own, within } from './model.ts'

const byCorrection = [within('correction', 'correction_id')]
/** What went: of their record, or of a request or paper of theirs. */
const ofTheirs: Finder[] = [
  own('subject_id'),
  { through: 'request', on: 'subject_id', key: 'request_id' },
  { through: 'document', on: 'subject_id', key: 'document_id' },
]

/** Copies they asked for, corrections, and what was destroyed. */
export const rights = [
  entry('data_copy', {
    section: 'rights',
    mine: [own()],
    at: 'asked_at',
    tell: 'way:code state:code made_at until destroyed_at asked_by:by(asked_by_kind) copy_id:raw person_id:raw',
    left: { secret: 'opened_by opened_until', derived: 'asked_by_kind', technical: 'rows_done rows_total' },
  }),
  entry('data_copy_file', {
    section: 'rights',
    mine: [within('data_copy', 'copy_id')],
    tell: 'kind:code file_name size downloads downloaded_at copy_id:raw file_no:raw',
    left: { secret: 'key_sealed', technical: 'sha256' },
  }),
  entry('correction', {
    section: 'rights',
    mine: [own()],
    at: 'filed_at',
    tell: `number year fact:code stands_in wrong correct state:code due_on answer refusal:raw decided_at decided_by:staff proposed_at
      proposed_by:staff proposed_sealed:sealed(correction) entered_by:by(entered_by_kind) correction_id:raw person_id:raw`,
    left: { derived: 'entered_by_kind' },
  }),
  entry('correction_word', {
    section: 'rights',
    mine: byCorrection,
    at: 'at',
    tell: 'words by_id:by(by_kind) correction_id:raw word_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('correction_paper', {
    section: 'rights',
    mine: byCorrection,
    at: 'at',
    tell: 'by_id:by(by_kind) document_id:raw correction_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('consent_entry', {
    section: 'rights',
    mine: [own()],
    at: 'at',
    tell: 'purpose_code:code version is_given way:code by_id:by(by_kind) entry_id:raw person_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('destruction_item', {
    section: 'rights',
    mine: ofTheirs,
    at: 'at',
    tell: 'label state:code why done_at bytes:raw act_id:raw subject_id:raw',
  }),
]
