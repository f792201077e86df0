import type { Answer, Answers, CompiledService, Field } from '../../kernel/definition/index.ts'
import type { FormFault } from '../../kernel/form/index.ts'
import type { Read } from '../../platform/database/transaction.ts'

/** An account or subscription of a person that a form may name; `number` is the answer. */
export type AccountOnOffer = {
  number: string
  label: string
  billing?: 'prepaid' | 'billed'
  /** The treasury's account its dues are posted to. */
  accountId?: string
}

type Shelf = (tx: Read, personId: string) => Promise<AccountOnOffer[]>

const shelves = new Map<string, Shelf>()

/** A department says which accounts of a kind a person holds, such as `electricity`. */
export function registerAccounts(kind: string, shelf: Shelf): void {
  shelves.set(kind, shelf)
}

/** The accounts of a person that a question may be answered with. */
export async function accountsOnOffer(
  tx: Read,
  personId: string,
  kind: string,
  billing?: 'prepaid' | 'billed',
): Promise<AccountOnOffer[]> {
  const held = (await shelves.get(kind)?.(tx, personId)) ?? []
  return billing === undefined ? held : held.filter(account => account.billing === billing)
}

/** Every account and subscription a person holds, whichever department keeps it. */
export async function accountsOfPerson(tx: Read, personId: string): Promise<AccountOnOffer[]> {
  const held: AccountOnOffer[] = []
  for (const shelf of shelves.values()) held.push(...(await shelf(tx, personId)))
  return held
}

/** Account questions of a form answered with a number that none of these people holds, or not of the kind asked for. */
export const strangeAccounts = (
  tx: Read,
  service: CompiledService,
  answers: Answers,
  personIds: readonly string[],
): Promise<FormFault[]> =>
  strangeAmong(
    tx,
    service.pages.flatMap(page => page.fields.map(({ field }) => field)),
    answers,
    personIds,
  )

/** The same of these questions, and of the rows within them. */
export async function strangeAmong(
  tx: Read,
  fields: readonly Field[],
  answers: Answers,
  personIds: readonly string[],
): Promise<FormFault[]> {
  const faults: FormFault[] = []
  for (const { field, name, number } of named(fields, answers)) {
    let isHeld = false
    for (const personId of personIds) {
      const held = await accountsOnOffer(tx, personId, field.accountKind ?? '', field.billing)
      isHeld ||= held.some(account => account.number === number)
    }
    if (!isHeld) faults.push({ field: name, code: 'not-an-option' })
  }
  return faults
}

type Named = { field: Field; name: string; number: Answer }

/** The accounts that answers name, each under the name of its box. */
const named = (fields: readonly Field[], answers: Answers, before = ''): Named[] =>
  fields.flatMap(field => {
    const answer = answers[field.id]
    const name = `${before}${field.id}`
    if (answer === undefined) return []
    if (field.kind === 'account') return [{ field, name, number: answer }]
    if (field.kind !== 'group') return []
    return (answer as Answers[]).flatMap((row, place) => named(field.fields ?? [], row, `${name}.${place}.`))
  })
