import type { Route } from '../../web/route.ts'
import { calendarRoutes } from './calendar/routes.tsx'
import { citizenLogInRoutes } from './pages/citizen-log-in.tsx'
import { citizenPinRoutes } from './pages/citizen-pin.tsx'
import { leaveRoutes } from './pages/leave.ts'
import { staffLogInRoutes } from './pages/staff-log-in.tsx'

export const peopleRoutes: Route[] = [
  ...citizenLogInRoutes,
  ...citizenPinRoutes,
  ...staffLogInRoutes,
  ...leaveRoutes,
  ...calendarRoutes,
]
