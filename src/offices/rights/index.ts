import type { House } from '../../platform/house.ts'
import type { Job } from '../../platform/jobs/index.ts'
import type { Route } from '../../web/route.ts'

/** What people may ask of whoever keeps their data: a copy, a correction, and what they consented to. */
export const rightsRoutes: Route[] = []

export const rightsJobs: readonly Job[] = []

/** Lets the office hear and be heard by the others. */
export function registerRights(_house: House): void {}
