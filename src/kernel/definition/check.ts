import { searchOf } from './checks/cases/search.ts'
import { checkConditions } from './checks/conditions.ts'
import { checkDeadlines } from './checks/deadlines.ts'
import { checkExamples } from './checks/examples.ts'
import { checkFields } from './checks/fields.ts'
import { checkLadders } from './checks/kinds.ts'
import { checkLinks } from './checks/links.ts'
import { checkLoops } from './checks/loops.ts'
import { checkMessages } from './checks/messages.ts'
import { checkOutputs } from './checks/outputs.ts'
import { checkPapers } from './checks/papers.ts'
import { placesOf } from './checks/places.ts'
import { checkRules } from './checks/rules.ts'
import { checkSideBySide } from './checks/side-by-side.ts'
import { checkSteps } from './checks/steps.ts'
import type { Surroundings } from './checks/surroundings.ts'
import { checkTariffs } from './checks/tariffs.ts'
import { checkTogether } from './checks/together.ts'
import { checkTranslations } from './checks/translations.ts'
import { checkUse } from './checks/used.ts'
import { type DefinitionFault, toFault } from './faults.ts'
import type { ServiceDefinition } from './model.ts'
import type { Locate } from './parse.ts'

/**
 * What is wrong with a definition that reads: faults, which keep it from being published, and warnings (`stopsPublishing` parts them).
 * `locate` (from `parseService`) gives each its line; what `around` does not say of the town is not checked.
 */
export function checkService(
  definition: ServiceDefinition,
  around: Surroundings = {},
  locate?: Locate,
): DefinitionFault[] {
  const places = placesOf(definition)
  const search = searchOf(definition)
  const inRules = checkRules(definition, places)
  const faulty = new Set(inRules.map(({ path }) => path.join('.')))
  // What does not hold together is not asked whether it can hold.
  const sound = places.filter(({ path }) => !faulty.has(path.join('.')))
  const findings = [
    ...checkFields(definition),
    ...checkSteps(definition),
    ...checkSideBySide(definition, search, around.services),
    ...checkLadders(definition),
    ...checkLinks(definition, around),
    ...inRules,
    ...checkConditions(definition, sound, search),
    ...checkLoops(definition, search),
    ...checkDeadlines(definition, around.calendar),
    ...checkPapers(definition, search),
    ...checkTariffs(definition, places, around.today),
    ...checkOutputs(definition, around),
    ...checkMessages(definition),
    ...checkTranslations(definition),
    ...checkUse(definition, places, search),
    ...checkExamples(definition),
  ]
  return findings
    .map(finding => toFault(finding, locate?.(finding.path, finding.onKey)))
    .sort((a, b) => a.line - b.line)
}

/** A definition among others of its town, with what gives its faults their line. */
export type Placed = { definition: ServiceDefinition; locate?: Locate }

/** What only shows when the services of a town are looked at together; each fault with the service it is in. */
export function checkCatalogue<Service extends Placed>(
  services: readonly Service[],
): { service: Service; fault: DefinitionFault }[] {
  return checkTogether(services.map(({ definition }) => definition)).flatMap(({ at, ...finding }) => {
    const service = services[at]
    if (!service) return []
    return [{ service, fault: toFault(finding, service.locate?.(finding.path, finding.onKey)) }]
  })
}
