import { effectNames } from './offices/requests/index.ts'
import { registerSettlements } from './offices/settlements/index.ts'
import { registerUtilities } from './offices/utilities/index.ts'

/** Takes in every department that does something when a step of a service is carried out. */
export function registerDepartments(): void {
  registerUtilities()
  registerSettlements()
}

/** The names steps of a service may call. */
export function offeredEffects(): string[] {
  registerDepartments()
  return effectNames()
}
