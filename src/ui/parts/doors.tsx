import type { ReactNode } from 'react'
import type { IconName } from '../icons.tsx'
import { useWords } from '../words.ts'
import { Icon } from './icon.tsx'
import { say } from './say.tsx'

export type Door = { href: string; icon: IconName; title: ReactNode; note?: ReactNode }

/** The doors of the portal: at most four, each a whole target. */
export function Doors({ label, doors }: { label: string; doors: Door[] }) {
  return (
    <nav className="panes doors" aria-label={label}>
      {doors.map(door => (
        <a key={door.href} href={door.href}>
          <Icon name={door.icon} />
          <b>{say(door.title)}</b>
          {door.note && <small>{say(door.note)}</small>}
        </a>
      ))}
    </nav>
  )
}

export type Kind = Door & { count?: number | undefined }

/** Groups of services, each with a few words of what is in it; `level` 2 where no heading stands between them and the page's own. */
export function Kinds({ kinds, level = 3 }: { kinds: Kind[]; level?: 2 | 3 }) {
  const Title = level === 2 ? 'h2' : 'h3'
  return (
    <ul className="kinds">
      {kinds.map(kind => (
        <li key={kind.href}>
          <Icon name={kind.icon} />
          <div>
            <Title>
              <a href={kind.href}>{say(kind.title)}</a>
              {kind.count !== undefined && <span className="dim sm"> {say(kind.count)}</span>}
            </Title>
            {kind.note && <p>{say(kind.note)}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

/** Plain links under each other, parted by hairlines. */
export function LinkList({ links }: { links: { href: string; label: ReactNode; note?: ReactNode }[] }) {
  return (
    <ul className="lines">
      {links.map(link => (
        <li key={link.href}>
          <a href={link.href}>{say(link.label)}</a>
          {link.note && <small className="mut line-note">{say(link.note)}</small>}
        </li>
      ))}
    </ul>
  )
}

export type SearchBandProps = {
  title: ReactNode
  action: string
  name?: string | undefined
  value?: string | undefined
  label: ReactNode
  often?: { href: string; label: ReactNode }[] | undefined
}

/** The band that opens the portal: one question, one box. The lattice stands here and nowhere else. */
export function SearchBand({ title, action, name = 'q', value, label, often = [] }: SearchBandProps) {
  const word = useWords()
  return (
    <section className="band" aria-labelledby="band">
      <div className="wrap">
        <h1 id="band">{say(title)}</h1>
        {/* biome-ignore lint/a11y/useSemanticElements: older browsers do not know the search element */}
        <form action={action} role="search">
          <label htmlFor="band-q">{say(label)}</label>
          <SearchBox id="band-q" name={name} value={value} />
        </form>
        {often.length > 0 && (
          <p className="row sm often">
            <span>{word('search-often')}</span>
            {often.map(link => (
              <a key={link.href} href={link.href}>
                {say(link.label)}
              </a>
            ))}
          </p>
        )}
      </div>
    </section>
  )
}

/** A box to search in, with its button. Belongs in a form with method get. */
export function SearchBox({
  id,
  name,
  value,
  placeholder,
}: {
  id: string
  name: string
  value?: string | undefined
  placeholder?: string | undefined
}) {
  const word = useWords()
  return (
    <div className="find">
      <input
        id={id}
        name={name}
        type="search"
        autoComplete="off"
        enterKeyHint="search"
        defaultValue={value}
        placeholder={placeholder}
      />
      <button type="submit">
        <Icon name="search" />
        <span>{word('search')}</span>
      </button>
    </div>
  )
}
