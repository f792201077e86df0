/** Short links: an address of our own that fits into a message. */
export { type LinkKind, mostTries, type ShortLink } from './model.ts'
export { type NewLink, type PlannedLink, planLink } from './plan.ts'
export { type LinkOpener, registerLink } from './registry.ts'
export { linkRoutes } from './routes.tsx'
export { addLinks, countTry, findLink, type LinkRow, linkRow } from './store.ts'
