import { lendConsents } from '../../messaging/index.ts'
import { lendHallNames } from '../../visits/index.ts'
import { kindsAsked, takeBack } from './acts.ts'
import { namesInHall } from './hall.ts'

export { consentRoutes } from './routes.ts'
export { mayTell, mayUse } from './store.ts'

/** Lets messages and the hall hold to what people agreed to. */
export function registerConsents(): void {
  lendConsents({ kinds: kindsAsked, leftOut: takeBack })
  lendHallNames(namesInHall)
}
