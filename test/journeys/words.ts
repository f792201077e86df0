import { type Field, parseService } from '../../src/kernel/definition/index.ts'
import { ar as bulletins } from '../../src/offices/bulletins/strings.ar.ts'
import { loadServiceFiles } from '../../src/offices/catalogue/index.ts'
import { ar as certificates } from '../../src/offices/certificates/strings.ar.ts'
import { ar as counter } from '../../src/offices/counter/strings.ar.ts'
import { ar as messaging } from '../../src/offices/messaging/strings.ar.ts'
import { ar as people } from '../../src/offices/people/strings.ar.ts'
import { ar as filing } from '../../src/offices/requests/citizen/filing.ar.ts'
import { ar as citizenPages } from '../../src/offices/requests/citizen/strings.ar.ts'
import { ar as kinds } from '../../src/offices/requests/staff/request/kinds.ar.ts'
import { ar as act } from '../../src/offices/requests/staff/request/strings.ar.ts'
import { ar as staff } from '../../src/offices/requests/staff/strings.ar.ts'
import { ar as treasury } from '../../src/offices/treasury/strings.ar.ts'
import { ar as ui } from '../../src/ui/strings.ar.ts'
import { ar as door } from '../../src/web/strings.ar.ts'

const citizen = { ...citizenPages, ...filing }

/** The words of the pages, by who says them: a story names what people read and press, whatever its wording is today. */
export const words = {
  act: { ...act, ...kinds },
  bulletins,
  certificates,
  citizen,
  counter,
  door,
  messaging,
  people,
  staff,
  treasury,
  ui,
}

/** What a service calls its questions, answers, papers and steps. */
export async function wordsOf(code: string) {
  const file = (await loadServiceFiles()).find(each => each.code === code)
  const parsed = parseService(file?.source ?? '', file?.commons)
  if (!parsed.ok) throw new Error(`the service ${code} cannot be read`)
  const { definition } = parsed
  const fields: Field[] = [
    ...definition.form.pages.flatMap(page => page.fields),
    ...definition.steps.flatMap(step => step.fields ?? []),
  ]
  const named = <T extends { id: string }>(list: readonly T[], id: string): T => {
    const found = list.find(each => each.id === id)
    if (!found) throw new Error(`${code} has no ${id}`)
    return found
  }
  return {
    definition,
    name: definition.name.ar,
    field: (id: string) => named(fields, id).label.ar,
    option: (id: string, option: string) => named(named(fields, id).options ?? [], option).label.ar,
    paper: (id: string) => named(definition.papers, id).name.ar,
    step: (id: string) => named(definition.steps, id).name.ar,
    output: (id: string) => named(definition.outputs, id).name.ar,
    fee: (id: string) => named(definition.fees, id).name.ar,
  }
}

/** A service by the words people read. */
export type ServiceWords = Awaited<ReturnType<typeof wordsOf>>
