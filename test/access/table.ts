import type { Route } from '../../src/web/route.ts'

/** Every route of the program, as the published proof names it. */
export const tableOf = (routes: readonly Route[]): string[] =>
  routes.map(({ method, address }) => `${method} ${address.pattern}`).sort()
