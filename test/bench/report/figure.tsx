import type { Locale } from '../../../src/lib/localized.ts'
import type { ToldFigure } from '../../../src/offices/oversight/measured/file.ts'
import { LatencyBars, RoundMarks, TimelineArea } from './pictures.tsx'
import { drawTimeline, timesBetter } from './scales.ts'
import { goalWritten, sayIn, worded } from './words.ts'

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
  // As good as the goal exactly, and nothing of it, need no figure.
  const far = times && times !== 1 && Number.isFinite(times) ? short(times) : undefined
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
    <article className={timeline ? 'figure wide' : 'figure'}>
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
        {goalWritten(baseline) === undefined ? (
          <>
            <Num value={ratio} /> {t('to')} <Word kind="baseline" word={baseline} locale={locale} />
            {goal && ` · ${t('goal')} ${t(goal.least ? 'at-least' : 'at-most', { ratio: goal.ratio })}`}
          </>
        ) : (
          <>
            {t('goal')} <bdi dir="ltr">{goalWritten(baseline)}</bdi>
          </>
        )}
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

/** A picture for each thing that was watched and was not nought all along. */
function Timelines({ timeline, locale }: { timeline: NonNullable<ToldFigure['timeline']>; locale: Locale }) {
  const t = sayIn(locale)
  const lines = timeline.lines.map(each => ({ ...each, highest: drawTimeline(each.values).highest }))
  return (
    <>
      <p className="under">{t('timeline')}</p>
      <div className="pictures">
        {lines
          .filter(({ highest }) => highest > 0)
          .map(({ name, unit, values, highest }) => (
            <figure key={name}>
              <figcaption>
                <Word kind="figure" word={name} locale={locale} />{' '}
                <span className="dim">
                  {t('highest')} <Num value={highest} /> <Word kind="unit" word={unit} locale={locale} />
                </span>
              </figcaption>
              <TimelineArea values={values} />
              <Axis
                locale={locale}
                marks={[0, Math.round(values.length * timeline.everySeconds)].map(count =>
                  t('seconds', { count }),
                )}
              />
            </figure>
          ))}
      </div>
    </>
  )
}

/** Marks under a picture, from left to right as it is drawn. */
function Axis({ marks, locale }: { marks: readonly string[]; locale: Locale }) {
  return (
    <p className="axis" dir="ltr">
      {marks.map(mark => (
        <span key={mark} dir={locale === 'ar' ? 'rtl' : 'ltr'}>
          {mark}
        </span>
      ))}
    </p>
  )
}

function Latency({ latency, locale }: { latency: NonNullable<ToldFigure['latency']>; locale: Locale }) {
  const t = sayIn(locale)
  const { upTo } = latency
  const marks = [upTo[0], upTo[Math.floor(upTo.length / 2)], upTo.at(-1)].filter(each => each !== undefined)
  return (
    <figure>
      <figcaption>{t('latency')}</figcaption>
      <LatencyBars latency={latency} />
      <Axis locale={locale} marks={[...new Set(marks)].map(mark => t('ms', { count: short(mark) }))} />
      <p className="under">{t('latency-sub')}</p>
    </figure>
  )
}
