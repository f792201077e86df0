import { NotFound } from '../../../../lib/errors.ts'
import type { Read, Write } from '../../../../platform/database/transaction.ts'
import { type Call, typedText } from '../../../../web/call.ts'
import { serviceOf } from '../../../catalogue/index.ts'
import { getRequest, lockRequest } from '../../store.ts'
import type { Held } from '../../surroundings.ts'
import { heldBy, whoIs } from '../../surroundings.ts'
import { rightsOn } from '../rights.ts'
import { chooseTask, type ToAct } from './load.ts'
import { phrasesFor } from './phrases.ts'
import { field } from './read-act.ts'

/**
 * Locks a request for an act of whoever is at the door, and reads what the act is read by and decided on. All of it stands as it is under the
 * lock, their rights too. Who may not act is told that there is no such request.
 */
export async function holdToAct(
  tx: Write,
  call: Call,
  requestId: string,
  taskId: string | undefined,
): Promise<ToAct & Held> {
  const { actor } = call.visitor
  const [, rights, request] = await Promise.all([
    lockRequest(tx, requestId),
    rightsOn(tx, actor, requestId),
    getRequest(tx, requestId),
  ])
  if (!rights['request.act']) throw new NotFound('no-such-request')
  const service = await serviceOf(tx, request.serviceCode, request.serviceVersion)
  // A phrase is read where one was chosen.
  const [phrases, held] = await Promise.all([
    typedText(call, field.phrase) === '' ? [] : phrasesFor(tx, call, request, service),
    heldBy(tx, call, actor, request),
  ])
  return { ...held, rights, phrases, ...chooseTask(held, taskId, tx.now) }
}

/** What an act of whoever is at the door would finish: for the files that come with it, before its transaction. */
export async function atHand(
  tx: Read,
  call: Call,
  requestId: string,
  taskId: string | undefined,
): Promise<Pick<ToAct, 'request' | 'service' | 'rights' | 'task'>> {
  const { actor } = call.visitor
  const [rights, request] = await Promise.all([rightsOn(tx, actor, requestId), getRequest(tx, requestId)])
  const [service, who] = await Promise.all([
    serviceOf(tx, request.serviceCode, request.serviceVersion),
    whoIs(tx, actor, request),
  ])
  return { request, service, rights, task: chooseTask({ request, service, who }, taskId, tx.now).task }
}
