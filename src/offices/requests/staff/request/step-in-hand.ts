import type { Step } from '../../../../kernel/definition/index.ts'
import { findStep } from '../../../../kernel/workflow/index.ts'
import type { Standing } from './load.ts'

/** The step an act finishes: that of the task, or the one the request stands on where it is asked of the request as a whole. */
export const stepInHand = ({
  service,
  request,
  task,
}: Pick<Standing, 'service' | 'request' | 'task'>): Step | undefined =>
  findStep(service, task?.purpose === 'step' ? task.step : request.projection.step)
