import type { ReactNode } from 'react'
import type { Fault } from '../../lib/errors.ts'
import { type Navigation, type RailLink, usePage } from '../page.ts'
import { useLocalized, useWords } from '../words.ts'
import { AsOf } from './as-of.tsx'
import { CommandBar } from './command-bar.tsx'
import { Document } from './document.tsx'
import { PersonName } from './facts.tsx'
import { ErrorSummary } from './fault.tsx'
import { Icon } from './icon.tsx'
import { LogOut } from './log-out.tsx'
import { FlashStatus } from './note.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'
import { TypedWords } from './typed-words.tsx'
import { Written } from './written.tsx'

export type StaffLayoutProps = {
  title: string
  faults?: readonly Fault[] | undefined
  /** The rail's links; the page's navigation unless given. */
  rail?: RailLink[] | undefined
  /** Under the reader's name: the window, the till. The post or office unless given. */
  whereabouts?: ReactNode
  /** Refreshes `main` when news of this name arrive: the region is fetched again and swapped. */
  live?: string | undefined
  children: ReactNode
}

/** A working page: the town's bar with search, the rail, the desk. */
export function StaffLayout({ title, faults, rail, whereabouts, live, children }: StaffLayoutProps) {
  const { navigation, typedWords } = usePage()
  return (
    <Document title={title} side="staff" faulty={!!faults?.length}>
      <Bar whereabouts={whereabouts} />
      <div className="frame">
        <Rail links={rail ?? navigation.rail} />
        <main className="desk" id="main" data-live={live}>
          <FlashStatus />
          <AsOf />
          <ErrorSummary faults={faults} />
          <TypedWords words={typedWords} />
          {children}
        </main>
      </div>
    </Document>
  )
}

function Bar({ whereabouts }: { whereabouts?: ReactNode }) {
  const { town, actor, navigation } = usePage()
  const local = useLocalized()
  const staff = actor.kind === 'staff' ? actor : undefined
  return (
    <header className="bar">
      <a className="town" href={navigation.home}>
        <Seal />
        <span>
          <b>{local(town.name)}</b>
          {staff?.office && <small>{staff.office}</small>}
        </span>
      </a>
      <CommandBar />
      {staff && (
        <Account href={navigation.account}>
          <Icon name="user" />
          <span>
            <b>
              <PersonName>{staff.name}</PersonName>
            </b>
            {say(whereabouts ?? staff.post)}
          </span>
        </Account>
      )}
      <LogOut />
    </header>
  )
}

function Account({ href, children }: { href?: string | undefined; children: ReactNode }) {
  if (!href) return <div className="who push">{children}</div>
  return (
    <a className="who push" href={href}>
      {children}
    </a>
  )
}

function Rail({ links: rail }: { links: RailLink[] }) {
  const { dir } = usePage()
  const word = useWords()
  return (
    <Written
      as="nav"
      className="rail"
      aria-label={word('nav-work')}
      part={RailLinks}
      by={{ dir, navigation: { rail } as Navigation }}
    />
  )
}

function RailLinks() {
  const { navigation } = usePage()
  return navigation.rail.map(link => (
    <a key={link.href} href={link.href} aria-current={link.current ? 'page' : undefined}>
      <Icon name={link.icon} />
      <span>{link.label}</span>
      {link.count !== undefined && link.count > 0 && (
        <span className="rail-count">
          <Num>{link.count}</Num>
        </span>
      )}
    </a>
  ))
}
