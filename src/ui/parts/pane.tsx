import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type PaneProps = {
  /** Names the pane; must be unique on the page. Needed when it has a title. */
  id?: string | undefined
  title?: ReactNode
  level?: 2 | 3 | undefined
  icon?: IconName | undefined
  /** Beside the title, small. */
  aside?: ReactNode
  /** At the far end of the head: a link, a button, a word. */
  end?: ReactNode
  /** Step number at the counter, and whether the step is met. */
  step?: { number: number; state: 'now' | 'met' | 'waiting' } | undefined
  /** Head in the colour of a meaning: sumac for what stops, honey for money. */
  tone?: 'stop' | 'honey' | undefined
  footer?: ReactNode
  /** Padding round the content; off for tables and lists that bring their own. */
  pad?: boolean | undefined
  /** Where the pane stands on a phone (1 first). */
  order?: 1 | 2 | 3 | 4 | 5 | 9 | undefined
  children: ReactNode
}

/** One pane of the window: a hairline frame with an optional head and foot. Never a floating card. */
export function Pane(props: PaneProps) {
  const { id, title, level = 2, icon, aside, end, step, tone, footer, pad = true, order, children } = props
  const Title = `h${level}` as const
  const inside = pad ? <div className="pad">{children}</div> : children
  const className = `pane${tone === 'honey' ? ' gate' : ''}${order ? ` a-${order}` : ''}`
  if (!title) {
    return (
      <section className={className} id={id}>
        {inside}
        {footer && <footer>{footer}</footer>}
      </section>
    )
  }
  return (
    <section className={className} id={id} data-step={step?.number} aria-labelledby={id && `${id}-title`}>
      <header className={tone === 'stop' ? 'hd-stop' : undefined}>
        {step && <StepNumber {...step} />}
        {icon && <Icon name={icon} />}
        <Title id={id && `${id}-title`} className="h-pane">
          {say(title)}
        </Title>
        {aside && <span className="sm mut">{say(aside)}</span>}
        {end && <span className="push sm dim">{say(end)}</span>}
      </header>
      {inside}
      {footer && <footer>{footer}</footer>}
    </section>
  )
}

/** A step's number on a nuqta; a tick on olive once it is met. */
function StepNumber({ number, state }: { number: number; state: 'now' | 'met' | 'waiting' }) {
  const word = useWords()
  const className = { now: 'num', met: 'num ok', waiting: 'num wait' }[state]
  return (
    <span className={className}>
      <span>{state === 'met' ? <Icon name="check" label={word('step-met')} /> : number}</span>
    </span>
  )
}

/** Things one under another, evenly spaced. */
export function Stack({ gap, children }: { gap?: 'small' | 'large' | undefined; children: ReactNode }) {
  return <div className={gap === 'small' ? 'stack-s' : gap === 'large' ? 'stack-l' : 'stack'}>{children}</div>
}

/** Things in a line that wraps. */
export function Row({ apart, children }: { apart?: boolean | undefined; children: ReactNode }) {
  return <div className={apart ? 'row apart' : 'row'}>{children}</div>
}

/** The reading side and, from 60rem, a side column for help and money only. */
export function Columns({
  side,
  sticky,
  children,
}: {
  side: ReactNode
  sticky?: boolean | undefined
  children: ReactNode
}) {
  return (
    <div className="cols aside">
      <div className="main-col">{children}</div>
      <aside className={sticky ? 'stick stack' : 'stack'}>{side}</aside>
    </div>
  )
}

/** Working columns: `counter` and `request` have three, `wide` a broad one and a side one, `half` and `third` are even. */
export function Zones({ kind, children }: { kind: ZonesKind; children: ReactNode }) {
  return <div className={`zones ${ZONES[kind]}`}>{children}</div>
}

export type ZonesKind = 'counter' | 'request' | 'wide' | 'half' | 'third'
const ZONES: Record<ZonesKind, string> = {
  counter: 'z3',
  request: 'zr',
  wide: 'z21',
  half: 'z2',
  third: 'z3e',
}

/** Keeps lines of text to a length that reads well. */
export function Read({ children }: { children: ReactNode }) {
  return <div className="read">{children}</div>
}
