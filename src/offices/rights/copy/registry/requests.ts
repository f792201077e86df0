import { entry, own, within } from './model.ts'

const byRequest = [within('request', 'request_id')]

/** What they filed and what became of it; of a request another filed, only that they are a party to it. */
export const requests = [
  entry('request', {
    section: 'requests',
    mine: [own('applicant_id')],
    at: 'filed_at',
    tell: `number year service_code:service capacity:code channel:code state:code step:raw due_at closed_at frozen:read answers:raw step_fields:raw
      missing_papers:raw sessions:raw settled_fee_points:raw paused_at filed_by:by(filed_by_kind) parent_id:raw parent_part:raw parent_step:raw
      request_id:raw applicant_id:raw service_version:raw destroyed_at destroyed_by`,
    left: {
      hash: 'tracking_hash',
      derived: 'filed_by_kind last_act last_seq executed_steps offices',
      technical: 'paused_ms unread_by_citizen unread_by_town',
    },
  }),
  entry('request_party', {
    section: 'requests',
    mine: [own()],
    at: 'added_at',
    tell: `capacity:code share_in share_of may_collect valid_until ended_at ended_reason added_by:by(added_by_kind) proof proof_document_id:raw
      request_id:raw person_id:raw`,
    left: { derived: 'added_by_kind', technical: 'warned_at' },
  }),
  entry('request', {
    as: 'request-as-party',
    section: 'requests',
    at: 'filed_at',
    // Of what they filed themselves all is told above.
    mine: [within('request_party', 'request_id', '{row}.applicant_id <> all ($2::uuid[])')],
    tell: 'number year service_code:service state:code due_at closed_at applicant_id:person destroyed_at request_id:raw',
    // Whoever filed it said it of themselves; their copy has it.
    left: {
      others: `answers frozen step_fields sessions missing_papers filed_by filed_by_kind capacity channel step settled_fee_points parent_id
        parent_part parent_step`,
      hash: 'tracking_hash',
      derived: 'last_act last_seq executed_steps service_version destroyed_by offices',
      technical: 'paused_at paused_ms unread_by_citizen unread_by_town',
    },
  }),
  entry('request_action', {
    section: 'requests',
    mine: byRequest,
    at: 'at',
    tell: 'request_id:raw seq:raw name:code actor_id:by(actor_kind) actor_office:office note data:raw action_id:raw task_id:raw',
    left: { derived: 'actor_kind' },
  }),
  entry('task', {
    section: 'requests',
    mine: byRequest,
    at: 'opened_at',
    tell: `request_id:raw office_code:office purpose:code state:code due_at deferred_until appointment_from appointment_to closed_at assignee:staff
      note step:raw branch:raw role:raw from_office:office from_id:by(from_kind) task_id:raw parent_id:raw`,
    left: { derived: 'from_kind', technical: 'level seen_at seen_by' },
  }),
  entry('request_office', {
    section: 'requests',
    mine: byRequest,
    at: 'since',
    tell: 'office_code:office request_id:raw',
    left: { derived: 'filed_at' },
  }),
  entry('request_confirmation', {
    section: 'requests',
    mine: byRequest,
    at: 'at',
    tell: 'how:code by_id:by(by_kind) request_id:raw',
    left: { hash: 'answers_sha256', derived: 'by_kind' },
  }),
  entry('request_closed', {
    section: 'requests',
    mine: byRequest,
    at: 'closed_at',
    tell: 'request_id:raw closed_by:staff',
    left: { staff: 'staff_id reason' },
  }),
  entry('tariff_for_request', {
    section: 'requests',
    mine: byRequest,
    at: 'set_at',
    tell: 'key:raw as_of decision set_by:staff request_id:raw',
  }),
  entry('overtaking_reason', {
    section: 'requests',
    mine: byRequest,
    at: 'given_at',
    tell: 'reason given_by:staff request_id:raw',
  }),
  entry('letter', {
    section: 'requests',
    mine: byRequest,
    at: 'at',
    tell: `text from_id:by(from_kind) from_office:office channel:code state:code read_at review_note reviewed_at reviewed_by:staff letter_id:raw
      request_id:raw document_id:raw message_id:raw incoming_id:raw`,
    left: { derived: 'from_kind', staff: 'read_by' },
  }),
  entry('page_note', {
    section: 'requests',
    mine: byRequest,
    at: 'at',
    tell: 'text page by_id:staff by_office:office removed_at document_id:raw request_id:raw note_id:raw',
    left: { technical: 'x y', staff: 'removed_by' },
  }),
  entry('short_link', {
    section: 'requests',
    mine: byRequest,
    at: 'made_at',
    tell: 'kind:code expires_at opened_at tries about:raw request_id:raw link_id:raw',
    left: { hash: 'code_hash' },
  }),
  entry('tracking_code', {
    section: 'requests',
    mine: byRequest,
    at: 'created_at',
    tell: 'tries request_id:raw code_id:raw',
    left: { hash: 'code_hash view_hash' },
  }),
  entry('draft', {
    section: 'requests',
    at: 'updated_at',
    mine: [own(), { actor: 'owner_id', kind: 'owner_kind' }],
    tell: `service_code:service capacity:code channel:code created_at answers typed papers:raw parties:raw confirmation:raw draft_id:raw
      request_id:raw person_id:raw service_version:raw`,
    left: { staff: 'owner_id owner_kind' },
  }),
]
