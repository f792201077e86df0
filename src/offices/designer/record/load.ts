import {
  type CompiledService,
  compileService,
  type ServiceDefinition,
} from '../../../kernel/definition/index.ts'
import { FeelError } from '../../../kernel/feel/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import type { FormTown } from '../../requests/index.ts'
import { readDraft } from '../drafts/read.ts'
import type { ReadDraft } from '../model.ts'
import { deskOf } from '../parts/desk.ts'
import type { Desk } from '../parts/panes/model.ts'

/** A draft that can be tried out: read, compiled, with what its pages need of the town. */
export type Tried = {
  read: ReadDraft
  desk: Desk
  /** Undefined while the text does not read as a service, or a formula in it does not compile. */
  trial: { definition: ServiceDefinition; service: CompiledService } | undefined
  formTown: FormTown
}

/** Reads a draft to be tried; nothing is written. */
export async function loadTried(call: Call): Promise<Tried> {
  const { draft, desk } = await read(call, async tx => {
    const draft = await readDraft(tx, idParam(call, 'draft'), actorKey(call.visitor.actor).id)
    return { draft, desk: await deskOf(tx, draft.content, call.locale) }
  })
  const { levels, quarters = [] } = call.town.profile
  const accounts = [
    { number: '10000001', label: '', kind: 'electricity', billing: 'billed' },
    { number: '20000001', label: '', kind: 'water', billing: 'billed' },
  ]
  return { read: draft, desk, trial: trialOf(draft.definition), formTown: { levels, quarters, accounts } }
}

function trialOf(definition: ServiceDefinition | undefined): Tried['trial'] {
  if (!definition) return undefined
  try {
    return { definition, service: compileService(definition) }
  } catch (error) {
    if (error instanceof FeelError) return undefined
    throw error
  }
}
