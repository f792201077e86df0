/** Visits to a place (كشف): agreed on in days and hours, as often as needed, and noted when nobody was there. */

import { changeTask, opened, type Turn, takenByActor, tell } from './turn.ts'

export function appoint(turn: Turn): void {
  const { appointment } = turn.action.data
  if (!appointment) throw new RangeError(`action ${turn.action.seq} appoints no time`)
  changeTask(turn, turn.action.taskId, task => ({ ...takenByActor(turn, opened(task)), appointment }))
  tell(turn, 'appointment', appointment)
}

/** Nobody was there: that visit counts for nothing, and another is to be appointed. */
export function missed(turn: Turn): void {
  const missed = turn.next.tasks.find(({ id }) => id === turn.action.taskId)?.appointment
  changeTask(turn, turn.action.taskId, task => {
    const { appointment: _, ...rest } = takenByActor(turn, opened(task))
    return rest
  })
  tell(turn, 'visit-missed', missed)
}
