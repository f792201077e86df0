import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { type Flash, usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { Mark } from './mark.tsx'
import { say } from './say.tsx'

/** Whose turn or what came of it: glass informs, honey is money or time, sumac stops, olive is done, fig is outside. */
export type Tone = 'info' | 'honey' | 'sumac' | 'olive' | 'fig'

const PICTURE: Record<Tone, IconName> = {
  info: 'info',
  honey: 'info',
  sumac: 'warn',
  olive: 'ok',
  fig: 'out',
}

export type NoteProps = {
  tone?: Tone | undefined
  icon?: IconName | undefined
  title?: ReactNode
  small?: boolean | undefined
  children?: ReactNode
}

/** A notice in the colour of its meaning. It does not float and does not close. */
export function Note({ tone = 'info', icon, title, small, children }: NoteProps) {
  return (
    <div className={`note${tone === 'info' ? '' : ` ${tone}`}${small ? ' sm' : ''}`}>
      <Icon name={icon ?? PICTURE[tone]} />
      <div>
        {title && <b>{say(title)} </b>}
        {say(children)}
      </div>
    </div>
  )
}

/** What was just done, with the way to undo it. Errors are never toasts. */
export function Toast({ flash }: { flash: Flash }) {
  const word = useWords()
  return (
    <p className="toast" role="status" data-toast="">
      <Icon name="check" />
      <span>{say(flash.text)}</span>
      {flash.undo && (
        <a className="push" href={flash.undo}>
          {word('undo')}
        </a>
      )}
    </p>
  )
}

/** The page's flash: a toast when it can be undone, otherwise a notice that stays. */
export function FlashStatus() {
  const { flash } = usePage()
  if (!flash) return null
  if (flash.undo) return <Toast flash={flash} />
  const tone = flash.tone ?? 'olive'
  return (
    <div className="flash" role="status">
      <Note tone={tone}>{flash.text}</Note>
    </div>
  )
}

export type EmptyProps = {
  title: ReactNode
  /** Why it is empty, and what comes next. */
  children?: ReactNode
  action?: ReactNode
  level?: 2 | 3 | undefined
}

/** An empty list: what is empty, why, what next. */
export function Empty({ title, children, action, level = 3 }: EmptyProps) {
  const Title = `h${level}` as const
  return (
    <div className="pane empty">
      <Mark />
      <Title className="h-pane">{say(title)}</Title>
      {children && <p>{say(children)}</p>}
      {action}
    </div>
  )
}

/** How far a long task is. Over 5 s the words say the share done, the time left, and that one may leave. */
export function Progress({ share, children }: { share: number; children?: ReactNode }) {
  const done = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <div>
      <ProgressBar share={share} />
      {children && (
        <p className="sm mut" role="status" data-done={done}>
          {say(children)}
        </p>
      )}
    </div>
  )
}

/** The bar alone. It fills from the side where reading starts. */
export function ProgressBar({ share }: { share: number }) {
  const { dir } = usePage()
  const done = Math.round(Math.min(1, Math.max(0, share)) * 100)
  return (
    <svg className="prog" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect x={dir === 'rtl' ? 100 - done : 0} width={done} height="6" />
    </svg>
  )
}
