import type { Route } from '../../web/route.ts'
import { receiptRoutes } from './pages/receipt.tsx'
import { tillRoutes } from './pages/till.tsx'

/** The pages of the till: receipts, taking one back, the day's list. */
export const treasuryRoutes: Route[] = [...receiptRoutes, ...tillRoutes]
