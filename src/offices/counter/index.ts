/** counter: taking in requests of whoever stands at the window. */
export { counterRoutes } from './visit/routes.tsx'
