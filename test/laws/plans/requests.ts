import { findVisible } from '../../../src/offices/archive/store.ts'
import { documentVisible } from '../../../src/offices/requests/access.ts'
import { homeOf, mostAsked, myRequests } from '../../../src/offices/requests/citizen/mine/store.ts'
import { requestOfTracking } from '../../../src/offices/requests/citizen/track/store.ts'
import { findConcerned } from '../../../src/offices/requests/closures.ts'
import * as requests from '../../../src/offices/requests/index.ts'
import { heldLetters } from '../../../src/offices/requests/letters/held/store.ts'
import { countLetters, letterOfText, lettersOf } from '../../../src/offices/requests/letters/store.ts'
import { requestsVisibleOf } from '../../../src/offices/requests/lists.ts'
import { tasksToEscalate } from '../../../src/offices/requests/machine/ladder.ts'
import { notesOf } from '../../../src/offices/requests/notes/store.ts'
import { partsOf } from '../../../src/offices/requests/parts/store.ts'
import { colleaguesOf } from '../../../src/offices/requests/staff/colleagues.ts'
import { phrasesOf } from '../../../src/offices/requests/staff/desk/phrases.ts'
import { countInbox, listInbox, nextRequest } from '../../../src/offices/requests/staff/inbox/store.ts'
import { outingsBetween } from '../../../src/offices/requests/staff/outings/store.ts'
import { readableOf } from '../../../src/offices/requests/staff/rights.ts'
import * as texted from '../../../src/offices/requests/texts/store.ts'
import type { Write } from '../../../src/platform/database/transaction.ts'
import { aDay, type BigTown, type List, type Lists, zone } from './town.ts'

const filters: Record<string, requests.RequestFilter> = {
  all: {},
  open: { state: 'open' },
  done: { state: 'done' },
  rejected: { state: 'rejected' },
  late: { late: true },
  'of a service': { serviceCode: 'ADM-01' },
  'of a service nobody asked for': { serviceCode: 'ELE-04' },
  'after a page': { before: new Date('2026-05-01T00:00:00Z') },
}

/** Lists of requests, their tasks, letters and papers. */
export const requestsLists = ({
  bench,
  person,
  request,
  officer,
  manager,
  desk,
  clerkDesk,
  readers,
}: BigTown): Lists => ({
  ...Object.fromEntries(
    Object.entries(readers).flatMap(([who, actor]) => [
      ...Object.entries(filters).map(([which, filter]): [string, List] => [
        `requests, ${which}, read by ${who}`,
        tx => requests.listRequests(tx, actor, filter),
      ]),
      [`a request by its number, read by ${who}`, (tx: Write) => requests.findByNumber(tx, actor, 77, 1900)],
      [`a document seen by ${who}`, (tx: Write) => findVisible(tx, person, documentVisible(actor))],
    ]),
  ),
  ...Object.fromEntries(
    requests.boxes.flatMap(box => [
      [`tasks of the box ${box}`, (tx: Write) => requests.listTasks(tx, desk, box)],
      [`the inbox ${box}`, (tx: Write) => listInbox(tx, desk, { box }, zone)],
      [
        `the late ones of the inbox ${box}`,
        (tx: Write) => listInbox(tx, clerkDesk, { box, when: 'late' }, zone),
      ],
      [`the counts of the inbox ${box}`, (tx: Write) => countInbox(tx, clerkDesk, box, zone)],
    ]),
  ),
  'the inbox of somebody with posts at two offices': tx =>
    listInbox(
      tx,
      { ...desk, appointments: [...desk.appointments, { office: 'legal', role: 'officer' }] },
      { box: 'mine' },
      zone,
    ),
  'the counts of the boxes': tx => requests.countBoxes(tx, desk),
  'the next request of the inbox': tx => nextRequest(tx, desk, request),
  'the letters of a request': tx => lettersOf(tx, request, 'staff'),
  'letters that wait for a second look': tx => heldLetters(tx, officer),
  'a letter that came as a text': tx => letterOfText(tx, person),
  'how many letters a request has': tx =>
    countLetters(tx, request, 'citizen', new Date('2026-11-01T00:00:00Z')),
  'the notes on the papers of a request': tx => notesOf(tx, request),
  'late tasks by their ladder': tx => tasksToEscalate(tx, ['ADM-01'], undefined, 500),
  'late tasks after a page': tx =>
    tasksToEscalate(tx, ['ADM-01'], { dueAt: new Date('2026-05-01T00:00:00Z'), taskId: person }, 500),
  'visits to places on a day': tx => outingsBetween(tx, clerkDesk, aDay.from, aDay.to),
  'requests a late closure touches': tx =>
    findConcerned(tx, { timeZone: zone }, { announcedAt: '2026-11-01T00:00:00Z', since: '2026-11-03' }),
  'what was filed as parts of a request': tx => partsOf(tx, request),
  'which of some requests the manager may read': tx => readableOf(tx, manager, [request]),
  'ready phrases': tx => phrasesOf(tx, [officer.staffId, 'finance']),
  'colleagues and who is away': tx => colleaguesOf(tx, zone),
  'requests of a person': tx => requests.requestsOfPerson(tx, person),
  "a citizen's requests": tx => myRequests(tx, person, 51),
  "a citizen's home": tx => homeOf(tx, person),
  'services asked for most': mostAsked,
  'a tracking link': tx => requestOfTracking(tx, 'abcdefghijklmnopqrstuvwx'),
  drafts: tx => requests.draftsOf(tx, { kind: 'citizen', id: person }),
  'a request': tx => requests.getRequest(tx, request),
  'the history of a request': tx => requests.actionsOf(tx, request),
  'the papers of a request': tx => requests.papersOf(tx, request),
  'the parties of a request': tx => requests.partiesOf(tx, request),
  'a request of theirs, texted by its number': tx =>
    texted.ownByNumber(tx, person, { number: 41, years: [2026, 2025, 2024] }),
  'what a telephone was asked last': tx => texted.lastAsked(tx, person, Buffer.alloc(32, 7)),
  'the conversation a telephone writes in': tx => texted.conversationOf(tx, person, Buffer.alloc(32, 7)),
  'requests of some people, read by an officer': tx => requestsVisibleOf(tx, officer, [person]),
  'who may collect': async tx =>
    requests.collectorsOf(tx, { town: bench.town }, await requests.getRequest(tx, request)),
})
