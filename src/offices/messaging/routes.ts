import type { Route } from '../../web/route.ts'
import { demoRoutes } from './demo.tsx'
import { demoSendRoutes } from './demo-send.ts'
import { incomingRoutes } from './incoming/index.ts'
import { linkRoutes } from './links/index.ts'
import { contactRoutes } from './numbers/citizen.tsx'
import { doubtfulRoutes } from './numbers/doubtful.tsx'
import { providerRoutes } from './providers/routes.ts'
import { templateRoutes } from './templates/routes.ts'

/** The pages of messaging: what nobody understood, and the telephones of a demo town. */
export const messagingRoutes: Route[] = [
  ...incomingRoutes,
  ...linkRoutes,
  ...contactRoutes,
  ...doubtfulRoutes,
  ...templateRoutes,
  ...providerRoutes,
  ...demoRoutes,
  ...demoSendRoutes,
]
