import type { ToldFigure } from '../../../src/offices/oversight/measured/file.ts'
import { median } from '../report.ts'
import { besideGoal, drawTimeline, placesOfRounds, timesBetter } from './scales.ts'

type Side = { rtl: boolean }

/** A bar from the goal in the middle to where the figure is, on the side where reading goes for what is better. */
export function GoalBar({ figure, rtl }: { figure: ToldFigure } & Side) {
  const times = timesBetter(figure)
  if (times === undefined) return null
  const end = besideGoal(times)
  const at = (place: number) => (rtl ? 100 - place : place)
  const [from, to] = [at(50), at(end)].sort((a, b) => a - b) as [number, number]
  return (
    <svg className="goal-bar" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      {[0.25, 0.5, 2, 4].map(mark => (
        <line
          key={mark}
          className="mark"
          x1={at(besideGoal(mark))}
          x2={at(besideGoal(mark))}
          y1="0"
          y2="16"
        />
      ))}
      <rect
        className={figure.met ? 'good' : 'short'}
        x={from}
        y="4"
        width={Math.max(0.6, to - from)}
        height="8"
      />
      <line className="middle" x1="50" x2="50" y1="0" y2="16" />
    </svg>
  )
}

/** A mark for each round on a strip that begins at nought, the tallest the median. */
export function RoundMarks({ rounds, rtl }: { rounds: readonly number[] } & Side) {
  const places = placesOfRounds(rounds)
  const at = (place: number) => (rtl ? 99 - place : place)
  const middle = placesOfRounds([...rounds, median(rounds)]).at(-1) ?? 0
  return (
    <svg className="round-marks" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bed" y="7" width="100" height="2" />
      {places.map((place, round) => (
        <rect className="round" key={String(round)} x={at(place)} y="4" width="0.8" height="8" />
      ))}
      <rect className="median" x={at(middle)} y="0" width="0.8" height="16" />
    </svg>
  )
}

/** One thing that was watched, second by second; time runs from left to right in both languages, as clocks and meters draw it. */
export function TimelineArea({ values }: { values: readonly number[] }) {
  const { stroke, fill } = drawTimeline(values)
  return (
    <svg className="timeline" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true">
      <path className="fill" d={fill} />
      <path className="stroke" d={stroke} />
      <line className="base" x1="0" x2="300" y1="58.5" y2="58.5" />
    </svg>
  )
}

/** How many answers took how long. */
export function LatencyBars({ latency }: { latency: NonNullable<ToldFigure['latency']> }) {
  const { counts } = latency
  const most = Math.max(...counts, 1)
  const width = 300 / Math.max(1, counts.length)
  return (
    <svg className="latency" viewBox="0 0 300 60" preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, at) => (
        <rect
          key={String(at)}
          x={at * width + width * 0.06}
          width={width * 0.88}
          y={58 - (56 * count) / most}
          height={(56 * count) / most}
        />
      ))}
      <line className="base" x1="0" x2="300" y1="58.5" y2="58.5" />
    </svg>
  )
}
