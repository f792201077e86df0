/** What must be given with an act: the fields of its form, as the table offers it and the server checks it. */

import type { ActName, FeePoint, Field, Ground, Proof } from '../definition/model.ts'
import type { Projection, Task } from './model.ts'
import { awaitedFeePoint, findStep, stepsBehind, taskSource, type WorkflowService } from './route.ts'
import { isParty, mayExcept, takesPayment, type Who } from './who.ts'

/** What the person must give with the act. */
export type Needs = {
  note?: 'required' | 'optional'
  /** ask-papers: papers of the service by id; supply-papers: those missing. */
  papers?: string[]
  to?: boolean
  until?: boolean
  /** return: steps it may go back to. */
  steps?: string[]
  fields?: Field[]
  /** What must be shown of the work. */
  proofs?: Proof[]
  /** reject: the grounds to choose from. */
  grounds?: Ground[]
  /** pay: a receipt, or an exception under this person's name. */
  settle?: 'receipt' | 'exception' | 'either'
  feePoint?: FeePoint
  /** The person proves anew who they are. */
  reconfirm?: boolean
  /** appoint: the hours of a visit. */
  appointment?: boolean
  /** committee: the session's number, day and decision. */
  session?: boolean
}

/** What this person must give with an act on the request or the task. */
export function needsOf(
  service: WorkflowService,
  projection: Projection,
  who: Who,
  name: ActName,
  task?: Task,
): Needs {
  const source = taskSource(service, task)
  const fields = {
    ...(source?.fields && source.fields.length > 0 && { fields: source.fields }),
    ...(source?.proofs && { proofs: source.proofs }),
  }
  const session = findStep(service, task?.step)?.kind === 'committee' && task?.purpose === 'step'
  switch (name) {
    case 'take':
      return {}
    case 'recall':
      return { note: 'optional' }
    case 'approve':
    case 'run-effect':
    case 'hand-over':
    case 'record':
      return { note: 'optional', ...fields, ...(session && { session }) }
    case 'sign':
      return { note: 'optional', reconfirm: true, ...fields }
    case 'return':
      return { note: 'required', steps: stepsBehind(service, projection) }
    case 'ask-papers':
      return { note: 'optional', papers: service.definition.papers.map(({ id }) => id) }
    case 'supply-papers':
      return { note: 'optional', papers: projection.missingPapers.map(({ id }) => id) }
    case 'refer':
      return { note: 'required', to: true }
    case 'refer-back':
      return { note: task?.purpose === 'information' ? 'optional' : 'required' }
    case 'defer':
      return { note: 'optional', until: true }
    case 'reject': {
      const { grounds } = service.definition
      return {
        ...(grounds ? { note: 'optional', grounds } : { note: 'required' }),
        ...(session && { session }),
      }
    }
    case 'reopen':
      return { note: 'required' }
    case 'answer': {
      const asked = findStep(service, projection.step)
      return {
        note: 'optional',
        ...(asked?.fields && { fields: asked.fields }),
        ...(asked?.proofs && { proofs: asked.proofs }),
      }
    }
    case 'opine':
      // Without questions of its own, an opinion is words.
      return { note: fields.fields ? 'optional' : 'required', ...fields }
    case 'appoint':
      return { note: 'optional', appointment: true }
    case 'missed':
      return { note: 'required' }
    case 'lapse':
    case 'parts-ended':
    case 'effect-failed':
    case 'escalate':
    case 'move-deadline':
      return {}
    case 'withdraw':
      return { note: who.kind === 'staff' ? 'required' : 'optional' }
    case 'pay': {
      const feePoint = awaitedFeePoint(service, projection)
      const excepts = mayExcept(who)
      const pays = isParty(who) || takesPayment(who)
      const settle = excepts && pays ? 'either' : excepts ? 'exception' : 'receipt'
      return { note: 'optional', settle, ...(feePoint && { feePoint }) }
    }
  }
}
