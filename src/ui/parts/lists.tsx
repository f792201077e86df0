import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { useWords } from '../words.ts'
import { LinkButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { Num, say } from './say.tsx'

export type TabLink = {
  label: ReactNode
  href: string
  count?: number | undefined
  current?: boolean | undefined
  hotkey?: string | undefined
}

/** Pages beside each other: links, so that each has its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: TabLink[] }) {
  return (
    <nav className="tabs" aria-label={label}>
      {tabs.map(tab => (
        <a
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          data-key={tab.hotkey}
        >
          <span>{say(tab.label)}</span>
          {tab.count !== undefined && (
            <span className="count">
              <Num>{tab.count}</Num>
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}

export type Chip = {
  label: ReactNode
  href: string
  count?: number | undefined
  on?: boolean | undefined
  icon?: IconName | undefined
}

/** Filters of a list: links with counts. The address keeps them; there is no «apply». */
export function FilterBar({
  chips,
  order,
  label,
}: {
  chips: Chip[]
  order?: ReactNode
  /** What is filtered by, where a page has more than one bar. */
  label?: string | undefined
}) {
  const word = useWords()
  return (
    <nav className="filters" aria-label={label ?? word('filters')}>
      {chips.map(chip => (
        <a
          key={chip.href}
          className={chip.on ? 'chip on' : 'chip'}
          href={chip.href}
          aria-current={chip.on ? 'true' : undefined}
        >
          {chip.icon && <Icon name={chip.icon} />}
          <span>{say(chip.label)}</span>
          {chip.count !== undefined && <Num>{chip.count}</Num>}
        </a>
      ))}
      {order && <span className="push only-wide sm dim">{say(order)}</span>}
    </nav>
  )
}

/** Two to four links in one bar, such as day, week, month. */
export function Segments({
  label,
  links,
}: {
  label: string
  links: { label: ReactNode; href: string; current?: boolean | undefined }[]
}) {
  return (
    <nav className="seg" aria-label={label}>
      {links.map(link => (
        <a
          key={link.href}
          className={link.current ? 'on' : undefined}
          href={link.href}
          aria-current={link.current ? 'true' : undefined}
        >
          {say(link.label)}
        </a>
      ))}
    </nav>
  )
}

export type PagerProps = {
  previous?: string | undefined
  next?: string | undefined
  /** First and last shown; `total` when it was counted. */
  from?: number | undefined
  to?: number | undefined
  total?: number | undefined
}

/** Leafing through a long list. */
export function Pager({ previous, next, from, to, total }: PagerProps) {
  const word = useWords()
  if (!previous && !next && total === undefined) return null
  const range = from !== undefined && to !== undefined ? `${from}\u2013${to}` : undefined
  return (
    <nav className="pager" aria-label={word('pager')}>
      {previous && (
        <LinkButton href={previous} variant="quiet" icon="back">
          {word('pager-previous')}
        </LinkButton>
      )}
      {range && (
        <span className="mut">
          {say(total === undefined ? range : word('pager-range', { range, total }))}
        </span>
      )}
      {next && (
        <span className="push">
          <LinkButton href={next} variant="quiet" iconEnd="fwd">
            {word('pager-next')}
          </LinkButton>
        </span>
      )}
    </nav>
  )
}

/** A few places to go to, one of them here; in a line that wraps. */
export function SelectLinks({
  label,
  links,
}: {
  label: string
  links: { label: ReactNode; href: string; current: boolean }[]
}) {
  return (
    <nav className="select-links" aria-label={label}>
      <span className="sm mut">{label}</span>
      {links.map(link => (
        <a
          key={link.href}
          className={link.current ? 'chip on' : 'chip'}
          href={link.href}
          aria-current={link.current ? 'true' : undefined}
        >
          {say(link.label)}
        </a>
      ))}
    </nav>
  )
}

export type Pair = { term: ReactNode; value: ReactNode }

/** What is known, as pairs: `rows` beside each other, `answers` one over the other, `facts` in panes. */
export function KeyValues({
  pairs,
  kind = 'rows',
  pad,
}: {
  pairs: Pair[]
  kind?: 'rows' | 'answers' | 'facts' | undefined
  pad?: boolean | undefined
}) {
  if (kind === 'rows') {
    return (
      <dl className={pad ? 'kv pad' : 'kv'}>
        {pairs.map((pair, place) => (
          <div className="pair" key={String(place)}>
            <dt>{say(pair.term)}</dt>
            <dd>{say(pair.value)}</dd>
          </div>
        ))}
      </dl>
    )
  }
  return (
    <dl className={`${kind === 'facts' ? 'panes facts' : 'ans'}${pad ? ' pad' : ''}`}>
      {pairs.map((pair, place) => (
        <div key={String(place)}>
          <dt>{say(pair.term)}</dt>
          <dd>{say(pair.value)}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A short word in a frame: automatic, original, on condition. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className="tag">{say(children)}</span>
}

/** A small sign with words: papers, a message, dues. */
export function Flag({
  icon,
  tone,
  label,
  children,
}: {
  icon: IconName
  tone?: 'honey' | 'glass' | 'sumac' | 'olive' | undefined
  label?: string | undefined
  children: ReactNode
}) {
  const colour = tone && { honey: 'warn-c', glass: 'glass-c', sumac: 'stop-c', olive: 'ok-c' }[tone]
  return (
    <span className={colour ? `flag ${colour}` : 'flag'} title={label}>
      <Icon name={icon} label={label} />
      <span>{say(children)}</span>
    </span>
  )
}
