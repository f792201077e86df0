import { searchOf } from './checks/cases/search.ts'
import { checkConditions } from './checks/conditions.ts'
import { checkFields } from './checks/fields.ts'
import { checkLinks, type Surroundings } from './checks/links.ts'
import { checkMessages } from './checks/messages.ts'
import { placesOf } from './checks/places.ts'
import { checkRules } from './checks/rules.ts'
import { checkSteps } from './checks/steps.ts'
import { type DefinitionFault, toFault } from './faults.ts'
import type { ServiceDefinition } from './model.ts'
import type { Locate } from './parse.ts'

/** What keeps a definition that reads from being published. `locate` (from `parseService`) gives faults their line. */
export function checkService(
  definition: ServiceDefinition,
  around: Surroundings = {},
  locate?: Locate,
): DefinitionFault[] {
  const places = placesOf(definition)
  const search = searchOf(definition)
  const findings = [
    ...checkFields(definition),
    ...checkSteps(definition),
    ...checkLinks(definition, around),
    ...checkRules(definition, places),
    ...checkConditions(definition, places, search),
    ...checkMessages(definition),
  ]
  return findings
    .map(finding => toFault(finding, locate?.(finding.path, finding.onKey)))
    .sort((a, b) => a.line - b.line)
}
