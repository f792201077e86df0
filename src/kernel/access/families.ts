/**
 * Which people's data each name is about: the families of tables that its reach of the whole town opens at the second wall
 * (migration 0047). A name that is not here is about nobody's data, such as settings, services or figures, and reaches no person's row.
 * Offices reach by their tasks, citizens by what is theirs: that follows the rows and needs no family.
 */

import type { AccessName } from './grants.ts'

export const families = [
  'people',
  'requests',
  'drafts',
  'papers',
  'money',
  'messages',
  'visits',
  'voices',
  'looks',
  'imports',
  'sessions',
] as const
export type Family = (typeof families)[number]

const file = ['people', 'requests', 'papers', 'money', 'messages', 'visits'] as const
const purse = ['people', 'requests', 'money', 'visits'] as const
const letters = ['people', 'requests', 'messages'] as const

export const about: Partial<Record<AccessName, readonly Family[]>> = {
  'request.file': [...file, 'drafts'],
  'request.read': file,
  'request.act': file,
  'request.close-to': ['people', 'requests'],
  'person.read': file,
  // Another PIN ends the log-ins of the one before, and so does a record put under another.
  'person.register': [...file, 'sessions'],
  'person.merge': [...file, 'sessions'],
  'mandate.give': ['people'],
  'data.copy': ['people', 'visits'],
  'correction.file': ['people', 'papers', 'visits'],
  'correction.read': ['people', 'papers'],
  'consent.give': ['people', 'visits'],
  'correction.decide': ['people', 'papers'],
  'correction.approve': ['people', 'papers'],
  'dues.read': purse,
  'dues.except': [...purse, 'drafts'],
  'credit.allocate': purse,
  'plan.propose': purse,
  'plan.decide': purse,
  'debt.transfer': purse,
  'exemption.write': purse,
  'arrears.read': purse,
  'payment.read': purse,
  'payment.refund': purse,
  'payment.approve': purse,
  'receipt.take': [...purse, 'drafts'],
  'receipt.read': purse,
  'till.close': purse,
  'till.hand-over': purse,
  'paper.read': ['people', 'requests', 'papers'],
  'certificate.read': ['people', 'requests', 'papers'],
  'certificate.sign': ['people', 'requests', 'papers'],
  'messages.read': letters,
  'letter.review': letters,
  'message.list': letters,
  'incoming.read': letters,
  'number.list': letters,
  'visit.call': ['people', 'requests', 'visits'],
  'audit.read': ['looks'],
  'floor.read': ['people', 'requests', 'visits'],
  'today.read': ['people', 'requests', 'papers'],
  'outgoing.read': ['people', 'requests', 'papers'],
  'feedback.read': ['people', 'requests', 'voices'],
  'contact.read': ['people', 'voices'],
  'contact.enter': ['people', 'voices'],
  'complaint.read': ['people', 'voices'],
  'complaint.enter': ['people', 'voices'],
  'bulletin.read': ['people', 'messages'],
  'bulletin.write': ['people', 'messages'],
  'bulletin.review': ['people', 'messages'],
  'import.run': ['people', 'money', 'imports'],
  'look.review': ['people', 'looks'],
  'look.approve': ['people', 'looks'],
  'look.reason': ['looks'],
  'staff.write': ['sessions'],
  'staff.approve': ['sessions'],
}
