import type { Route } from '../../web/route.ts'

/** The pages of the till: receipts, taking one back, the day's list. */
export const treasuryRoutes: Route[] = []
