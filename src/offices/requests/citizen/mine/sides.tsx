import type { Action, Projection } from '../../../../kernel/workflow/index.ts'
import type { Localized } from '../../../../lib/localized.ts'
import { DateText, Say, useLocalized, useTexts } from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'
import type { WayStop } from './way.ts'

/** An opinion asked beside others, as its applicant reads it. */
export type Side = {
  id: string
  office: Localized | undefined
  state: 'given' | 'awaited' | 'unneeded'
  at: Date | undefined
}

/** The opinions asked at a stop of the way, the last time it was there. */
export function sidesOf(
  { step, task }: Pick<WayStop, 'step' | 'task'>,
  { tasks }: Projection,
  actions: readonly Action[],
  offices: ReadonlyMap<string, Localized>,
): Side[] {
  if (!step.opinions || !task) return []
  return tasks
    .filter(each => each.purpose === 'branch' && each.parent === task.id)
    .map(each => {
      const given = actions.find(({ name, taskId }) => name === 'opine' && taskId === each.id)
      return {
        id: each.id,
        office: offices.get(each.office),
        state: given
          ? ('given' as const)
          : each.state === 'closed'
            ? ('unneeded' as const)
            : ('awaited' as const),
        at: given?.at,
      }
    })
}

/** The same in words, one office a line. */
export function Sides({ sides }: { sides: readonly Side[] }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  return sides.map(side => (
    <span className="line-note" key={side.id}>
      <Say>{t(`side-${side.state}`, { office: side.office ? local(side.office) : '' })}</Say>
      {side.at && (
        <>
          {' '}
          <DateText value={side.at} form="plain" />
        </>
      )}
    </span>
  ))
}
