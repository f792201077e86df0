import type { ReactNode } from 'react'
import type { NavLink } from '../page.ts'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type HeadProps = {
  title: ReactNode
  /** Heading rank; one h1 on a page. */
  level?: 1 | 2 | 3 | undefined
  id?: string | undefined
  /** A line under the title. */
  sub?: ReactNode
  /** Stands at the far end: actions of a working page, or a link beside a section's title. */
  actions?: ReactNode
}

/** The head of a page or a section: title, a line under it, and what can be done at its end. */
export function Head({ title, level = 1, id, sub, actions }: HeadProps) {
  const Title = `h${level}` as const
  return (
    <div className={actions ? 'head row apart' : 'head'}>
      <div>
        <Title id={id}>{say(title)}</Title>
        {sub && <div className="sub-line sm mut">{say(sub)}</div>}
      </div>
      {actions && <div className="acts push">{actions}</div>}
    </div>
  )
}

export type SectionProps = {
  title: ReactNode
  /** Names the section; must be unique on the page. */
  id: string
  sub?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A section of a citizen page under an h2. */
export function Section({ title, id, sub, actions, children }: SectionProps) {
  return (
    <section aria-labelledby={`${id}-title`} id={id}>
      <Head title={title} level={2} id={`${id}-title`} sub={sub} actions={actions} />
      {children}
    </section>
  )
}

/** Where the page stands: links down to it. With one link it reads as the way back. */
export function Crumbs({ links, note }: { links: NavLink[]; note?: ReactNode }) {
  const word = useWords()
  const back = links.length === 1
  return (
    <nav className="crumbs" aria-label={word(back ? 'nav-back' : 'nav-crumbs')}>
      {links.map((link, place) => (
        <span className="crumb" key={link.href}>
          {back ? <Icon name="back" /> : place > 0 && <Icon name="fwd" />}
          <a href={link.href}>{say(link.label)}</a>
        </span>
      ))}
      {note && <span>{say(note)}</span>}
    </nav>
  )
}
