import { Flag } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import type { RunState as State } from '../model.ts'
import { importsTexts } from '../strings.ts'

const looks = {
  waiting: { icon: 'hand', tone: 'honey' },
  checking: { icon: 'half', tone: 'glass' },
  checked: { icon: 'lens', tone: 'honey' },
  applying: { icon: 'half', tone: 'glass' },
  applied: { icon: 'ok', tone: 'olive' },
  failed: { icon: 'warn', tone: 'sumac' },
  dropped: { icon: 'no', tone: undefined },
} as const

/** Where a run stands: picture, word and colour. */
export function RunState({ state }: { state: State }) {
  const t = useTexts(importsTexts)
  const { icon, tone } = looks[state]
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${state}`)}
    </Flag>
  )
}
