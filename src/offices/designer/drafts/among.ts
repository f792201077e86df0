import {
  checkCatalogue,
  type DefinitionFault,
  type Locate,
  type ServiceDefinition,
} from '../../../kernel/definition/index.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { catalogueOf } from '../../catalogue/index.ts'

/** An amount under a key is the town's and not one service's; services that file each other as parts would never end. */
const amongOthers = new Set(['tariff-differs', 'parts-circle'])

/** What is wrong with a draft only beside the other services the town offers. */
export async function faultsAmong(
  tx: Read,
  mine: { definition: ServiceDefinition; locate: Locate },
): Promise<DefinitionFault[]> {
  const { offered } = await catalogueOf(tx)
  const others = offered
    .filter(({ code }) => code !== mine.definition.code)
    .map(({ service }) => ({ definition: service.definition }))
  return checkCatalogue([...others, mine])
    .filter(({ service, fault }) => service === mine && amongOthers.has(fault.code))
    .map(({ fault }) => fault)
}
