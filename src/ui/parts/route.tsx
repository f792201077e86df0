import type { ReactNode } from 'react'
import { useWords } from '../words.ts'
import { say } from './say.tsx'

/** Where one stop of a route stands. `outside` waits for another body. */
export type StopState = 'done' | 'now' | 'halt' | 'outside' | 'to-come'

export type Stop = {
  id: string
  state: StopState
  title: ReactNode
  /** Who, when, what was sent. */
  note?: ReactNode
}

const CLASS: Record<StopState, string | undefined> = {
  done: 'done',
  now: 'now',
  halt: 'halt',
  outside: 'ext',
  'to-come': undefined,
}

/** The way of a request, a nuqta at each stop: done, here now, halted, to come. */
export function Route({ stops, pad }: { stops: Stop[]; pad?: boolean | undefined }) {
  const word = useWords()
  return (
    <ol className={pad ? 'route pad' : 'route'}>
      {stops.map(stop => (
        <li
          key={stop.id}
          className={CLASS[stop.state]}
          aria-current={stop.state === 'now' ? 'step' : undefined}
        >
          <b>
            {say(stop.title)}
            {stop.state !== 'to-come' && <span className="vh"> ({word(`stop-${stop.state}`)})</span>}
          </b>
          {stop.note && <small>{say(stop.note)}</small>}
        </li>
      ))}
    </ol>
  )
}

/** Steps of a form: a bar, which one this is, and what comes next. */
export function Stepper({
  step,
  of,
  service,
  next,
}: {
  step: number
  of: number
  service?: ReactNode
  next?: ReactNode
}) {
  const word = useWords()
  return (
    <div className="step-head">
      {service && <p className="mut sm">{say(service)}</p>}
      <ol aria-hidden="true">
        {Array.from({ length: of }, (_, place) => (
          <li key={String(place)} className={place + 1 < step ? 'd' : place + 1 === step ? 'c' : undefined} />
        ))}
      </ol>
      <p className="sm">
        <b>{say(word('step-of', { step, of }))}</b>
        {next && (
          <span className="dim">
            {' \u00b7 '}
            {word('step-next')} {say(next)}
          </span>
        )}
      </p>
    </div>
  )
}
