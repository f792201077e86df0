import type { Actor } from '../../../kernel/access/index.ts'
import { availableActs } from '../../../kernel/workflow/index.ts'
import { Conflict, DomainError, InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { asSignatory, certificatesOfRequest } from '../../certificates/index.ts'
import { type Desk, getRequest, performAct, whoIs } from '../../requests/index.ts'
import { type PaperToSign, papersToSign } from './store.ts'

/** What became of one paper of those signed together. */
export type Outcome =
  | { ok: true; requestId: string; certificateId: string }
  | { ok: false; requestId: string; code: string }

/** The paper of a request that lies with this person for their signature; NotFound where there is none. */
export async function paperFor(
  tx: Write,
  desk: Desk,
  actor: Actor,
  requestId: string,
): Promise<{ paper: PaperToSign; signatory: Actor }> {
  const signatory = await asSignatory(tx, desk.town.timeZone, actor)
  const [paper] = await papersToSign(tx, signatory, { requestId })
  if (!paper) throw new NotFound('nothing-to-sign')
  return { paper, signatory }
}

/** Signs one paper. Whoever stands in takes it up from whom they stand in for. Gives the certificate's id. */
async function signPaper(tx: Write, desk: Desk, actor: Actor, requestId: string): Promise<string> {
  const { paper, signatory } = await paperFor(tx, desk, actor, requestId)
  const { taskId } = paper
  if (paper.assignee !== undefined && paper.assignee !== actorKey(actor).id)
    await performAct(tx, desk, { requestId, name: 'take', actor: signatory, taskId })
  await performAct(tx, desk, { requestId, name: 'sign', actor: signatory, taskId })
  const issued = (await certificatesOfRequest(tx, requestId)).at(-1)
  if (!issued) throw new Conflict('nothing-issued')
  return issued.id
}

/**
 * Signs papers one after another, each in a transaction of its own: one that is refused leaves the others signed, and nothing of itself.
 * The caller has asked for the person again.
 */
export async function signAll(desk: Desk, actor: Actor, requestIds: readonly string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const requestId of new Set(requestIds)) {
    try {
      const certificateId = await desk.house.database.write(desk.town.id, tx =>
        signPaper(tx, desk, actor, requestId),
      )
      outcomes.push({ ok: true, requestId, certificateId })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      outcomes.push({ ok: false, requestId, code: error.code })
    }
  }
  return outcomes
}

/** Sends a paper back unsigned, with a word, to whoever did the step before. */
export async function sendBack(
  tx: Write,
  desk: Desk,
  actor: Actor,
  { requestId, note }: { requestId: string; note: string },
): Promise<void> {
  if (note.trim() === '') throw new InvalidInput([{ field: 'note', code: 'reason-missing' }])
  const { paper, signatory } = await paperFor(tx, desk, actor, requestId)
  const { taskId } = paper
  if (paper.assignee !== undefined && paper.assignee !== actorKey(actor).id)
    await performAct(tx, desk, { requestId, name: 'take', actor: signatory, taskId })
  const toStep = await stepBefore(tx, signatory, requestId, taskId)
  if (toStep === undefined) throw new Conflict('nowhere-to-return')
  await performAct(tx, desk, { requestId, name: 'return', actor: signatory, taskId, note, data: { toStep } })
}

/** The step done last before this one. */
async function stepBefore(
  tx: Write,
  signatory: Actor,
  requestId: string,
  taskId: string,
): Promise<string | undefined> {
  const request = await getRequest(tx, requestId)
  const { service } = (await catalogueOf(tx)).get(request.serviceCode, request.serviceVersion)
  const { projection } = request
  const who = await whoIs(tx, signatory, request)
  const task = projection.tasks.find(({ id }) => id === taskId)
  const offered = availableActs(service, projection, who, task).find(({ name }) => name === 'return')
  const behind = offered?.needs.steps ?? []
  const done = projection.tasks
    .filter(each => each.purpose === 'step' && each.closedAt !== undefined && behind.includes(each.step))
    .sort((one, other) => (one.closedAt?.getTime() ?? 0) - (other.closedAt?.getTime() ?? 0))
  return done.at(-1)?.step ?? behind.at(-1)
}
