import type { CompiledService } from '../../../../kernel/definition/index.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { accountsOnOffer } from '../../accounts.ts'
import type { AccountChoice } from './field.tsx'

/** What these people hold of the kinds a form asks for, told as people know it, under the numbers by which it is filed. */
export async function accountChoices(
  tx: Read,
  personIds: readonly string[],
  service: CompiledService,
): Promise<AccountChoice[]> {
  const asked = service.pages
    .flatMap(page => page.fields)
    .flatMap(({ field }) => (field.kind === 'account' && field.accountKind ? [field.accountKind] : []))
  const choices: AccountChoice[] = []
  for (const kind of new Set(asked)) {
    for (const personId of personIds) {
      const held = await accountsOnOffer(tx, personId, kind)
      choices.push(...held.map(account => ({ ...account, kind, billing: account.billing })))
    }
  }
  return choices
}
