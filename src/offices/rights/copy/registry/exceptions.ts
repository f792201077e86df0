/** Tables with a reach, or a column that leads to somebody, that tell nothing of their own, and why. */
export const notTold: Record<string, string> = {
  person_token: 'the words of the name once more, for the search',
  request_pace: 'minutes and service of closed requests, for figures; it names nobody',
  incoming_number: 'how often a number wrote within a day, to hold floods back; forgotten after it',
  voucher: 'the books of the town: each entry is told by its charge, receipt or return',
  voucher_line: 'the books of the town: each entry is told by its charge, receipt or return',
  message_report: 'what providers reported, told with the part it is about',
  message_due: 'which ids wait to leave; kept by a trigger',
  bulletin_number:
    'numbers of a file the town brought, of nobody it knows; what was sent stands as a message',
  bulletin_bad_line: 'lines of such a file that were no number',
  complaint_subject: 'whom of the staff a complaint is about',
  import_row: 'rows that wait to be applied, of nobody yet; what was written stands as a record',
  seal_leaf: 'hashes of what was recorded; published',
  parked_form:
    'a form that waits some hours for its writer to log in again; whoever logs in is asked about it',
  legal_hold:
    'what a court, an inquiry or the law asks the town to hold back; who it is about is not told while it is looked into',
  staff: 'a log-in of the staff',
  staff_proposal: 'what two people decide about a log-in of the staff',
  sign_on_provider: 'the town’s own log-in at a provider',
  message_provider: 'the town’s own log-in at a provider',
  import_source: 'the town’s own log-in at another program',
}
