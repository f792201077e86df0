import type { ReactNode } from 'react'
import { usePage } from '../page.ts'
import { say } from './say.tsx'

export type DayColumn = {
  id: string
  /** Read aloud: the day with its figures. */
  label: string
  good: number
  open: number
  bad: number
}

/** Days beside each other, each a column of what went well, what is open and what went wrong; time runs as reading does. */
export function DayColumns({
  columns,
  caption,
  ends,
}: {
  columns: DayColumn[]
  caption: string
  ends: [ReactNode, ReactNode]
}) {
  const { dir } = usePage()
  const highest = Math.max(1, ...columns.map(({ good, open, bad }) => good + open + bad))
  const step = 100 / Math.max(1, columns.length)
  const height = (value: number) => (60 * value) / highest
  return (
    <figure className="day-columns">
      <svg viewBox="0 0 100 60" preserveAspectRatio="none" role="img" aria-label={caption}>
        {columns.map(({ id, label, good, open, bad }, place) => {
          const x = (dir === 'rtl' ? columns.length - 1 - place : place) * step + step * 0.12
          const [g, o, b] = [height(good), height(open), height(bad)]
          const box = { x, width: step * 0.76 }
          return (
            <g key={id}>
              <title>{label}</title>
              <rect className="col-good" {...box} y={60 - g} height={g} />
              <rect className="cq" {...box} y={60 - g - o} height={o} />
              <rect className="c4" {...box} y={60 - g - o - b} height={b} />
            </g>
          )
        })}
      </svg>
      <figcaption className="row apart xs dim">
        <span>{say(ends[0])}</span>
        <span>{say(ends[1])}</span>
      </figcaption>
    </figure>
  )
}

/** What the colours of such columns mean. */
export function DayColumnsKey({ good, open, bad }: { good: ReactNode; open: ReactNode; bad: ReactNode }) {
  const kinds = [
    ['col-good', good],
    ['cq', open],
    ['c4', bad],
  ] as const
  return (
    <p className="key mt-s">
      {kinds.map(([className, words]) => (
        <span key={className}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <rect className={className} width="10" height="10" />
          </svg>
          {say(words)}
        </span>
      ))}
    </p>
  )
}
