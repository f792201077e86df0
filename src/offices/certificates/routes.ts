import type { RawBuilder } from 'kysely'
import type { AccessName, Actor } from '../../kernel/access/index.ts'
import type { Route } from '../../web/route.ts'
import { guideRoutes } from './guide/routes.ts'
import { staffRoutes } from './pages/staff.tsx'
import { verifyRoutes } from './pages/verify.tsx'
import { signingRoutes } from './signing/routes.ts'

/** What certificates are told by the office that knows requests: whose requests an actor may see. */
export type CertificateAccess = {
  /** A condition over a row of table request under this alias. */
  visible(actor: Actor, name: AccessName, alias: string): RawBuilder<boolean>
}

/** Verifying for everyone; a certificate's page, revoking and replacing for the staff. */
export function certificateRoutes(access: CertificateAccess): Route[] {
  return [...verifyRoutes, ...guideRoutes, ...staffRoutes(access), ...signingRoutes]
}
