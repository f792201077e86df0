import { entry, own, within } from './model.ts'

const byMessage = [within('message', 'message_id')]

/** What was said to them, and what they texted. */
export const messages = [
  entry('message', {
    section: 'messages',
    mine: [own()],
    at: 'planned_at',
    tell: `body channel:code kind:code state:code to_sealed:sealed(phone|email) sent_at delivered_at read_at failure settled_how:code settled_at
      settled_by:raw written_by:raw event:raw template:raw parts:raw message_id:raw request_id:raw person_id:raw`,
    left: {
      index: 'to_index',
      technical: `attempts bulk_id claimed_at encoding ended_at expires_at fill fill_id hard lane later_since later_tries not_before price_currency price_milli
        provider provider_id template_from template_version undelivered`,
    },
  }),
  entry('message_part', {
    section: 'messages',
    mine: byMessage,
    at: 'submitted_at',
    tell: 'part state:code reported_at failure message_id:raw',
    left: { technical: 'try provider_id provider_ref' },
  }),
  entry('message_note', {
    section: 'messages',
    mine: byMessage,
    at: 'at',
    tell: 'what:code detail by_staff:staff message_id:raw note_id:raw',
  }),
  // What joined a request of theirs may have come from anybody's telephone.
  entry('incoming_message', {
    as: 'incoming_message_joined',
    section: 'messages',
    mine: [within('request', 'request_id')],
    at: 'received_at',
    tell: `text sent_at heard_at seen_at settled_how:code taken_at to_number:raw answer_id:raw reply_id:raw request_id:raw incoming_id:raw`,
    left: {
      others: 'from_sealed',
      index: 'from_index',
      technical: 'provider provider_ref',
      staff: 'handled_by seen_by taken_by',
    },
  }),
  entry('incoming_message', {
    section: 'messages',
    at: 'received_at',
    mine: [
      // A telephone of several people, or one that was given up: who of them wrote is not known.
      {
        through: 'person_phone',
        on: 'from_index',
        key: 'phone_index',
        and: '{mine}.is_shared = false and {mine}.ended_at is null and {row}.received_at >= {mine}.added_at',
      },
    ],
    tell: `text from_sealed:sealed(phone) sent_at heard_at seen_at settled_how:code taken_at to_number:raw answer_id:raw reply_id:raw
      request_id:raw incoming_id:raw`,
    left: {
      index: 'from_index',
      technical: 'provider provider_ref',
      staff: 'handled_by seen_by taken_by',
    },
  }),
  entry('bulletin_recipient', {
    section: 'messages',
    mine: [own()],
    tell: 'channel:code phone_sealed:sealed(phone) bulletin_id:raw recipient_no:raw person_id:raw',
    left: { index: 'phone_index' },
  }),
]
