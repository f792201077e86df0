export { accountFor, accountsOf } from './accounts.ts'
export { cancelCharge, chargesOfRequest, getCharge, raiseCharge } from './charges.ts'
export { duesOf, duesTotals, statementOf } from './dues.ts'
export { carryExceptions, exceptionsFor, grantException } from './exceptions.ts'
export type {
  Account,
  By,
  CashTender,
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
export { type PlannedCharge, planCharge } from './plan.ts'
export { rateOn, setRate } from './rates.ts'
export { findReceiptByNumber, receiptsOfRequest } from './receipts.ts'
export { treasuryRoutes } from './routes.ts'
export { takeReceipt } from './take.ts'
export { loadDefaultTariffs, setTariff, tariffsOn } from './tariffs.ts'
export { cashDue } from './tender.ts'
export { verifyTreasury } from './verify.ts'
