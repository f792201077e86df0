/** The outbox: what is due is claimed, screened, handed to a provider and followed until its fate is known. */
export { type Filled, type Filler, registerFiller } from './fill.ts'
export { sendDue, startSending } from './outbox.ts'
export { takeReports } from './reports.ts'
