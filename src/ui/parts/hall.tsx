import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useLocalized } from '../words.ts'
import { Document } from './document.tsx'
import { DateText } from './facts.tsx'
import { LiveRegion } from './live-region.tsx'
import { Mark } from './mark.tsx'
import { Num, say } from './say.tsx'
import { Seal } from './seal.tsx'
import { Cut, Slip } from './slip.tsx'

/** A page of the hall, read from afar or pressed with a finger: the town above, nothing to lead away. */
export function HallPage({
  title,
  live,
  liveUrl,
  refreshSeconds,
  clock,
  children,
}: {
  title: string
  /** Name of the news it refreshes by, and where they are heard. */
  live?: string | undefined
  liveUrl?: string | undefined
  /** How often it is read anew where no script runs. */
  refreshSeconds?: number | undefined
  clock?: boolean | undefined
  children: ReactNode
}) {
  const { town, now } = usePage()
  const local = useLocalized()
  const inside = (
    <>
      <header className="hall-head">
        <Seal />
        <h1>{local(town.name)}</h1>
        {clock && (
          <p className="hall-clock">
            <DateText value={now} form="time" />
          </p>
        )}
      </header>
      {children}
    </>
  )
  return (
    <Document
      title={title}
      side="staff"
      bodyClass="hall"
      liveUrl={liveUrl}
      refreshSeconds={refreshSeconds}
      unlisted
    >
      <main id="main" className="hall-in">
        {live ? (
          <LiveRegion topic={live} every={refreshSeconds}>
            {inside}
          </LiveRegion>
        ) : (
          inside
        )}
        <p className="hall-by">
          <Mark />
        </p>
      </main>
    </Document>
  )
}

export type Called = {
  id: string
  turn: string
  window: string
  fresh: boolean
  /** Only of who asked for it. */
  name?: string | undefined
}

/** Numbers that are called, each with its window: read from eight metres. */
export function CalledNumbers({
  title,
  to,
  called,
  none,
}: {
  title: string
  to: string
  called: Called[]
  none: string
}) {
  return (
    <section className="hall-called" aria-label={title} aria-live="polite">
      <h2>{say(title)}</h2>
      {called.length === 0 ? (
        <p className="hall-none">{say(none)}</p>
      ) : (
        <ol>
          {called.map(each => (
            <li key={each.id} className={each.fresh ? 'now' : undefined}>
              <b>
                <Num>{each.turn}</Num>
              </b>
              <span>
                {each.name && <bdi>{each.name}</bdi>}
                <small>{say(to)}</small>
                {say(each.window)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

export type NextUp = { id: string; name: ReactNode; next: string | undefined; waiting: ReactNode }

/** Who is next for each purpose, and how many wait. */
export function NextNumbers({ title, lines }: { title: string; lines: NextUp[] }) {
  return (
    <section className="hall-next" aria-label={title}>
      <h2>{say(title)}</h2>
      <ul>
        {lines.map(line => (
          <li key={line.id}>
            <span>{say(line.name)}</span>
            <b>{line.next ? <Num>{line.next}</Num> : '\u2014'}</b>
            <small>{say(line.waiting)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** One large button a purpose, for a finger. */
export function PurposeButtons({
  name,
  purposes,
}: {
  name: string
  purposes: { value: string; letter: string; label: ReactNode; note: ReactNode }[]
}) {
  return (
    <div className="hall-purposes">
      {purposes.map(each => (
        <button key={each.value} type="submit" name={name} value={each.value}>
          <span className="hall-letter">{each.letter}</span>
          <b>{say(each.label)}</b>
          <small>{say(each.note)}</small>
        </button>
      ))}
    </div>
  )
}

export type TurnSlipProps = {
  id?: string | undefined
  title: ReactNode
  turn: string
  purpose: ReactNode
  lines: ReactNode[]
  foot?: ReactNode
}

/** A turn on thermal paper. */
export function TurnSlip({ turn, purpose, lines, foot, ...head }: TurnSlipProps) {
  const { now } = usePage()
  return (
    <Slip {...head}>
      <p className="turn-number">
        <Num>{turn}</Num>
      </p>
      <p className="ctr">
        <b>{say(purpose)}</b>
      </p>
      <Cut />
      {lines.map((line, place) => (
        <p className="ctr" key={String(place)}>
          {say(line)}
        </p>
      ))}
      <p className="ctr">
        <DateText value={now} form="full" />
      </p>
      {foot && (
        <>
          <Cut />
          <p className="ctr">{say(foot)}</p>
        </>
      )}
    </Slip>
  )
}

/** A turn as its holder sees it on a telephone: the number, and what is left before it. */
export function TurnCard({ label, turn, facts }: { label: ReactNode; turn: string; facts: ReactNode }) {
  return (
    <section className="pane turn-card">
      <p className="sm mut">{say(label)}</p>
      <p className="turn-number">
        <Num>{turn}</Num>
      </p>
      <div className="turn-facts">{facts}</div>
    </section>
  )
}
