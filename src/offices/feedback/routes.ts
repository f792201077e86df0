import { addresses } from '../../lib/addresses.ts'
import { acts, citizen, looks, nothing, type Route, route, staff } from '../../web/route.ts'
import { sendComplaint, showComplaints } from './citizen/complaint.tsx'
import { sendContact, sendMore, showContacts, showThread } from './citizen/contact.tsx'
import { rateAgain, sendRating } from './citizen/rate.tsx'
import { saveClosing, showClosing } from './staff/closing.tsx'
import { answerStaffComplaint, showStaffComplaint, showStaffComplaints } from './staff/complaints.tsx'
import { answerStaffContact, showStaffContact, showStaffContacts } from './staff/contacts.tsx'
import { showFigures, turnAsking } from './staff/figures.tsx'
import { saveWord, showWord } from './staff/word.tsx'

const own = nothing('the citizen reads what they wrote themselves')
const mine = { access: citizen() }

const ofCitizens: Route[] = [
  route({
    method: 'post',
    address: addresses.myRate,
    ...mine,
    audit: acts('feedback.rated'),
    handle: sendRating,
  }),
  route({ method: 'get', address: addresses.myRate, ...mine, audit: own, handle: rateAgain }),
  route({
    method: 'get',
    address: addresses.myContact,
    ...mine,
    audit: own,
    handle: call => showContacts(call),
  }),
  route({
    method: 'post',
    address: addresses.myContact,
    ...mine,
    handle: sendContact,
    audit: acts('feedback.contact-opened'),
  }),
  route({
    method: 'get',
    address: addresses.myContactThread,
    ...mine,
    audit: own,
    handle: call => showThread(call),
  }),
  route({
    method: 'post',
    address: addresses.myContactThread,
    ...mine,
    handle: sendMore,
    audit: acts('feedback.contact-continued'),
  }),
  route({
    method: 'get',
    address: addresses.myComplaint,
    ...mine,
    audit: own,
    handle: call => showComplaints(call),
  }),
  route({
    method: 'post',
    address: addresses.myComplaint,
    ...mine,
    handle: sendComplaint,
    audit: acts('feedback.complaint-filed'),
  }),
]

const ofStaff: Route[] = [
  route({
    method: 'get',
    address: addresses.feedback,
    access: staff('feedback.read'),
    handle: showFigures,
    audit: nothing('shows counts, and words that were written for the management'),
    mayBeOld: true,
  }),
  route({
    method: 'post',
    address: addresses.feedback,
    access: staff('floor.read'),
    handle: turnAsking,
    audit: acts('feedback.asking-set'),
  }),
  route({
    method: 'get',
    address: addresses.contacts,
    access: staff('contact.read'),
    handle: showStaffContacts,
    audit: nothing('names who wrote to the management; opening one is written down'),
  }),
  route({
    method: 'get',
    address: addresses.contact,
    access: staff('contact.read'),
    audit: looks('feedback.contact-read'),
    handle: call => showStaffContact(call),
  }),
  route({
    method: 'post',
    address: addresses.contact,
    access: staff('contact.read'),
    handle: answerStaffContact,
    audit: acts('feedback.contact-answered'),
  }),
  route({
    method: 'get',
    address: addresses.complaints,
    access: staff('complaint.read'),
    handle: showStaffComplaints,
    audit: nothing('names who complained; opening one is written down'),
  }),
  route({
    method: 'get',
    address: addresses.complaint,
    access: staff('complaint.read'),
    audit: looks('feedback.complaint-read'),
    handle: call => showStaffComplaint(call),
  }),
  route({
    method: 'post',
    address: addresses.complaint,
    access: staff('complaint.read'),
    handle: answerStaffComplaint,
    audit: acts('feedback.complaint-answered'),
  }),
  route({
    method: 'get',
    address: addresses.counterWord,
    access: staff('contact.enter'),
    audit: looks('feedback.word-begun'),
    handle: call => showWord(call),
  }),
  route({
    method: 'post',
    address: addresses.counterWord,
    access: staff('contact.enter'),
    handle: saveWord,
    audit: acts('feedback.word-entered'),
  }),
  route({
    method: 'get',
    address: addresses.requestClosing,
    access: staff('request.close-to'),
    audit: nothing('shows of a request its number, and from whom it is kept'),
    handle: call => showClosing(call),
  }),
  route({
    method: 'post',
    address: addresses.requestClosing,
    access: staff('request.close-to'),
    handle: saveClosing,
    audit: acts('feedback.request-closed-to'),
  }),
]

/** Ratings, messages to the management, complaints about the staff, and requests closed to some. */
export const feedbackRoutes: Route[] = [...ofCitizens, ...ofStaff]
