/**
 * What each may do, and to which rows, as data. A row is reached by a relation: it is mine (own), I am a party to it (party), my office
 * has a task on it now (office-task) or has had one (office-concerned), or it is the town's (town). A role reaches by its relation only
 * at the office it is held at: the head of one office is nobody in another.
 *
 * The auditor reads the audit and figures, the administrator keeps settings and log-ins, the designer the catalogue: none of the three
 * opens a personal file. Manager and mayor see the town's requests.
 */

import type { Role } from './model.ts'

export type Relation = 'own' | 'party' | 'mandate' | 'office-task' | 'office-concerned' | 'town'

export type Grant = {
  citizen?: readonly Relation[]
  /** Only to citizens who have shown who they are. */
  verified?: true
  /** `*` is everybody appointed to anything. */
  staff?: Partial<Record<Role | '*', readonly Relation[]>>
  /** The scope a partner's key must carry; a partner reaches only what it filed itself. */
  partner?: string
}

const mine = ['own', 'party'] as const
const atWork = ['office-task', 'office-concerned'] as const
const task = ['office-task'] as const
const town = ['town'] as const

export const grants = {
  'request.file': { citizen: ['own'], staff: { clerk: town, manager: town }, partner: 'requests:write' },
  'request.read': {
    citizen: mine,
    staff: {
      clerk: atWork,
      collector: task,
      treasurer: task,
      officer: atWork,
      head: atWork,
      supervisor: atWork,
      'legal-adviser': atWork,
      manager: town,
      mayor: town,
    },
    partner: 'requests:read',
  },
  'request.act': {
    citizen: mine,
    staff: {
      clerk: atWork,
      collector: task,
      treasurer: task,
      officer: task,
      head: atWork,
      'legal-adviser': task,
      manager: town,
      mayor: town,
    },
    partner: 'requests:write',
  },
  'request.close-to': { staff: { manager: town, mayor: town } },
  'person.read': {
    citizen: ['own'],
    staff: {
      clerk: town,
      collector: town,
      treasurer: town,
      officer: task,
      head: task,
      'legal-adviser': task,
      manager: town,
    },
  },
  'person.register': { citizen: ['own'], staff: { clerk: town, manager: town } },
  // Lets another act in one's place, or takes that on.
  'mandate.give': { citizen: ['own'], verified: true, staff: { clerk: town, manager: town } },
  'person.merge': { staff: { manager: town } },
  // Everything kept about somebody, for themselves; at the counter for whoever stands there.
  'data.copy': { citizen: ['own'], verified: true, staff: { clerk: town, manager: town } },
  // What somebody says is wrong. A name or an identity number changes only when another agrees; the case says so itself.
  'correction.file': { citizen: ['own'], staff: { clerk: town, manager: town } },
  'correction.read': {
    citizen: ['own'],
    staff: { clerk: town, manager: town, supervisor: town, mayor: town },
  },
  'correction.decide': { staff: { clerk: town, manager: town } },
  'correction.approve': { staff: { manager: town, mayor: town } },
  'dues.read': {
    citizen: ['own'],
    verified: true,
    staff: { clerk: town, collector: town, treasurer: town, officer: task, head: task, manager: town },
  },
  'dues.pay': { citizen: ['own'] },
  'dues.except': { staff: { manager: town, mayor: town } },
  'credit.allocate': { staff: { collector: town, treasurer: town } },
  'plan.propose': { staff: { clerk: town, collector: town, treasurer: town, manager: town } },
  'plan.decide': { staff: { treasurer: town, manager: town } },
  'debt.transfer': { staff: { treasurer: town, manager: town } },
  'exemption.write': { staff: { treasurer: town, manager: town } },
  'arrears.read': { staff: { treasurer: town, manager: town, mayor: town } },
  'payment.read': { staff: { treasurer: town, manager: town } },
  'payment.refund': { staff: { treasurer: town } },
  'payment.approve': { staff: { treasurer: town, manager: town, mayor: town } },
  'receipt.take': { staff: { collector: town, treasurer: town } },
  'receipt.read': {
    citizen: ['own'],
    verified: true,
    staff: { clerk: town, collector: town, treasurer: town, manager: town },
    partner: 'payments:write',
  },
  'till.close': { staff: { collector: town, treasurer: town } },
  'till.hand-over': { staff: { treasurer: town } },
  'rate.set': { staff: { treasurer: town, admin: town } },
  'paper.read': {
    citizen: mine,
    staff: {
      clerk: atWork,
      officer: atWork,
      head: atWork,
      'legal-adviser': atWork,
      manager: town,
      mayor: town,
    },
  },
  'certificate.read': {
    citizen: mine,
    staff: { clerk: atWork, officer: atWork, head: atWork, manager: town, mayor: town },
    partner: 'certificates:read',
  },
  'certificate.sign': { staff: { officer: task, head: task, manager: task, mayor: task } },
  'messages.read': {
    citizen: ['own'],
    staff: { clerk: atWork, officer: atWork, head: atWork, supervisor: atWork, manager: town },
    partner: 'messages:read',
  },
  // A second look at what staff write to an applicant, by somebody else; the letter itself says so.
  'letter.review': { staff: { clerk: atWork, officer: atWork, head: atWork, manager: town } },
  // All of the town, within what each may read of them.
  'message.list': { staff: { manager: town, supervisor: town } },
  // What people texted and nobody understood; it belongs to no request.
  'visit.call': { staff: { clerk: town, collector: town, treasurer: town, manager: town } },
  'window.set': { staff: { manager: town, admin: town } },
  'incoming.read': { staff: { clerk: town, manager: town } },
  'audit.read': { citizen: ['own'], verified: true, staff: { auditor: town } },
  'floor.read': { staff: { manager: town } },
  'today.read': { staff: { mayor: town } },
  // Whoever looks at somebody's file, and asks for files of many, is looked at by another: never by themselves.
  'look.reason': { staff: { '*': town } },
  'look.review': { staff: { supervisor: town, manager: town } },
  'look.approve': { staff: { supervisor: town, manager: town, mayor: town } },
  'release.ask': { staff: { manager: town, supervisor: town, treasurer: town, mayor: town, admin: town } },
  'look.rules': { staff: { admin: town } },
  'privacy.write': { staff: { admin: town } },
  'privacy.review': { staff: { manager: town, mayor: town } },
  // A deputy may hold any post: what there is to sign, the authorities say.
  'sign.list': { staff: { '*': town } },
  'sign.often': { staff: { head: town, manager: town, mayor: town } },
  'outgoing.read': { staff: { clerk: town, manager: town, mayor: town } },
  'feedback.read': { staff: { manager: town, supervisor: town, mayor: town } },
  'contact.read': { citizen: ['own'], staff: { manager: town } },
  'contact.enter': { citizen: ['own'], staff: { clerk: town, manager: town } },
  // Whom a complaint is about never reads it; the mayor reads those about a manager. The predicate in its list says so.
  'complaint.read': { citizen: ['own'], staff: { manager: town, supervisor: town, mayor: town } },
  'complaint.enter': { citizen: ['own'], staff: { clerk: town, manager: town, supervisor: town } },
  'town.statistics': {
    staff: { head: town, supervisor: town, manager: town, mayor: town, auditor: town, treasurer: town },
  },
  // What is told to many; whoever wrote in it does not let it go, which it says itself.
  'bulletin.read': { staff: { clerk: town, treasurer: town, manager: town, mayor: town } },
  'bulletin.write': { staff: { clerk: town, treasurer: town, manager: town } },
  'bulletin.review': { staff: { treasurer: town, manager: town, mayor: town } },
  'settings.read': { staff: { '*': town } },
  'settings.write': { staff: { admin: town } },
  // How long records are kept: one writes, another adopts. Destruction is proposed by one and decided by a committee by name.
  'retention.write': { staff: { admin: town } },
  'retention.review': { staff: { manager: town, mayor: town, 'legal-adviser': town } },
  'destruction.read': { staff: { '*': town } },
  'destruction.propose': { staff: { admin: town } },
  'destruction.decide': { staff: { '*': town } },
  'destruction.hold': { staff: { admin: town, manager: town, mayor: town, 'legal-adviser': town } },
  'consent.text': { staff: { admin: town } },
  'consent.give': { citizen: ['own'], staff: { clerk: town, manager: town } },
  'import.run': { staff: { admin: town, treasurer: town } },
  'staff.write': { staff: { admin: town } },
  // Reads who has which post, and decides on what gives power: two people always, by the town's own rule of which posts.
  'staff.approve': { staff: { admin: town, manager: town, mayor: town } },
  // Who carries messages, quiet hours, what is not sent for now.
  // Whose number takes no messages: they are asked when they come, or called on another.
  'number.list': { staff: { clerk: town, manager: town } },
  'message.settings': { staff: { admin: town, manager: town } },
  // The town's own words for messages. Who wrote them does not review them; the words themselves say so.
  'template.read': { staff: { manager: town, clerk: town, designer: town, admin: town } },
  'template.write': { staff: { manager: town, clerk: town, designer: town } },
  'template.review': { staff: { manager: town, designer: town, admin: town } },
  'catalogue.read': { staff: { '*': town } },
  'catalogue.write': { staff: { designer: town } },
  // Who wrote in a draft neither reviews nor publishes it; the draft itself says so.
  'catalogue.publish': { staff: { designer: town, manager: town, admin: town } },
  'catalogue.retire': { staff: { designer: town, manager: town } },
} as const satisfies Record<string, Grant>

export type AccessName = keyof typeof grants
export const accessNames = Object.keys(grants) as AccessName[]
