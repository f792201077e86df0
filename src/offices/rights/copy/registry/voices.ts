import { entry, own, within } from './model.ts'

/** Their visits, what they said of the town, and who looked at their data. */
export const voices = [
  entry('visit', {
    section: 'visits',
    mine: [own()],
    at: 'taken_at',
    tell: `day number purpose_code:raw channel:code state:code called_at served_from ended_at returned_at identity_shown:code result:code
      staff_id:staff window_number out_of_turn_reason phone_sealed:sealed(phone) ground:raw visit_id:raw person_id:raw`,
    left: { index: 'phone_index', technical: 'soon_at jumped' },
  }),
  entry('visit_act', {
    section: 'visits',
    mine: [own()],
    at: 'at',
    tell: 'act:act request_id:raw receipt_id:raw visit_id:raw act_id:raw person_id:raw',
  }),
  entry('rating', {
    section: 'voices',
    mine: [own()],
    at: 'asked_at',
    tell: 'stars comment channel:code answered_at staff_id:staff service_code:service request_id:raw person_id:raw',
    left: { index: 'phone_index' },
  }),
  entry('contact', {
    section: 'voices',
    mine: [own()],
    at: 'opened_at',
    tell: 'number year subject state:code moved_at entered_by:by(entered_by_kind) contact_id:raw person_id:raw',
    left: { derived: 'entered_by_kind' },
  }),
  entry('contact_word', {
    section: 'voices',
    mine: [within('contact', 'contact_id')],
    at: 'at',
    tell: 'words by_id:by(by_kind) contact_id:raw seq:raw',
    left: { derived: 'by_kind' },
  }),
  entry('complaint', {
    section: 'voices',
    mine: [own()],
    at: 'filed_at',
    tell: `number year words about state:code answer answered_at answered_by:staff entered_by:by(entered_by_kind) request_id:raw complaint_id:raw
      person_id:raw`,
    // What was found about a member of the staff stays in the house; the answer tells what may be told.
    left: { staff: 'finding', derived: 'entered_by_kind' },
  }),
  entry('look', {
    section: 'looks',
    mine: [own()],
    at: 'at',
    tell: 'actor_id:by(actor_kind) office_code:office cause_kind:code is_sensitive grant_id:raw visit_id:raw release_id:raw audit_id:raw person_id:raw',
    left: { derived: 'actor_kind' },
  }),
  entry('look_presence', {
    section: 'looks',
    mine: [own()],
    at: 'at',
    tell: 'staff_id:staff office_code:office proof:code day:raw visit_id:raw person_id:raw',
    left: { staff: 'is_idle settled_at' },
  }),
  entry('look_grant', {
    section: 'looks',
    mine: [own()],
    at: 'at',
    tell: 'words staff_id:staff office_code:office until reason:raw part:raw grant_id:raw person_id:raw',
    left: { technical: 'address' },
  }),
  entry('look_question', {
    section: 'looks',
    mine: [own()],
    at: 'asked_at',
    tell: 'due_on answered_at answered_by:staff found:code audit_id:raw question_id:raw person_id:raw',
    left: { staff: 'looker_id looker_office', technical: 'late_told_at' },
  }),
  entry('look_question_word', {
    section: 'looks',
    mine: [within('look_question', 'question_id')],
    at: 'at',
    tell: 'words by_id:by(by_kind) question_id:raw word_id:raw',
    left: { derived: 'by_kind' },
  }),
  entry('audit', {
    section: 'looks',
    mine: [own()],
    at: 'at',
    tell: `act:act actor_id:by(actor_kind) actor_office:office cause subject_kind:raw subject_id:raw request_id:raw audit_id:raw person_id:raw`,
    // Facts that are kept with the act may name whoever else it was about; each stands where it belongs.
    left: { derived: 'actor_kind canonical', others: 'personal', technical: 'xid' },
  }),
]
