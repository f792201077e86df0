import type { Opinion, Step } from '../../../../kernel/definition/index.ts'
import { findStep, taskSource } from '../../../../kernel/workflow/index.ts'
import type { Standing } from './load.ts'

/**
 * What an act finishes: the step of the task, or the opinion it asks; the step the request stands on where it is asked of the request as a
 * whole.
 */
export const stepInHand = ({
  service,
  request,
  task,
}: Pick<Standing, 'service' | 'request' | 'task'>): Step | Opinion | undefined =>
  task?.purpose === 'branch'
    ? taskSource(service, task)
    : findStep(service, task?.purpose === 'step' ? task.step : request.projection.step)
