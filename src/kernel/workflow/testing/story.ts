/** One request lived through act by act, as a server would: what was accepted is kept, what was refused changes nothing. */

import type { ActName, FeePoint } from '../../definition/model.ts'
import { type Decision, decide } from '../act.ts'
import type { ActData, Action, Consequence, Projection, Task } from '../model.ts'
import { unfiled } from '../project.ts'
import { awaitedFeePoint, type WorkflowService } from '../route.ts'
import { availableActs } from '../table.ts'
import { type FoldContext, mainTask } from '../turn.ts'
import type { Who } from '../who.ts'
import { calendar, offices, people } from './service.ts'

/** A Sunday, half an hour after opening. */
export const sunday = new Date('2026-11-08T08:30:00+02:00')

export class Story {
  readonly service: WorkflowService
  ctx: FoldContext = { answers: {}, capacity: 'principal', channel: 'counter', calendar }
  /** What the ledger has unpaid. */
  readonly owed: Set<FeePoint>
  projection: Projection = unfiled
  actions: Action[] = []
  told: Consequence[] = []
  at = sunday
  private made = 0

  constructor(service: WorkflowService, owed: readonly FeePoint[] = []) {
    this.service = service
    this.owed = new Set(owed)
  }

  later(hours: number): this {
    this.at = new Date(this.at.getTime() + hours * 3_600_000)
    return this
  }

  /** What would come of an act; nothing is kept. */
  ask(actor: Who, name: Action['name'], data: ActData = {}, note?: string, taskId?: string): Decision {
    return decide(
      this.service,
      this.projection,
      {
        name,
        actor,
        at: this.at,
        data,
        newTaskIds: () => `task-${++this.made}`,
        ...(note !== undefined && { note }),
        ...(taskId !== undefined && { taskId }),
      },
      { ...this.ctx, feesDue: point => this.owed.has(point), offices },
    )
  }

  /** Does an act on the task in hand, or on the one named; returns 'ok' or the code of the refusal. */
  try(actor: Who, name: Action['name'], data: ActData = {}, note?: string, taskId?: string): string {
    const onRequest = [
      'file',
      'pay',
      'supply-papers',
      'answer',
      'lapse',
      'withdraw',
      'reopen',
      'parts-ended',
      'move-deadline',
    ].includes(name)
    const decision = this.ask(actor, name, data, note, taskId ?? (onRequest ? undefined : this.task?.id))
    if (!decision.ok) return decision.code
    this.actions.push(decision.action)
    this.projection = decision.projection
    this.told = decision.consequences
    return 'ok'
  }

  /** Does an act that must be accepted. */
  do(actor: Who, name: Action['name'], data: ActData = {}, note?: string, taskId?: string): this {
    const result = this.try(actor, name, data, note, taskId)
    if (result !== 'ok') throw new Error(`${name}: ${result}`)
    return this
  }

  /** The citizen pays what is awaited, and the ledger knows. */
  pay(receipt = '1/2026'): this {
    const point = awaitedFeePoint(this.service, this.projection)
    if (point) this.owed.delete(point)
    return this.do(people.collector, 'pay', { receipt })
  }

  get task(): Task | undefined {
    return mainTask(this.projection)
  }

  /** The task of an opinion asked now. */
  branch(id: string): string {
    const task = this.projection.tasks.findLast(({ branch }) => branch === id)
    if (!task) throw new Error(`no opinion ${id}`)
    return task.id
  }

  get open(): Task[] {
    return this.projection.tasks.filter(({ state }) => state !== 'closed')
  }

  get messages(): string[] {
    return this.told.flatMap(each => (each.kind === 'message' ? [each.event] : []))
  }

  /** The names offered to somebody on the task in hand, disabled ones in brackets. */
  offered(who: Who, task = this.task): string[] {
    return availableActs(this.service, this.projection, who, task, { unpaid: p => this.owed.has(p) }).map(
      ({ name, disabledBecause }) => (disabledBecause ? `(${name as ActName})` : name),
    )
  }
}
