import type { Route } from '../../web/route.ts'
import { signingRoutes } from './signing/routes.ts'

/** The pages of those who answer for the whole. */
export const centreRoutes: Route[] = [...signingRoutes]
