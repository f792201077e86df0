import type { Route } from '../../web/route.ts'
import { debtRoutes } from './debts/routes.ts'
import { manageRoutes } from './manage/routes.ts'
import { receiptRoutes } from './pages/receipt.tsx'
import { tillRoutes } from './pages/till.tsx'
import { treasurerRoutes } from './till/routes.ts'

/** The pages of the till and of what the town charges: receipts, taking one back, the day's list, the settings. */
export const treasuryRoutes: Route[] = [
  ...receiptRoutes,
  ...tillRoutes,
  ...treasurerRoutes,
  ...debtRoutes,
  ...manageRoutes,
]
