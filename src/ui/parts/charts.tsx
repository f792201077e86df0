import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { say } from './say.tsx'

export type Figure = { label: ReactNode; value: ReactNode; note?: ReactNode; alarm?: boolean | undefined }

/** Up to six figures of the day. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl className="panes figs">
      {figures.map((figure, place) => (
        <div className="fig" key={String(place)}>
          <dt>{say(figure.label)}</dt>
          <dd className={figure.alarm ? 'stop-c' : undefined}>{say(figure.value)}</dd>
          {figure.note && <dd>{say(figure.note)}</dd>}
        </div>
      ))}
    </dl>
  )
}

export type Bar = {
  id: string
  label: ReactNode
  href?: string | undefined
  value: number
  shown: ReactNode
  below?: boolean | undefined
}

/** Bars that start where reading starts, the value written at each; `goal` is one line through all. */
export function Bars({
  bars,
  top,
  goal,
}: {
  bars: Bar[]
  top?: number | undefined
  goal?: number | undefined
}) {
  const { dir } = usePage()
  const highest = top ?? Math.max(1, ...bars.map(bar => bar.value))
  const at = (value: number) => (100 * value) / highest
  const from = (value: number) => (dir === 'rtl' ? 100 - at(value) : 0)
  return (
    <ul className="bars3">
      {bars.map(bar => (
        <li key={bar.id}>
          <span>{bar.href ? <a href={bar.href}>{say(bar.label)}</a> : say(bar.label)}</span>
          <svg viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
            {goal !== undefined && <rect className="bed" y="3" width="100" height="10" />}
            <rect
              className={bar.below ? 'c4' : 'c1'}
              x={from(bar.value)}
              y="3"
              width={at(bar.value)}
              height="10"
            />
            {goal !== undefined && <Tick at={dir === 'rtl' ? 100 - at(goal) : at(goal)} height={16} />}
          </svg>
          <b className={bar.below ? 'stop-c' : undefined}>{say(bar.shown)}</b>
        </li>
      ))}
    </ul>
  )
}

export type StackBar = {
  id: string
  label: ReactNode
  href?: string | undefined
  inTime: number
  soon: number
  late: number
  veryLate: number
  note?: ReactNode
}

/** Where work stands, office by office: within time, due soon, late, very late. */
export function StackBars({ bars }: { bars: StackBar[] }) {
  const { dir } = usePage()
  const word = useWords()
  const total = (bar: StackBar) => bar.inTime + bar.soon + bar.late + bar.veryLate
  const highest = Math.max(1, ...bars.map(total))
  const kinds = [
    { key: 'inTime', className: 'c1' },
    { key: 'soon', className: 'c3' },
    { key: 'late', className: 'c4' },
    { key: 'veryLate', className: 'c5' },
  ] as const
  return (
    <>
      <ul className="bars4">
        {bars.map(bar => {
          let done = 0
          return (
            <li key={bar.id}>
              <span>{bar.href ? <a href={bar.href}>{say(bar.label)}</a> : say(bar.label)}</span>
              <svg viewBox={`0 0 ${highest} 16`} preserveAspectRatio="none" aria-hidden="true">
                {kinds.map(({ key, className }) => {
                  const width = bar[key]
                  const x = dir === 'rtl' ? highest - done - width : done
                  done += width
                  return (
                    width > 0 && (
                      <rect
                        key={key}
                        className={className}
                        x={x}
                        width={Math.max(0.3, width - highest * 0.006)}
                        height="16"
                      />
                    )
                  )
                })}
              </svg>
              <b>{say(total(bar))}</b>
              <span className={bar.late + bar.veryLate > 0 ? 'xs stop-c' : 'xs dim'}>{say(bar.note)}</span>
            </li>
          )
        })}
      </ul>
      <p className="key mt-s">
        {kinds.map(({ key, className }) => (
          <span key={key}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect className={className} width="10" height="10" />
            </svg>
            {say(word(`chart-${key}`))}
          </span>
        ))}
      </p>
    </>
  )
}

export type TimeKept = {
  id: string
  label: ReactNode
  href?: string | undefined
  why?: ReactNode
  taken: number
  promised: number
  shown: ReactNode
  shownPromise: ReactNode
}

/** Promised and real times: a bar for what it takes, a tick for what was promised. */
export function Times({ rows }: { rows: TimeKept[] }) {
  const { dir } = usePage()
  const word = useWords()
  return (
    <>
      <ul className="times">
        {rows.map(row => {
          const scale = 160 / Math.max(1, row.promised)
          const width = Math.min(200, row.taken * scale)
          const bed = Math.min(200, row.promised * scale)
          const late = row.taken > row.promised
          return (
            <li key={row.id}>
              <span>
                {row.href ? <a href={row.href}>{say(row.label)}</a> : say(row.label)}
                {row.why && <small className="why dim">{say(row.why)}</small>}
              </span>
              <svg className="bul" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true">
                <rect className="bed" x={dir === 'rtl' ? 200 - bed : 0} y="3" width={bed} height="8" />
                <rect
                  className={late ? 'late' : 'v'}
                  x={dir === 'rtl' ? 200 - width : 0}
                  y="3"
                  width={width}
                  height="8"
                />
                <Tick at={dir === 'rtl' ? 200 - bed : bed} height={14} />
              </svg>
              <span className="say nb">
                <b className={late ? 'stop-c' : undefined}>{say(row.shown)}</b>{' '}
                <span className="dim sm">{say(row.shownPromise)}</span>
              </span>
            </li>
          )
        })}
      </ul>
      <p className="key mt-s">
        {(['taken', 'promised', 'over'] as const).map(kind => (
          <span key={kind}>
            <svg viewBox="0 0 10 10" aria-hidden="true">
              <rect
                className={{ taken: 'c1', promised: 'tick', over: 'c4' }[kind]}
                x={kind === 'promised' ? 4 : 0}
                width={kind === 'promised' ? 2 : 10}
                height="10"
              />
            </svg>
            {word(`chart-${kind}`)}
          </span>
        ))}
      </p>
    </>
  )
}

/* A line that keeps its width however far the picture is stretched. */
function Tick({ at, height }: { at: number; height: number }) {
  return <path className="tick-line" d={`M${at.toFixed(1)} 0v${height}`} vectorEffect="non-scaling-stroke" />
}
