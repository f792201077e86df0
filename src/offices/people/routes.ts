import type { Route } from '../../web/route.ts'
import { calendarRoutes } from './calendar/routes.tsx'
import { keyRoutes } from './keys/routes.tsx'
import { citizenCodeRoutes } from './pages/citizen-code.tsx'
import { citizenKnownRoutes } from './pages/citizen-known.tsx'
import { citizenLogInRoutes } from './pages/citizen-log-in.tsx'
import { citizenPinRoutes } from './pages/citizen-pin.tsx'
import { citizenRegisterRoutes } from './pages/citizen-register.tsx'
import { deviceRoutes } from './pages/devices.tsx'
import { leaveRoutes } from './pages/leave.ts'
import { staffLogInRoutes } from './pages/staff-log-in.tsx'
import { signOnRoutes } from './sign-on/routes.ts'
import { staffingRoutes } from './staffing/routes.ts'
import { wayRoutes } from './ways-in/routes.ts'

export const peopleRoutes: Route[] = [
  ...citizenLogInRoutes,
  ...citizenPinRoutes,
  ...citizenCodeRoutes,
  ...citizenKnownRoutes,
  ...citizenRegisterRoutes,
  ...deviceRoutes,
  ...staffLogInRoutes,
  ...wayRoutes,
  ...staffingRoutes,
  ...signOnRoutes,
  ...keyRoutes,
  ...leaveRoutes,
  ...calendarRoutes,
]
