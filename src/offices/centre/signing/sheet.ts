import type { Actor } from '../../../kernel/access/index.ts'
import type { CompiledService, RuleValues } from '../../../kernel/definition/index.ts'
import type { Action } from '../../../kernel/workflow/index.ts'
import type { Money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import {
  asSignatory,
  judgeSigning,
  type OutputForm,
  type SigningJudgement,
} from '../../certificates/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import {
  type AttachedPaper,
  actionsOf,
  type Desk,
  getRequest,
  papersOf,
  type Request,
  signingCase,
  surroundingsOf,
  worthOf,
} from '../../requests/index.ts'
import { type PaperToSign, papersToSign } from './store.ts'

/** Everything a signatory reads of one paper before signing it. */
export type Sheet = {
  paper: PaperToSign
  request: Request
  service: CompiledService
  values: RuleValues
  /** Whoever signs, with the posts they stand in for. */
  signatory: Actor
  amounts: Money[]
  form: OutputForm
  judged: SigningJudgement
  actions: Action[]
  names: Map<string, StaffMember>
  papers: AttachedPaper[]
}

/** The paper of a request that lies with whoever asks, whole; undefined when none does. */
export async function loadSheet(
  tx: Read,
  desk: Desk & { visitor: { actor: Actor } },
  requestId: string,
): Promise<Sheet | undefined> {
  const { actor } = desk.visitor
  const signatory = await asSignatory(tx, desk.town.timeZone, actor)
  const [paper] = await papersToSign(tx, signatory, { requestId })
  if (!paper || actor.kind !== 'staff') return undefined
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const surroundings = await surroundingsOf(tx, desk, request, service)
  const values = surroundings.values(request.projection.stepFields)
  const output = service.definition.outputs.find(({ id }) => id === paper.outputId)
  const actions = await actionsOf(tx, requestId)
  return {
    paper,
    request,
    service,
    values,
    signatory,
    actions,
    amounts: worthOf(service, values),
    form: output?.form ?? 'electronic',
    judged: await judgeSigning(
      tx,
      desk.town.timeZone,
      signingCase(paper, { service, values }, actor.staffId),
    ),
    names: await staffById(
      tx,
      actions.filter(({ actor: by }) => by.kind === 'staff').map(({ actor: by }) => by.id),
    ),
    papers: await papersOf(tx, requestId),
  }
}
