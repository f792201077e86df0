/** api: what partners' programs may ask of the town and tell it, under /api/v1. */
import type { Route } from '../../web/route.ts'
import { actEndpoint } from './acts.ts'
import type { Endpoint } from './endpoint.ts'
import { fileEndpoint as sendFile } from './files.ts'
import { followEndpoints } from './messages.ts'
import { openApiRoute } from './openapi.ts'
import { paymentEndpoints } from './payments.ts'
import { peopleEndpoints } from './people.ts'
import { fileEndpoint, requestEndpoints } from './requests.ts'
import { serviceEndpoints } from './services.ts'

export { rememberPartners } from './keys.ts'

/** Every endpoint, in the order of the document. */
export const endpoints: readonly Endpoint[] = [
  ...serviceEndpoints,
  sendFile,
  fileEndpoint,
  ...requestEndpoints,
  actEndpoint,
  ...peopleEndpoints,
  ...paymentEndpoints,
  ...followEndpoints,
]

export const apiRoutes: Route[] = [...endpoints.map(each => each.route), openApiRoute(endpoints)]
