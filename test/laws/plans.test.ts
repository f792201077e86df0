import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Appointment } from '../../src/kernel/access/index.ts'
import { causeToSee, getFiled, listFiled, listOpenTasks, ownDocuments } from '../../src/offices/api/store.ts'
import { documentsByIds, documentsOf, findVisible } from '../../src/offices/archive/store.ts'
import { looksAt } from '../../src/offices/audit/index.ts'
import * as bulletins from '../../src/offices/bulletins/store.ts'
import { confirmationsOf, doubtsOf } from '../../src/offices/catalogue/confirm/store.ts'
import { catalogueOf, paceOf } from '../../src/offices/catalogue/index.ts'
import * as centreFigures from '../../src/offices/centre/floor/figures.ts'
import { tripsOfLate } from '../../src/offices/centre/floor/figures.ts'
import { overtakings } from '../../src/offices/centre/floor/overtaking.ts'
import { filesToReview } from '../../src/offices/centre/floor/review.ts'
import { latePeople, lateTasks, stoppers, workByOffice } from '../../src/offices/centre/floor/work.ts'
import { papersToSign } from '../../src/offices/centre/signing/store.ts'
import * as byHand from '../../src/offices/certificates/signing/by-hand.ts'
import { outgoingOf } from '../../src/offices/certificates/signing/register.ts'
import * as certificates from '../../src/offices/certificates/store.ts'
import { findAtCounter } from '../../src/offices/counter/find.ts'
import { originalsHeld, originalsOf } from '../../src/offices/counter/originals/store.ts'
import { waitingScans } from '../../src/offices/counter/scans/store.ts'
import * as counter from '../../src/offices/counter/store.ts'
import { changesOf as draftChanges, openDrafts } from '../../src/offices/designer/drafts/store.ts'
import { touchedBy } from '../../src/offices/designer/fees/touched.ts'
import { wordsOf as draftWords } from '../../src/offices/designer/review/store.ts'
import { complaintsFor, countComplaints } from '../../src/offices/feedback/complaint.ts'
import { contactsFor, contactsOf } from '../../src/offices/feedback/contact.ts'
import { lastSaid, ratingsSince } from '../../src/offices/feedback/figures.ts'
import { askedOf } from '../../src/offices/feedback/rating.ts'
import { settledIdents } from '../../src/offices/imports/check/propose.ts'
import { knownRows } from '../../src/offices/imports/check/stage.ts'
import * as importQuestions from '../../src/offices/imports/questions.ts'
import { rowReasons, rowsOf } from '../../src/offices/imports/rows.ts'
import * as importRuns from '../../src/offices/imports/runs.ts'
import { sourceKeys } from '../../src/offices/imports/sealed.ts'
import * as bulk from '../../src/offices/messaging/bulk/index.ts'
import { providersOf } from '../../src/offices/messaging/carriers/store.ts'
import * as texts from '../../src/offices/messaging/incoming/pages/store.ts'
import { findLink } from '../../src/offices/messaging/links/index.ts'
import { codeUnderWay } from '../../src/offices/messaging/numbers/codes.ts'
import { leftOutOf } from '../../src/offices/messaging/numbers/opt-out.ts'
import { dueMessages } from '../../src/offices/messaging/outbox/due.ts'
import { carriedOfLate } from '../../src/offices/messaging/outbox/health.ts'
import { matchLateReports } from '../../src/offices/messaging/outbox/reports.ts'
import { standingOf } from '../../src/offices/messaging/outbox/terms.ts'
import { monthOf } from '../../src/offices/messaging/proof/figures.ts'
import { findMessages, type MessageFilter } from '../../src/offices/messaging/proof/find.ts'
import { getMessage } from '../../src/offices/messaging/proof/one.ts'
import {
  countTroubles,
  posted,
  toBePosted,
  troubled,
  troubles,
} from '../../src/offices/messaging/proof/trouble.ts'
import { pausesOf } from '../../src/offices/messaging/providers/pauses.ts'
import { providerByHook, takenOn } from '../../src/offices/messaging/providers/store.ts'
import { messagesOfPerson, messagesOfRequest } from '../../src/offices/messaging/store.ts'
import { readTownWords } from '../../src/offices/messaging/templates/kept.ts'
import { wordsOfTown, versionsOf as wordsVersions } from '../../src/offices/messaging/templates/store.ts'
import * as payments from '../../src/offices/payments/store.ts'
import { doorkeeper } from '../../src/offices/people/doorkeeper.ts'
import {
  absencesFrom,
  changesOf,
  doubtfulNumbers,
  findPeople,
  findPersonByIdNumber,
  getPeople,
  mergedRecords,
  officesOf,
  phoneOwners,
  phoneQuestionsOf,
  phonesOf,
  primaryPhones,
  probableDoubles,
  reachOfPerson,
  readRegistration,
  searchPeople,
} from '../../src/offices/people/index.ts'
import { documentVisible } from '../../src/offices/requests/access.ts'
import { homeOf, mostAsked, myRequests } from '../../src/offices/requests/citizen/mine/store.ts'
import { requestOfTracking } from '../../src/offices/requests/citizen/track/store.ts'
import { findConcerned } from '../../src/offices/requests/closures.ts'
import * as requests from '../../src/offices/requests/index.ts'
import { heldLetters } from '../../src/offices/requests/letters/held/store.ts'
import { countLetters, letterOfText, lettersOf } from '../../src/offices/requests/letters/store.ts'
import { requestsVisibleOf } from '../../src/offices/requests/lists.ts'
import { tasksToEscalate } from '../../src/offices/requests/machine/ladder.ts'
import { notesOf } from '../../src/offices/requests/notes/store.ts'
import { partsOf } from '../../src/offices/requests/parts/store.ts'
import { colleaguesOf } from '../../src/offices/requests/staff/colleagues.ts'
import { phrasesOf } from '../../src/offices/requests/staff/desk/phrases.ts'
import { countInbox, listInbox, nextRequest } from '../../src/offices/requests/staff/inbox/store.ts'
import { outingsBetween } from '../../src/offices/requests/staff/outings/store.ts'
import { happeningsOf } from '../../src/offices/requests/staff/register/subscriptions.ts'
import { readableOf } from '../../src/offices/requests/staff/rights.ts'
import * as texted from '../../src/offices/requests/texts/store.ts'
import { exemptionsFor } from '../../src/offices/treasury/debts/exemptions.ts'
import { keptCharges } from '../../src/offices/treasury/debts/plan-store.ts'
import { accountFacts } from '../../src/offices/treasury/debts/statement-accounts.ts'
import { listExceptions } from '../../src/offices/treasury/exceptions.ts'
import * as treasury from '../../src/offices/treasury/index.ts'
import { receiptsBetween, receiptsOfSession } from '../../src/offices/treasury/receipts.ts'
import { chequesIn } from '../../src/offices/treasury/till/cheques.ts'
import { openProposals } from '../../src/offices/treasury/till/proposals.ts'
import * as tillReports from '../../src/offices/treasury/till/reports.ts'
import * as tillSessions from '../../src/offices/treasury/till/sessions.ts'
import { temporaryOver } from '../../src/offices/utilities/effects/temporary.ts'
import { subscriptionsOf } from '../../src/offices/utilities/store.ts'
import { verifyAudit } from '../../src/offices/verify/audit.ts'
import { verifyFiles } from '../../src/offices/verify/files.ts'
import { verifyRequests } from '../../src/offices/verify/requests.ts'
import { visitsOf } from '../../src/offices/visits/index.ts'
import * as visits from '../../src/offices/visits/store.ts'
import { openPool, withClient } from '../../src/platform/database/pool.ts'
import type { Database, Write } from '../../src/platform/database/transaction.ts'
import { aHouse } from '../builders/house.ts'
import { aPerson, aTown } from '../builders/people.ts'
import { aFiledRequest, aWorker, aWorkingTown, type Bench } from '../builders/requests.ts'
import { fillTown } from '../bulk/fill.ts'
import { type FilledImport, fillImport } from '../bulk/imports.ts'
import { fillProof } from '../bulk/messages.ts'
import { fillNumbers } from '../bulk/numbers.ts'
import { fillVisits } from '../bulk/visits.ts'
import { testDatabase } from '../database.ts'
import { judge, type Limits } from './plans.ts'

const size = 20_000
/** A list shows 50 lines; to find them it may go through some more, and through all open tasks of an office. */
const most = 1_500

const db = await testDatabase()
const house = aHouse(db)
const pool = openPool(db.ownerUrl, { max: 1 })
let client: pg.PoolClient
let limits: Limits
let bench: Bench
let person = ''
let request = ''
let officer: Actor & { kind: 'staff' }
let imported: FilledImport

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  const builtPerson = await aPerson({ house, town: bench.town.id })
  const { requestId } = await aFiledRequest(bench, builtPerson.id)
  const worker = await aWorker(bench, 'officer', 'finance')
  officer = { kind: 'staff', staffId: worker.id, appointments: [{ role: 'officer', office: 'finance' }] }
  const filled = await withClient(db.ownerUrl, owner =>
    fillTown(owner, {
      ...{
        town: bench.town.id,
        like: requestId,
        persons: size,
        requests: size,
        whole: false,
        partner: partner.keyId,
      },
      desks: [
        { office: 'finance', role: 'officer', open: 30 },
        { office: 'service-centre', role: 'clerk', open: 300 },
        { office: 'planning', role: 'officer', open: 170 },
      ],
    }),
  )
  imported = await withClient(db.ownerUrl, owner => fillImport(owner, { town: bench.town.id, rows: size }))
  await withClient(db.ownerUrl, owner => fillVisits(owner, { town: bench.town.id, visits: size }))
  await withClient(db.ownerUrl, owner => fillProof(owner, { town: bench.town.id }))
  await withClient(db.ownerUrl, owner => fillNumbers(owner, { town: bench.town.id }))
  person = filled.personIds[7] ?? ''
  request = filled.requestIds[40] ?? ''
  client = await pool.connect()
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= ${size / 5}`,
  )
  const now = (await client.query<{ now: Date }>('select now() as now')).rows[0]?.now ?? new Date(0)
  limits = { town: bench.town.id, now, big: new Set(rows.map(row => row.name)), most }
}, 240_000)
afterAll(async () => {
  client?.release()
  await pool.end()
})

const staff = (...appointments: Appointment[]): Actor => ({
  ...{ kind: 'staff', staffId: officer.staffId, appointments },
})
const partner: Actor & { kind: 'partner' } = {
  ...{ kind: 'partner', keyId: '0198a000-0000-7000-8000-00000000aaaa', scopes: ['requests:read'] },
}
const readers: Record<string, () => Actor> = {
  'the officer of an office': () => staff({ role: 'officer', office: 'finance' }),
  'the legal adviser, who is asked seldom': () => staff({ role: 'legal-adviser', office: 'legal' }),
  'an office that never had a request': () => staff({ role: 'officer', office: 'archive' }),
  'the clerk at the counter': () => staff({ role: 'clerk', office: 'service-centre' }),
  'the manager, who reads all': () => staff({ role: 'manager', office: 'service-centre' }),
  "a partner's program": () => partner,
}
const manager = () => staff({ role: 'manager', office: 'service-centre' })
const supervisor = () => staff({ role: 'supervisor', office: 'service-centre' })
const proofFinder = (actor: Actor) => ({
  ...{ actor, visible: requests.requestVisible, timeZone: 'Asia/Hebron' },
  crypto: house.crypto,
})
const said: Record<string, MessageFilter> = {
  'of all kinds': {},
  'on their way': { group: 'on-way' },
  delivered: { group: 'delivered' },
  failed: { group: 'failed' },
  'nobody wanted': { group: 'opted-out' },
  'that were too late': { group: 'expired' },
  'taken back': { group: 'cancelled' },
  'of the law': { kind: 'legal' },
  'of a kind nobody sent': { kind: 'survey' },
  'of rare words': { template: 'ELE-04/received' },
  'of words nobody uses': { template: 'ELE-04/lapsed' },
  'of a request': { text: '77/1900' },
  'to a telephone': { text: '0599123456' },
  'to people by name': { text: 'ليلى' },
  'of a day': { from: '2026-05-01', to: '2026-05-01' },
  'after a page': {
    before: { at: new Date('2026-05-01T00:00:00Z'), id: '0198a000-0000-7000-8000-00000000aaaa' },
  },
}
const spanOf = (to: Date) => ({ from: new Date(to.getTime() - 86_400_000), to })
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
/** The sealed numbers of a filled town open to nothing. */
const unsealed = () => ({ ...house.crypto, open: () => '+970599123456' })
const zone = 'Asia/Hebron'
const importKeys = () => sourceKeys(house.crypto, bench.town.id, imported.source)
const firstRows = { after: 0, limit: 51 }
const aDay = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') }
const today = '2026-11-01'
const desk = () => ({ staffId: officer.staffId, appointments: officer.appointments })
const clerkDesk = () => ({ ...desk(), appointments: [{ role: 'clerk', office: 'service-centre' }] })

type List = (tx: Write, database: Database) => Promise<unknown>

const lists: Record<string, List> = {
  ...Object.fromEntries(
    Object.entries(readers).flatMap(([who, actor]) => [
      ...Object.entries(filters).map(([which, filter]): [string, List] => [
        `requests, ${which}, read by ${who}`,
        tx => requests.listRequests(tx, actor(), filter),
      ]),
      [
        `a request by its number, read by ${who}`,
        (tx: Write) => requests.findByNumber(tx, actor(), 77, 1900),
      ],
      [`a document seen by ${who}`, (tx: Write) => findVisible(tx, person, documentVisible(actor()))],
    ]),
  ),
  ...Object.fromEntries(
    requests.boxes.flatMap(box => [
      [`tasks of the box ${box}`, (tx: Write) => requests.listTasks(tx, desk(), box)],
      [`the inbox ${box}`, (tx: Write) => listInbox(tx, desk(), { box }, zone)],
      [
        `the late ones of the inbox ${box}`,
        (tx: Write) => listInbox(tx, clerkDesk(), { box, when: 'late' }, zone),
      ],
      [`the counts of the inbox ${box}`, (tx: Write) => countInbox(tx, clerkDesk(), box, zone)],
    ]),
  ),
  'the counts of the boxes': tx => requests.countBoxes(tx, desk()),
  'the next request of the inbox': tx => nextRequest(tx, desk(), request),
  'the letters of a request': tx => lettersOf(tx, request, 'staff'),
  'letters that wait for a second look': tx => heldLetters(tx, officer),
  'a letter that came as a text': tx => letterOfText(tx, person),
  'a short link by its code': tx => findLink(tx, house, '0123456789'),
  'how many letters a request has': tx =>
    countLetters(tx, request, 'citizen', new Date('2026-11-01T00:00:00Z')),
  'the notes on the papers of a request': tx => notesOf(tx, request),
  'late tasks by their ladder': tx => tasksToEscalate(tx, ['ADM-01'], undefined, 500),
  'late tasks after a page': tx =>
    tasksToEscalate(tx, ['ADM-01'], { dueAt: new Date('2026-05-01T00:00:00Z'), taskId: person }, 500),
  'visits to places on a day': tx => outingsBetween(tx, clerkDesk(), aDay.from, aDay.to),
  'requests a late closure touches': tx =>
    findConcerned(tx, { timeZone: zone }, { announcedAt: '2026-11-01T00:00:00Z', since: '2026-11-03' }),
  'how long requests of a service took lately': tx => paceOf(tx, 'ADM-01'),
  'what the town confirmed of services': confirmationsOf,
  'what the town is still to confirm of services': doubtsOf,
  'what was filed as parts of a request': tx => partsOf(tx, request),
  'which of some requests the manager may read': tx => readableOf(tx, manager(), [request]),
  'the telephones of several people': tx =>
    primaryPhones(tx, house.crypto, ['0198a000-0000-7000-8000-00000000aaaa']),
  'ready phrases': tx => phrasesOf(tx, [officer.staffId, 'finance']),
  'colleagues and who is away': tx => colleaguesOf(tx, zone),
  'absences to come': tx => absencesFrom(tx, today),
  "somebody's absences": tx => absencesFrom(tx, today, [officer.staffId]),
  'requests of a person': tx => requests.requestsOfPerson(tx, person),
  "a citizen's requests": tx => myRequests(tx, person),
  "a citizen's home": tx => homeOf(tx, person),
  'services asked for most': mostAsked,
  'a tracking link': tx => requestOfTracking(tx, 'abcdefghijklmnopqrstuvwx'),
  'services being written': tx => openDrafts(tx),
  'what was written in a draft of a service': tx => draftChanges(tx, person, 50),
  'what was said of a draft of a service': tx => draftWords(tx, person),
  'open requests an amount would touch': tx =>
    touchedBy(tx, { key: 'applicationFee', from: '2027-01-01', timeZone: zone }),
  drafts: tx => requests.draftsOf(tx, { kind: 'citizen', id: person }),
  'a request': tx => requests.getRequest(tx, request),
  'the history of a request': tx => requests.actionsOf(tx, request),
  'the papers of a request': tx => requests.papersOf(tx, request),
  'the parties of a request': tx => requests.partiesOf(tx, request),
  'people by a name many have': tx => findPeople(tx, house.crypto, 'سامي'),
  'people by parts of a name': tx => findPeople(tx, house.crypto, 'سامي محمد الخط'),
  'people by a name nobody has': tx => findPeople(tx, house.crypto, 'زرقاء اليمامة'),
  'people by a number': tx => findPeople(tx, house.crypto, '901234567'),
  'people by a telephone': tx => findPeople(tx, house.crypto, '0599123456'),
  'people for a list': tx => searchPeople(tx, house.crypto, 'ليلى'),
  'people by their ids': tx => getPeople(tx, [person]),
  'a person by the identity number': tx => findPersonByIdNumber(tx, house.crypto, '901234567'),
  'numbers that messages do not reach': tx => doubtfulNumbers(tx, unsealed()),
  'the second page of those numbers': tx =>
    doubtfulNumbers(tx, unsealed(), { after: { at: limits.now, key: '00'.repeat(32) } }),
  'what was asked of a person’s numbers': tx => phoneQuestionsOf(tx, unsealed(), person),
  'whereby a person is told': tx => reachOfPerson(tx, person),
  'what a person does without': tx => leftOutOf(tx, unsealed(), person),
  'a code on its way': tx => codeUnderWay(tx, { crypto: unsealed() }, person, person),
  'the telephones of a person': tx => phonesOf(tx, house.crypto, '0198a000-0000-7000-8000-00000000aaaa'),
  'the owners of a telephone': tx => phoneOwners(tx, house.crypto, '+970599123456'),
  'the offices': officesOf,
  'the visitor of a session': (_tx, database) =>
    doorkeeper({ ...house, database }).visitorOf(bench.town.id, 'a token that nobody has'),
  'the partner of a key': (_tx, database) =>
    doorkeeper({ ...house, database }).partnerOf(bench.town.id, 'a key'),
  'sources of present programs': async tx => {
    await importRuns.newestRuns(tx)
    await importRuns.lastApplied(tx)
    await importRuns.runsOf(tx, imported.source)
  },
  'rows of an import that do not fit': tx =>
    rowsOf(tx, importKeys(), imported.run, { ...firstRows, verdict: 'refused' }),
  'rows of an import by reason': tx =>
    rowsOf(tx, importKeys(), imported.run, { ...firstRows, verdict: 'refused', reason: 'key-doubled' }),
  'reasons of an import': tx => rowReasons(tx, imported.run, 'refused'),
  'questions of a source': async tx => {
    await importQuestions.openCounts(tx, imported.source)
    await importQuestions.decisionsOn(tx, imported.source, 'person', [Buffer.alloc(32)])
  },
  'what an import knows of some keys': async tx => {
    await knownRows(tx, importKeys(), imported.source, new Map([['00'.repeat(32), Buffer.alloc(16)]]))
    await settledIdents(tx, imported.source, [Buffer.alloc(32)])
  },
  'dues of a person': tx => treasury.duesOf(tx, person, today),
  'accounts of a person': tx => treasury.accountsOf(tx, person, today),
  'the statement of an account': tx => treasury.statementOf(tx, person),
  'the statement of a person': tx => treasury.statementOfPerson(tx, person, today),
  'the accounts of a statement': tx => accountFacts(tx, person),
  'credits of a person': tx => treasury.creditsOf(tx, person, today),
  'plans of a person': tx => treasury.plansOf(tx, person, today),
  'plans that wait': tx => treasury.listPlans(tx, 'proposed', today),
  'charges in plans that are kept': tx => keptCharges(tx, [person], today),
  'instalments to recall': tx => treasury.takeReminders(tx, today, '2026-11-04'),
  'transfers of a person': tx => treasury.transfersOf(tx, person),
  'exemptions of a charge': tx => exemptionsFor(tx, { personId: person, dueKind: 'water' }, today),
  'exemptions of a person': tx => treasury.listExemptions(tx, { personId: person }),
  'every exemption': tx => treasury.listExemptions(tx),
  'exceptions by name': tx => listExceptions(tx),
  'what lies on account of a receipt': tx => treasury.freeCredit(tx, person),
  'arrears by age': tx => treasury.arrearsByAge(tx, today),
  'whether the town takes money online': tx => treasury.paysOnline(tx, today),
  'online payments': tx => payments.listIntents(tx),
  'online payments that need somebody': tx => payments.listIntents(tx, { state: 'mismatch' }),
  'online payments of a person': tx => payments.intentsOf(tx, person),
  'online payments without an answer': tx =>
    payments.unanswered(tx, {
      begunBefore: new Date('2026-11-01T00:00:00Z'),
      askedBefore: new Date('2026-11-01T00:00:00Z'),
      since: new Date('2026-10-30T00:00:00Z'),
    }),
  'what happened to an online payment': tx => payments.eventsOf(tx, person),
  'refunds of an online payment': tx => payments.refundsOf(tx, person),
  'charges of a request': tx => treasury.chargesOfRequest(tx, request),
  'receipts of a request': tx => treasury.receiptsOfRequest(tx, request),
  'a receipt by its number': tx =>
    treasury.findReceiptByNumber(tx, 'A-77/1900', staff({ role: 'collector', office: 'treasury' })),
  'receipts of a day': tx =>
    receiptsBetween(tx, { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') }),
  'receipts of a payer in some days': tx => tillReports.searchReceipts(tx, { ...aDay, words: 'سامي' }),
  'receipts of a till session': tx => receiptsOfSession(tx, person),
  'what a till session expects': tx => treasury.expectedOf(tx, person),
  'till sessions open, and those to hand over': async tx => {
    await tillSessions.openSessions(tx)
    await tillSessions.sessionsToHandOver(tx)
    await tillSessions.sessionsBetween(tx, aDay)
    await tillSessions.lastClosedOf(tx, person)
    await tillReports.expectedOfAll(tx, [person, request])
  },
  'the day book': tx => tillReports.dayBook(tx, aDay, 1_000),
  'income by kind': tx => tillReports.incomeByKind(tx, aDay),
  'cheques held, and reversals that wait': async tx => {
    await chequesIn(tx, 'held')
    await openProposals(tx)
  },
  'pages of a hand-written book not entered': tx => tillReports.missingPages(tx, 'H'),
  ...Object.fromEntries(
    Object.entries({ manager, supervisor }).flatMap(([who, actor]) => [
      ...Object.entries(said).map(([which, filter]): [string, List] => [
        `messages ${which}, read by the ${who}`,
        tx => findMessages(tx, proofFinder(actor()), filter, 31),
      ]),
      ...troubles.map((trouble): [string, List] => [
        `messages that are ${trouble}, read by the ${who}`,
        tx => troubled(tx, proofFinder(actor()), trouble, { limit: 31 }),
      ]),
    ]),
  ),
  'how many messages need a look': countTroubles,
  'notices for the post, and those handed over': async tx => {
    await toBePosted(tx, proofFinder(manager()), 200)
    await posted(tx, proofFinder(manager()), 30)
  },
  'one message with all that proves it': async tx => {
    const [line] = await findMessages(tx, proofFinder(manager()), {}, 1)
    if (line) await getMessage(tx, proofFinder(manager()), line.id)
  },
  'the figures of a month': tx => monthOf(tx, '2026-05-01'),
  'messages that are due, and how their numbers stand': async tx => {
    const due = await dueMessages(tx, { channel: 'sms', most: 100, bulk: 50 }, [])
    await standingOf(tx, due.length > 0 ? due : [{ index: Buffer.alloc(32, 7) } as (typeof due)[number]])
  },
  'reports that are about nothing known yet': (tx, database) =>
    matchLateReports({ ...house, database }, tx.town, new Date(0)),
  'how much each provider carried of late': tx => carriedOfLate(tx, [tx.town]),
  'which towns have something to send': (tx, database) =>
    database.once('due-towns', 'select * from due_towns($1, $2)', [tx.now, [tx.town]]),
  'messages of a request': tx => messagesOfRequest(tx, request),
  'messages of a person': tx => messagesOfPerson(tx, person),
  'who carries messages, and how they stand': async tx => {
    await providersOf(tx)
    await takenOn(tx, '2026-05-01')
  },
  'whose word in an address this is': tx => providerByHook(tx, Buffer.alloc(32)),
  'what is not sent for now': pausesOf,
  'words a town sends': readTownWords,
  'words a town is writing': wordsOfTown,
  'versions of the words of an occasion': tx => wordsVersions(tx, 'ELE-01/received'),
  'documents of a person': tx => documentsOf(tx, person, ['identity-card'], today),
  'documents by their ids': tx => documentsByIds(tx, [person]),
  'certificates of a request': tx => certificates.certificatesOfRequest(tx, request),
  'certificates of a person': tx => certificates.certificatesOfPerson(tx, person),
  'a certificate by its code': tx => certificates.findByCode(tx, 'ABCD'),
  'a certificate by its file': tx => certificates.findByFile(tx, Buffer.alloc(32)),
  'subscriptions of a person': tx => subscriptionsOf(tx, person, today),
  'what happened to subscriptions': tx => happeningsOf(tx, [{ id: person }]),
  'temporary connections that are over': tx => temporaryOver(tx, today),
  'visits of a day': tx => visits.visitsOn(tx, today),
  'who waits': tx => visits.waitingOn(tx, today),
  'how many wait for what': tx => visits.waitingCounts(tx, today),
  'whom a clerk serves': tx => visits.currentVisit(tx, officer.staffId),
  'a visit': tx => visits.findVisit(tx, person),
  'visits a request has cost': tx => visitsOf(tx, request),
  'windows and purposes': async tx => [await visits.windowsOf(tx), await visits.purposesOf(tx)],
  'texts nobody understood': tx => texts.unreadMessages(tx),
  'what else a telephone wrote': tx => texts.exchangeWith(tx, Buffer.alloc(32, 7)),
  'a request of theirs, texted by its number': tx =>
    texted.ownByNumber(tx, person, { number: 41, years: [2026, 2025, 2024] }),
  'what a telephone was asked last': tx => texted.lastAsked(tx, person, Buffer.alloc(32, 7)),
  'the conversation a telephone writes in': tx => texted.conversationOf(tx, person, Buffer.alloc(32, 7)),
  ...Object.fromEntries(
    Object.entries(readers)
      .filter(([who]) => !who.includes('program'))
      .map(([who, actor]): [string, List] => [
        `papers to sign, of ${who}`,
        (tx: Write) => papersToSign(tx, actor()),
      ]),
  ),
  'bulletins, the newest first': async tx => {
    await bulletins.listBulletins(tx)
    await bulletins.listBulletins(tx, { before: { at: limits.now, id: person } })
  },
  'bulletins something is to be done for': tx => bulletins.bulletinsAtWork(tx, limits.now),
  'bulletins by their ids': tx => bulletins.bulletinsByIds(tx, [person]),
  'some recipients of a bulletin': tx => bulletins.recipientsByNumber(tx, person, [1, 2]),
  'bad lines of a bulletin': tx => bulletins.badLinesOf(tx, person),
  'feeders of the town': tx => bulletins.feedersOf(tx),
  'what many people owe': tx => treasury.owedByMany(tx, [person, request], today),
  'whether anything of a bulk waits': async tx => {
    await bulk.anyWaiting(tx, person)
    await bulk.underWay(tx, person, 1_000)
    await bulk.bulkOf(tx, [person])
    await bulk.smsTariff(tx, today)
  },
  'where the work stands': tx => workByOffice(tx),
  'what is late': tx => lateTasks(tx, manager()),
  'what is late at one office': tx => lateTasks(tx, manager(), { office: 'planning' }),
  'who has what late': tx => latePeople(tx),
  'what stops requests': tx => stoppers(tx),
  'the figures of a day': tx => centreFigures.dayFigures(tx, spanOf(limits.now), spanOf(limits.now)),
  'promises kept': tx => centreFigures.promisesKept(tx),
  'what came by other doors': tx => centreFigures.cameOutside(tx),
  'visits a request costs of late': tripsOfLate,
  'who overtook whom': tx => overtakings(tx, manager()),
  'files to review': tx => filesToReview(tx, manager()),
  'papers at hand': tx => byHand.papersAtHand(tx),
  'papers by hand of a request': tx => byHand.handSigningsOf(tx, request),
  'the register of what went out': tx => outgoingOf(tx, 2026, undefined),
  'ratings of ninety days': tx => ratingsSince(tx, limits.now),
  'what was said with ratings': tx => lastSaid(tx, limits.now),
  'whom a telephone was asked about': tx => askedOf(tx, Buffer.alloc(32)).catch(() => {}),
  'messages to the management': tx => contactsFor(tx, 'open'),
  'all messages to the management': tx => contactsFor(tx, 'all'),
  'messages of a person to the management': tx => contactsOf(tx, person),
  'complaints, read by the manager': tx => complaintsFor(tx, bench, manager()),
  'complaints, read by the mayor': tx =>
    complaintsFor(tx, bench, staff({ role: 'mayor', office: 'mayor-office' })),
  'how many complaints wait': tx => countComplaints(tx, bench, manager()),
  'the catalogue': catalogueOf,
  'who looked at a person': tx => looksAt(tx, person, { limit: 30 }),
  'what a program filed': tx => listFiled(tx, partner, { limit: 50 }),
  'what a program filed that ended': tx => listFiled(tx, partner, { limit: 50, state: 'rejected' }),
  'what a program filed that moved': tx =>
    listFiled(tx, partner, { limit: 50, updatedSince: new Date('2026-11-01T00:00:00Z') }),
  'one request a program filed': tx => getFiled(tx, partner, request).catch(() => {}),
  'open tasks for a program': tx => listOpenTasks(tx, partner, { limit: 50 }),
  'the cause a program saw a person for': tx => causeToSee(tx, partner.keyId, person).catch(() => {}),
  'documents a program sent': tx => ownDocuments(tx, partner.keyId, [person]),
  'requests of some people, read by an officer': tx => requestsVisibleOf(tx, officer, [person]),
  'whatever a text finds at the counter': async tx => {
    for (const text of ['سامي محمد', '77/1900', 'A-77/1900', '20-000001-1', '10077', 'ABCD-EFGH-JKMN-PQRS'])
      await findAtCounter(tx, house.crypto, officer, text)
  },
  'who may be the person being entered': async tx => {
    const typed = { firstName: 'سامي', familyName: 'الخطيب', idKind: 'none', phone: '0599123456' }
    const reading = readRegistration(typed, today)
    if (!reading.ok) throw new Error('the law reads nobody')
    await probableDoubles(tx, house.crypto, reading.value)
  },
  'what was changed in a record': tx => changesOf(tx, house.crypto, person),
  'records merged into one': tx => mergedRecords(tx, person),
  'who may collect': async tx =>
    requests.collectorsOf(tx, { town: bench.town }, await requests.getRequest(tx, request)),
  'originals held': tx => originalsHeld(tx),
  'originals of a person': tx => originalsOf(tx, person),
  'scans that wait at a window': tx => waitingScans(tx, 3),
  'begun at the counter': tx => counter.begunAtCounter(tx, [officer.staffId], officer.staffId),
  'requests that wait for a fee': tx => counter.awaitingFees(tx),
  'a batch of requests to verify': tx => verifying(tx, verifyRequests),
  'a batch of audit entries to verify': tx => verifying(tx, verifyAudit),
  'a batch of files to verify': tx => verifying(tx, verifyFiles),
}

/** The catalogue or the first batch, the second, and no more. */
function verifying(tx: Write, verify: typeof verifyAudit): Promise<void> {
  let batches = 0
  return verify({
    ...{ town: bench.town, files: house.files, deep: false, batch: 100, found() {}, counted() {} },
    read: async work => (++batches > 3 ? ([] as never) : work(tx)),
  })
}

describe('every list of a town with twenty thousand of each', () => {
  test('answers from an index, and goes through few rows', async () => {
    const found: string[] = []
    let statements = 0
    for (const [name, list] of Object.entries(lists)) {
      const { wrong, asked } = await judge(client, limits, list)
      expect(asked.length, `${name} asks the database`).toBeGreaterThan(0)
      statements += asked.length
      found.push(...wrong.map(each => `${name}: ${each}`))
    }
    expect(found).toEqual([])
    expect(statements).toBeGreaterThan(100)
  })

  test('is measured on tables that are big', () => {
    expect([...limits.big].sort()).toEqual(
      expect.arrayContaining([
        ...['audit', 'charge', 'document', 'file', 'message', 'person', 'person_token', 'receipt', 'request'],
        ...['request_action', 'request_office', 'request_paper', 'request_party', 'task', 'voucher_line'],
        ...['incoming_message', 'visit', 'visit_act'],
      ]),
    )
  })

  test.each<[string, List]>([
    [
      'looks with LIKE, which row-level security keeps from the index',
      tx =>
        sql`select person_id from person where municipality_id = ${tx.town} and sort_name like 'سامي%' limit 20`.execute(
          tx.q,
        ),
    ],
    [
      'hides what it reads in one statement of the database',
      (_tx, database) =>
        database.once('hidden', "select person_id from person where sort_name || '' = $1", ['سامي']),
    ],
    [
      'looks for a text inside an answer',
      tx =>
        sql`select request_id from request where municipality_id = ${tx.town} and answers @> '{"purpose": "bank"}'`.execute(
          tx.q,
        ),
    ],
    [
      'counts a whole town',
      tx => sql`select count(*) from task where municipality_id = ${tx.town}`.execute(tx.q),
    ],
  ])('is caught when it %s', async (_why, list) => {
    expect((await judge(client, limits, list)).wrong).not.toEqual([])
  })
})
