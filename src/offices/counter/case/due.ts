import { toDecimal } from '../../../lib/money.ts'
import type { Bill } from '../till.ts'

/** What the page told the clerk is due: sent back with the money, so that another sum is never taken unseen. */
export const dueWords = ({ due }: Bill): string => `${toDecimal(due)} ${due.currency}`
