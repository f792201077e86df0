import { complaintsFor, countComplaints } from '../../../src/offices/feedback/complaint.ts'
import { contactsFor, contactsOf } from '../../../src/offices/feedback/contact.ts'
import { lastSaid, ratingsSince } from '../../../src/offices/feedback/figures.ts'
import { askedOf } from '../../../src/offices/feedback/rating.ts'
import type { BigTown, Lists } from './town.ts'

/** Lists of what people think of the town. */
export const feedbackLists = ({ bench, person, now, staff, manager }: BigTown): Lists => ({
  'ratings of ninety days': tx => ratingsSince(tx, now),
  'what was said with ratings': tx => lastSaid(tx, now),
  'whom a telephone was asked about': tx => askedOf(tx, Buffer.alloc(32)).catch(() => {}),
  'messages to the management': tx => contactsFor(tx, 'open'),
  'all messages to the management': tx => contactsFor(tx, 'all'),
  'messages of a person to the management': tx => contactsOf(tx, person),
  'complaints, read by the manager': tx => complaintsFor(tx, bench, manager),
  'complaints, read by the mayor': tx =>
    complaintsFor(tx, bench, staff({ role: 'mayor', office: 'mayor-office' })),
  'how many complaints wait': tx => countComplaints(tx, bench, manager),
})
