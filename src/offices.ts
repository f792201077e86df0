import { registerDepartments } from './effects.ts'
import { apiRoutes, rememberPartners } from './offices/api/index.ts'
import { archiveRoutes } from './offices/archive/index.ts'
import { lendSeals } from './offices/audit/index.ts'
import { backupRoutes, tellOfBackups } from './offices/backup/index.ts'
import { bulletinRoutes, registerBulletins } from './offices/bulletins/index.ts'
import { catalogueRoutes } from './offices/catalogue/index.ts'
import { centreRoutes } from './offices/centre/index.ts'
import { certificateRoutes } from './offices/certificates/index.ts'
import { counterRoutes, tellOfCheques } from './offices/counter/index.ts'
import { designerRoutes, partRoutes } from './offices/designer/index.ts'
import { destructionRoutes, registerDestruction } from './offices/destruction/index.ts'
import { feedbackRoutes, registerFeedback } from './offices/feedback/index.ts'
import { importRoutes } from './offices/imports/index.ts'
import { lookRoutes } from './offices/looks/index.ts'
import { listenForLogIns, messagingRoutes, proofRoutes } from './offices/messaging/index.ts'
import { oversightRoutes } from './offices/oversight/index.ts'
import { paymentRoutes, registerPayments } from './offices/payments/index.ts'
import { doorkeeper, peopleRoutes } from './offices/people/index.ts'
import {
  citizenRoutes,
  documentVisible,
  mandateRoutes,
  officeRoutes,
  registerRequests,
  requestVisible,
} from './offices/requests/index.ts'
import { registerRights, rightsRoutes } from './offices/rights/index.ts'
import { markOf, sealRoutes } from './offices/seal/index.ts'
import { treasuryRoutes } from './offices/treasury/index.ts'
import { listenForTurns, showMoves, visitRoutes } from './offices/visits/index.ts'
import type { House } from './platform/house.ts'
import type { Doorkeeper } from './web/actor.ts'
import type { Route } from './web/route.ts'
import type { TownDirectory } from './web/town.ts'

export type Offices = {
  routes: Route[]
  keeper: Doorkeeper
  /** Lets the offices listen to each other. */
  enter(towns: TownDirectory): void
}

/** Every office of the house: its pages, and what it does when another office has acted. */
export function openOffices(house: House): Offices {
  return {
    routes: [
      ...peopleRoutes,
      ...lookRoutes,
      ...archiveRoutes({ visible: documentVisible }),
      ...treasuryRoutes,
      ...paymentRoutes,
      ...counterRoutes,
      ...messagingRoutes,
      ...proofRoutes({ visible: requestVisible }),
      ...visitRoutes,
      ...officeRoutes,
      ...catalogueRoutes,
      ...citizenRoutes,
      ...mandateRoutes,
      ...centreRoutes,
      ...feedbackRoutes,
      ...oversightRoutes,
      ...rightsRoutes,
      ...certificateRoutes({ visible: requestVisible }),
      ...sealRoutes,
      ...backupRoutes,
      ...importRoutes,
      ...bulletinRoutes,
      ...destructionRoutes,
      ...partRoutes,
      ...designerRoutes,
      ...apiRoutes,
    ],
    keeper: rememberPartners(doorkeeper(house)),
    enter(towns) {
      lendSeals(markOf)
      registerRequests(house, towns)
      registerFeedback(house, towns)
      registerPayments(house, towns)
      registerRights(house)
      registerDestruction()
      registerDepartments()
      registerBulletins(house)
      tellOfCheques(house)
      listenForLogIns(house)
      listenForTurns(house)
      showMoves(house)
      tellOfBackups()
    },
  }
}
