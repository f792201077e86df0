import type { House } from '../../platform/house.ts'
import type { Job } from '../../platform/jobs/index.ts'
import type { Route } from '../../web/route.ts'
import { consentRoutes, registerConsents } from './consents/index.ts'
import { copyJobs } from './copy/jobs.ts'
import { ownRightsRoutes } from './routes.ts'

/** What people may ask of whoever keeps their data: a copy, a correction, and what they consented to. */
export const rightsRoutes: Route[] = [...consentRoutes, ...ownRightsRoutes]

export const rightsJobs: readonly Job[] = [...copyJobs]

/** Lets the office hear and be heard by the others. */
export function registerRights(_house: House): void {
  registerConsents()
}

export { demoConsents } from './consents/demo-consents.ts'
export { mayTell, mayUse } from './consents/index.ts'
export { countLateCorrections } from './correction/store.ts'
export { demoCopy, demoRights } from './demo-rights.ts'
