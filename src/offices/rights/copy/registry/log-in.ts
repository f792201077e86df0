import { entry, own } from './model.ts'

/** Their log-in, the browsers it knows, and who acts for whom. */
export const logIn = [
  entry('citizen_login', {
    section: 'log-in',
    mine: [own()],
    at: 'set_at',
    tell: 'level:code must_change failures locked_until claimed_id_sealed:sealed(id) set_by:raw person_id:raw',
    left: { secret: 'pin_hash', index: 'phone_index claimed_id_index' },
  }),
  entry('citizen_device', {
    section: 'log-in',
    mine: [own()],
    at: 'first_at',
    tell: 'name is_trusted known_by:code last_at failures locked_until ended_at device_id:raw person_id:raw',
    left: { secret: 'token_hash' },
  }),
  entry('session', {
    section: 'log-in',
    mine: [{ actor: 'subject_id', kind: 'subject_kind', type: 'uuid' }],
    at: 'created_at',
    tell: 'device how:code level:code confirmed_at expires_at ended_at mandate_id:raw device_id:raw provider_id:raw',
    left: {
      secret: 'token_hash id_token_sealed provider_sid provider_subject',
      derived: 'subject_id subject_kind',
    },
  }),
  entry('sign_on_link', {
    section: 'log-in',
    mine: [{ actor: 'subject_id', kind: 'kind', type: 'uuid' }],
    at: 'linked_at',
    tell: 'used_at provider_id:raw subject:raw',
    left: { derived: 'subject_id kind' },
  }),
  entry('log_in_code', {
    section: 'log-in',
    mine: [own()],
    at: 'sent_at',
    tell: 'purpose:code to_sealed:sealed(phone|email) used_at tries code_id:raw person_id:raw',
    left: { hash: 'code_hash', index: 'to_index asked_from', secret: 'held_sealed' },
  }),
  entry('mandate', {
    section: 'acting',
    mine: [own('principal_id'), own('agent_id')],
    at: 'made_at',
    tell: `principal_id:person agent_id:person acts:code services valid_from valid_until made_how:code made_by:by(made_by_kind) accepted_at
      proof_sealed:sealed(mandate-proof) ended_at ended_by:by(ended_by_kind) mandate_id:raw`,
    left: { derived: 'made_by_kind ended_by_kind' },
  }),
]
