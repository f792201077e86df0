import type { CompiledService, Field } from '../../../../kernel/definition/index.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { accountsOnOffer } from '../../accounts.ts'
import type { AccountChoice } from './field.tsx'

/** What these people hold of the kinds a form asks for, told as people know it, under the numbers by which it is filed. */
export const accountChoices = (
  tx: Read,
  personIds: readonly string[],
  service: CompiledService,
): Promise<AccountChoice[]> =>
  choicesFor(
    tx,
    personIds,
    service.pages.flatMap(page => page.fields.map(({ field }) => field)),
  )

/** The same of the kinds that these questions ask for. */
export async function choicesFor(
  tx: Read,
  personIds: readonly string[],
  fields: readonly Field[],
): Promise<AccountChoice[]> {
  const asked = fields
    .flatMap(field => [field, ...(field.fields ?? [])])
    .flatMap(({ kind, accountKind }) => (kind === 'account' && accountKind ? [accountKind] : []))
  const choices: AccountChoice[] = []
  for (const kind of new Set(asked)) {
    for (const personId of personIds) {
      const held = await accountsOnOffer(tx, personId, kind)
      choices.push(...held.map(account => ({ ...account, kind, billing: account.billing })))
    }
  }
  return choices
}
