import { entry, own, within } from './model.ts'

/** Their papers, what the town issued to them, and where originals lie. */
export const papers = [
  entry('document', {
    section: 'papers',
    at: 'added_at',
    // What an agent brings is the paper of whose it is.
    mine: [own('owner_id'), { actor: 'added_by', kind: 'added_by_kind', and: '{row}.owner_id is null' }],
    tell: `title file_name kind:raw type:raw size pages source:code issued_on valid_until added_by:by(added_by_kind) owner_id:person destroyed_at document_id:raw
      sha256:raw`,
    left: { technical: 'thumbnail_sha256 preview_sha256 xid', derived: 'added_by_kind' },
  }),
  entry('request_paper', {
    section: 'papers',
    mine: [within('request', 'request_id')],
    at: 'at',
    tell: 'paper_id:raw state:code by_id:by(by_kind) document_id:raw request_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('paper_original', {
    section: 'papers',
    mine: [own()],
    at: 'taken_at',
    tell: 'number year paper place taken_by:staff given_at given_by:staff request_id:raw original_id:raw person_id:person',
    left: { others: 'brought_by given_to' },
  }),
  entry('scan', {
    section: 'papers',
    mine: [within('document', 'document_id')],
    at: 'scanned_at',
    tell: 'file_name pages size attached_at attached_by:staff window_name document_id:raw scan_id:raw',
    left: { technical: 'sha256 type' },
  }),
  entry('upload', {
    section: 'papers',
    mine: [{ actor: 'owner_id', kind: 'owner_kind' }],
    at: 'created_at',
    tell: 'file_name size document_id:raw upload_id:raw purpose:raw',
    left: { derived: 'owner_id owner_kind' },
  }),
  entry('certificate', {
    section: 'papers',
    mine: [own()],
    at: 'signed_at',
    tell: `number year kind:code state:code state_at state_reason valid_until signed_by:staff signed_office:office code destroyed_at data:raw template:raw
      replaced_by:raw output_id:raw document_id:raw request_id:raw certificate_id:raw person_id:person`,
    left: { technical: 'pdf_sha256 xid' },
  }),
  entry('hand_signing', {
    section: 'papers',
    mine: [within('request', 'request_id')],
    at: 'since',
    tell: 'printed_at printed_by:staff returned_at returned_by:staff certificate_id:raw request_id:raw scan_document_id:raw',
  }),
  entry('outgoing', {
    section: 'papers',
    mine: [own()],
    at: 'entered_at',
    tell: `number year kind:code title addressee office:office form:code signed_by:staff certificate_id:raw request_id:raw person_id:person`,
  }),
]
