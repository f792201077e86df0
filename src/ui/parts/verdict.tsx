import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

/** Sound, sound once but no longer, or not to be relied on. */
export type VerdictTone = 'olive' | 'honey' | 'sumac'

const PICTURE: Record<VerdictTone, IconName> = { olive: 'ok', honey: 'warn', sumac: 'no' }

/** The one answer of a page that verifies something: picture, words and colour, and it is the page's title. */
export function Verdict({
  tone,
  title,
  children,
}: {
  tone: VerdictTone
  title: ReactNode
  children?: ReactNode
}) {
  return (
    <div className={tone === 'sumac' ? 'verdict' : `verdict ${tone}`} role="status">
      <Icon name={PICTURE[tone]} />
      <div>
        <h1>{say(title)}</h1>
        {children && <p>{say(children)}</p>}
      </div>
    </div>
  )
}
