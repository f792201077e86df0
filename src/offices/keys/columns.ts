/** A column of sealed fields, and what they were sealed for; where a row decides, the one that opens it is taken. */
export type SealedColumn = { table: string; column: string; purposes: readonly string[] }

/** A column of blind indexes. */
export type IndexColumn = { table: string; column: string }

const list = (text: string) =>
  text
    .trim()
    .split('\n')
    .map(line => {
      const [name = '', ...rest] = line.trim().split(/ {2,}/)
      const [table = '', column = ''] = name.split('.')
      return { table, column, rest }
    })

/** Every sealed column there is; a law finds one that is missing here (test/laws/keys.test.ts). */
export const sealedColumns: readonly SealedColumn[] = list(`
  bulletin_number.phone_sealed      phone
  bulletin_recipient.phone_sealed   phone
  citizen_login.claimed_id_sealed   id
  contact_code.to_sealed            phone  email
  correction.proposed_sealed        correction
  data_copy_file.key_sealed         data-copy
  identity_check.detail_sealed      identity-check
  import_question.told_sealed       import
  import_record.content_sealed      import
  import_row.content_sealed         import
  import_source.link_sealed         import
  incoming_message.from_sealed      phone
  log_in_code.held_sealed           log-in-held
  log_in_code.to_sealed             phone
  mandate.proof_sealed              mandate-proof
  message.to_sealed                 phone  email
  message_provider.secret_sealed    message provider
  parked_form.body_sealed           parked-form
  person.id_sealed                  id
  person.particulars_sealed         particulars
  person_change.after_sealed        person-change
  person_change.before_sealed       person-change
  person_email.email_sealed         email
  person_phone.phone_sealed         phone
  session.id_token_sealed           id-token
  sign_on_provider.secret_sealed    sign-on-secret
  staff.totp_sealed                 totp
  staff_proposal.half_sealed        password-half
  visit.phone_sealed                phone
`).map(({ table, column, rest }) => ({ table, column, purposes: rest }))

/** Every column of blind indexes: what a rotation of the index key makes anew. */
export const indexColumns: readonly IndexColumn[] = list(`
  bulletin_number.phone_index
  bulletin_recipient.phone_index
  citizen_login.claimed_id_index
  citizen_login.phone_index
  contact_code.to_index
  incoming_message.from_index
  incoming_number.phone_index
  log_in_code.asked_from
  log_in_code.code_hash
  log_in_code.to_index
  log_in_failure.address_index
  log_in_failure.subject_index
  message.to_index
  message_opt_out.to_index
  message_report.to_index
  person.id_index
  person_email.email_index
  person_phone.phone_index
  phone_health.phone_index
  phone_question.phone_index
  rating.phone_index
  short_link.code_hash
  staff.id_index
  visit.phone_index
`).map(({ table, column }) => ({ table, column }))

/** Settings of the town with something sealed in them, as base64 under this name. */
export const sealedSettings = [{ key: 'payments.bank', name: 'key', purpose: 'payments.bank-key' }] as const
