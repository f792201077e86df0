export { readAccountNumber } from './account-number.ts'
export { accountFor, accountsOf, changeHolder, holdersOf } from './accounts.ts'
export { cancelCharge, chargesOfRequest, getCharge } from './charges.ts'
export { type Arrears, arrearsByAge } from './debts/arrears.ts'
export { allocateCredit, type Credit, creditsOf, creditTotals } from './debts/credits.ts'
export type { ToldExemption } from './debts/exempt.ts'
export { applyExemption, grantExemption, listExemptions } from './debts/exemptions.ts'
export { anyExemption, exemptFee, type FeeExemption, feeExemptionsOf } from './debts/fee-exemptions.ts'
export { freeCredit, giveBackCredit } from './debts/give-back.ts'
export { DebtTabs } from './debts/pages/tabs.tsx'
export { getPlan, listPlans, type Plan, plansOf } from './debts/plan-store.ts'
export { decidePlan, proposePlan, takeReminders } from './debts/plans.ts'
export { allocationOrder, planRules, staleDays } from './debts/rules.ts'
export { statementOf, statementOfPerson } from './debts/statement.ts'
export { transferDebt, transfersOf } from './debts/transfer.ts'
export { duesOf, duesTotals } from './dues.ts'
export { carryExceptions, exceptionsFor, grantException } from './exceptions.ts'
export {
  accountsOfObjects,
  changeImportedHolder,
  confirmImported,
  type ImportedAccount,
  type ImportedBalance,
  openImportedAccounts,
  type PostedBalance,
  postImportedBalances,
  reverseImportedBalances,
  usedOfImported,
} from './imported.ts'
export { lendManageNotices } from './manage/notices.ts'
export type {
  Account,
  By,
  Charge,
  Due,
  DuesException,
  ExceptionScope,
  Finding,
  Holder,
  NewCharge,
  ObjectKind,
  Rate,
  Receipt,
  ReceiptInput,
  ReceiptLine,
  ReceiptLineInput,
} from './model.ts'
export { type Owed, openChargesOf, owedByMany } from './owed.ts'
export {
  type FreeCredit,
  type PaidCharge,
  type PartGivenBack,
  type PaymentVoucher,
  type PaymentWay,
  paymentWays,
} from './paid-back/model.ts'
export { payBack } from './paid-back/pay-back.ts'
export {
  awaitsCheque,
  freeOfReceipt,
  hasPaidBack,
  paidByReceipt,
  paidOfRequest,
  paymentsOfRequest,
} from './paid-back/store.ts'
export { depositToAccount } from './paid-back/to-account.ts'
export { type PlannedCharge, planCharge } from './plan.ts'
export { raiseCharge } from './raise.ts'
export { rateOn, ratesOn, setRate } from './rates.ts'
export { findReceiptByNumber, getReceipt, receiptsOfRequest } from './receipts.ts'
export { reverseReceipt } from './reverse.ts'
export { treasuryRoutes } from './routes.ts'
export { onlineKey, paysOnline, setSetting, settingOn } from './settings.ts'
export { takeReceipt } from './take.ts'
export { loadDefaultTariffs, setTariff, tariffsOn } from './tariffs.ts'
export { applyTariffTo, tariffsOfRequest } from './tariffs-of-request.ts'
export { cashDue } from './tender.ts'
export { addBook, booksOf } from './till/books.ts'
export { chequesDue, clearCheque } from './till/cheques.ts'
export { closeSession, handOver } from './till/close.ts'
export { expectedOf } from './till/expected.ts'
export { freeBooks } from './till/free-books.ts'
export type { Figure, Tender, TillSession } from './till/model.ts'
export { readDay } from './till/read.ts'
export { returnCheque } from './till/return-cheque.ts'
export { openSession, openSessionOf } from './till/sessions.ts'
export { verifyTreasury } from './verify.ts'
