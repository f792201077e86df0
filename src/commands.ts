import type { Command } from 'commander'
import { offeredEffects } from './effects.ts'
import { archiveJobs } from './offices/archive/index.ts'
import { backupCommands, backupJobs, drillCommand } from './offices/backup/index.ts'
import { bulletinJobs } from './offices/bulletins/index.ts'
import { catalogueCommand } from './offices/catalogue/index.ts'
import { centreJobs } from './offices/centre/index.ts'
import { counterJobs } from './offices/counter/index.ts'
import { demoCommand } from './offices/demo/index.ts'
import { destructionJobs } from './offices/destruction/index.ts'
import { importFileCommand, importJobs } from './offices/imports/index.ts'
import { keysCommand, keysJobs } from './offices/keys/index.ts'
import { proofJobs } from './offices/messaging/index.ts'
import { oversightJobs } from './offices/oversight/index.ts'
import { paymentJobs } from './offices/payments/index.ts'
import { peopleCommands } from './offices/people/index.ts'
import { requestJobs } from './offices/requests/index.ts'
import { rightsJobs } from './offices/rights/index.ts'
import { sealCommand, sealJobs } from './offices/seal/index.ts'
import { utilityJobs } from './offices/utilities/index.ts'
import { verifyCommand } from './offices/verify/index.ts'
import { openOffices } from './offices.ts'
import type { Config } from './platform/config.ts'
import type { House, HouseOptions } from './platform/house.ts'
import type { Job } from './platform/jobs/index.ts'
import { servicesCommand } from './program/services.ts'
import { openTownDirectory } from './web/town.ts'

/** What a command gets: the house, opened for it and closed after it. */
export interface CommandTools {
  config: Config
  /** Opens the house, does the work, closes it again whatever happened. */
  inHouse<T>(work: (house: House) => Promise<T>, options?: HouseOptions): Promise<T>
  say(line: string): void
}

/** An office adds its commands to the program here: name, arguments, help and action. */
export type RegisterCommands = (program: Command, tools: CommandTools) => void

export const officeCommands: readonly RegisterCommands[] = [
  (program, tools) => peopleCommands(program, heardBy(tools)),
  (program, tools) => catalogueCommand(program, tools, offeredEffects),
  servicesCommand,
  demoCommand,
  verifyCommand,
  sealCommand,
  keysCommand,
  backupCommands,
  drillCommand,
  importFileCommand,
]

/** What a command does is heard by the same offices as what a page does. */
const heardBy = (tools: CommandTools): CommandTools => ({
  ...tools,
  inHouse: (work, options) =>
    tools.inHouse(house => {
      openOffices(house).enter(openTownDirectory(house.database, () => performance.now()))
      return work(house)
    }, options),
})

/** The background work of every office. */
export const officeJobs: readonly Job[] = [
  ...archiveJobs,
  ...sealJobs,
  ...centreJobs,
  ...counterJobs,
  ...paymentJobs,
  ...requestJobs,
  ...oversightJobs,
  ...rightsJobs,
  ...destructionJobs,
  ...utilityJobs,
  ...importJobs,
  ...proofJobs,
  ...bulletinJobs,
  ...backupJobs,
  ...keysJobs,
]
