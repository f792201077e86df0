import { exemptionsFor } from '../../../src/offices/treasury/debts/exemptions.ts'
import { keptCharges } from '../../../src/offices/treasury/debts/plan-store.ts'
import { accountFacts } from '../../../src/offices/treasury/debts/statement-accounts.ts'
import { listExceptions } from '../../../src/offices/treasury/exceptions.ts'
import * as treasury from '../../../src/offices/treasury/index.ts'
import { receiptsBetween, receiptsOfSession } from '../../../src/offices/treasury/receipts.ts'
import { chequesIn } from '../../../src/offices/treasury/till/cheques.ts'
import { openProposals } from '../../../src/offices/treasury/till/proposals.ts'
import * as tillReports from '../../../src/offices/treasury/till/reports.ts'
import * as tillSessions from '../../../src/offices/treasury/till/sessions.ts'
import { aDay, type BigTown, type Lists, today } from './town.ts'

/** Lists of the treasury. */
export const treasuryLists = ({ person, request, staff }: BigTown): Lists => ({
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
  'what many people owe': tx => treasury.owedByMany(tx, [person, request], today),
})
