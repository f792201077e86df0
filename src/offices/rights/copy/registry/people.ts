import { entry, own } from './model.ts'

/** Said of the number while it was theirs: it may have been another's before. */
const live = '{mine}.ended_at is null and {row}.since >= {mine}.added_at'

/** Their record, how they are reached, and what was changed in it. */
export const people = [
  entry('person', {
    section: 'record',
    mine: [own()],
    at: 'registered_at',
    tell: `display_name first_name father_name grandfather_name family_name mother_name birth_date sex:code kind:code id_kind:code
      id_sealed:sealed(id) address particulars_sealed:sealed(particulars) source:code registered_by:staff as_of destroyed_at person_id:raw merged_into:raw`,
    left: { index: 'id_index', derived: 'sort_name name_without_third name_of_ends survivor_id offices' },
  }),
  entry('person_change', {
    section: 'record',
    mine: [own()],
    at: 'at',
    tell: 'fields:raw before_sealed:sealed(person-change) after_sealed:sealed(person-change) reason by_id:by(by_kind) change_id:raw person_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('person_merge', {
    section: 'record',
    mine: [own('into_id'), own('merged_id')],
    at: 'at',
    tell: 'reason by_id:staff undone_at undone_by:staff undone_reason merge_id:raw merged_id:person into_id:person',
    left: { technical: 'despite' },
  }),
  entry('identity_check', {
    section: 'record',
    mine: [own()],
    at: 'at',
    tell: 'purpose:code shown:code detail_sealed:sealed(identity-check) reason:code by_id:staff check_id:raw person_id:raw',
  }),
  entry('import_person', {
    section: 'record',
    mine: [own()],
    at: 'at',
    tell: 'how:code source_id:raw person_id:raw',
    left: { index: 'ident' },
  }),
  entry('import_record', {
    section: 'record',
    mine: [own()],
    at: 'written_at',
    tell: 'content_sealed:sealed(import) balances:raw subscription_id:raw source_id:raw run_id:raw person_id:raw',
    left: { index: 'key_index fingerprint' },
  }),
  entry('import_question', {
    section: 'record',
    mine: [own()],
    at: 'asked_at',
    tell: 'kind:code reason choice:code decided_at decided_by:staff question_id:raw run_id:raw source_id:raw person_id:raw',
    // What a row of another program said before anybody knew whose it was, and whom else it might have meant.
    left: { others: 'candidates told_sealed', index: 'subject other_ident' },
  }),
  entry('person_phone', {
    section: 'contact',
    mine: [own()],
    at: 'added_at',
    tell: `phone_sealed:sealed(phone) label:code is_primary is_shared said_shared verified_at verified_how:code verified_by:staff confirmed_at
      ended_at person_id:raw`,
    left: { index: 'phone_index' },
  }),
  entry('phone_health', {
    section: 'contact',
    // A number that is theirs no more is somebody else's by now.
    mine: [
      { through: 'person_phone', on: 'phone_index', key: 'phone_index', and: '{mine}.ended_at is null' },
    ],
    tell: 'reached_at failures failing_since failed_at asleep_at',
    left: { index: 'phone_index' },
  }),
  entry('phone_question', {
    section: 'contact',
    mine: [own()],
    at: 'asked_at',
    tell: 'answer:code asked_by:staff question_id:raw person_id:raw',
    left: { index: 'phone_index' },
  }),
  entry('person_email', {
    section: 'contact',
    mine: [own()],
    at: 'added_at',
    tell: 'email_sealed:sealed(email) verified_at ended_at person_id:raw',
    left: { index: 'email_index' },
  }),
  entry('contact_preference', {
    section: 'contact',
    mine: [own()],
    at: 'changed_at',
    tell: 'channels:code changed_by:by(changed_by_kind) person_id:raw',
    left: { derived: 'changed_by_kind' },
  }),
  entry('message_opt_out', {
    section: 'contact',
    at: 'since',
    mine: [
      { through: 'person_phone', on: 'to_index', key: 'phone_index', and: live },
      { through: 'person_email', on: 'to_index', key: 'email_index', and: live },
    ],
    tell: 'kind:code way:code ended_at by_id:by(by_kind)',
    left: { index: 'to_index', derived: 'by_kind' },
  }),
  entry('contact_code', {
    section: 'contact',
    mine: [own()],
    at: 'sent_at',
    tell: 'channel:code label:code to_sealed:sealed(phone|email) used_at tries sent_by:by(sent_by_kind) code_id:raw person_id:raw',
    left: { hash: 'code_hash', index: 'to_index', derived: 'sent_by_kind' },
  }),
]
