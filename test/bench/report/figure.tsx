import type { Locale } from '../../../src/lib/localized.ts'
import type { ToldFigure } from '../../../src/offices/oversight/measured/file.ts'
import { LatencyBars, RoundMarks, TimelineArea } from './pictures.tsx'
import { drawTimeline, timesBetter } from './scales.ts'
import { sayIn, worded } from './words.ts'

type Shown = { figure: ToldFigure; locale: Locale }

const short = (value: number) => Number(value.toPrecision(3)).toLocaleString('en')

/** A word of the bench's own, marked as English where it has no Arabic yet. */
export function Word({
  kind,
  word,
  locale,
}: {
  kind: Parameters<typeof worded>[0]
  word: string
  locale: Locale
}) {
  const { text, foreign } = worded(kind, word, locale)
  return foreign ? (
    <bdi lang="en" dir="ltr">
      {text}
    </bdi>
  ) : (
    text
  )
}

export const Num = ({ value }: { value: number }) => <bdi dir="ltr">{short(value)}</bdi>

/** How far from the goal, in words. */
export function Verdict({ figure, locale }: Shown) {
  const t = sayIn(locale)
  const times = timesBetter(figure)
  if (figure.met === undefined) return null
  const far = times === undefined || !Number.isFinite(times) ? undefined : short(times)
  return (
    <span className={figure.met ? 'verdict good' : 'verdict short'}>
      {t(figure.met ? 'met' : 'missed')}
      {far && <small>{t(figure.met ? 'times-better' : 'times-of', { times: far })}</small>}
    </span>
  )
}

/** One figure: what it came to, against what, whether that was the goal, and its pictures. */
export function FigureCard({ figure, locale }: Shown) {
  const t = sayIn(locale)
  const { name, value, unit, ratio, baseline, goal, rounds, timeline, latency, details } = figure
  return (
    <article className="figure">
      <header>
        <h3>
          <Word kind="figure" word={name} locale={locale} />
        </h3>
        <Verdict figure={figure} locale={locale} />
      </header>
      <p className="value">
        <b>
          <Num value={value} />
        </b>{' '}
        <Word kind="unit" word={unit} locale={locale} />
      </p>
      <p className="against">
        <Num value={ratio} /> {t('to')} <Word kind="baseline" word={baseline} locale={locale} />
        {goal && ` · ${t('goal')} ${t(goal.least ? 'at-least' : 'at-most', { ratio: goal.ratio })}`}
      </p>
      {rounds && rounds.length > 1 && <Rounds rounds={rounds} locale={locale} />}
      {timeline && <Timelines timeline={timeline} locale={locale} />}
      {latency && <Latency latency={latency} locale={locale} />}
      {details && Object.keys(details).length > 0 && (
        <details>
          <summary>{t('details')}</summary>
          <pre dir="ltr">{JSON.stringify(details, null, 1)}</pre>
        </details>
      )}
    </article>
  )
}

function Rounds({ rounds, locale }: { rounds: readonly number[]; locale: Locale }) {
  const t = sayIn(locale)
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)]
  return (
    <figure>
      <figcaption>
        {t('rounds')}{' '}
        <bdi dir="ltr">
          {short(least)}–{short(most)}
        </bdi>
      </figcaption>
      <RoundMarks rounds={rounds} rtl={locale === 'ar'} />
      <p className="under">{t('rounds-sub')}</p>
    </figure>
  )
}

function Timelines({ timeline, locale }: { timeline: NonNullable<ToldFigure['timeline']>; locale: Locale }) {
  const t = sayIn(locale)
  return timeline.lines.map(({ name, unit, values }) => (
    <figure key={name}>
      <figcaption>
        {t('timeline')}: <Word kind="figure" word={name} locale={locale} />{' '}
        <span className="dim">{t('highest', { value: short(drawTimeline(values).highest), unit })}</span>
      </figcaption>
      <TimelineArea values={values} />
      <p className="axis" dir="ltr">
        <span>{t('seconds', { count: 0 })}</span>
        <span>{t('seconds', { count: Math.round(values.length * timeline.everySeconds) })}</span>
      </p>
    </figure>
  ))
}

function Latency({ latency, locale }: { latency: NonNullable<ToldFigure['latency']>; locale: Locale }) {
  const t = sayIn(locale)
  const { upTo } = latency
  const marks = [upTo[0], upTo[Math.floor(upTo.length / 2)], upTo.at(-1)].filter(each => each !== undefined)
  return (
    <figure>
      <figcaption>{t('latency')}</figcaption>
      <LatencyBars latency={latency} />
      <p className="axis" dir="ltr">
        {[...new Set(marks)].map(mark => (
          <span key={mark}>{t('ms', { count: short(mark) })}</span>
        ))}
      </p>
      <p className="under">{t('latency-sub')}</p>
    </figure>
  )
}
