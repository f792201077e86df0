import { renderToStaticMarkup } from 'react-dom/server'
import { longDate } from '../../../src/lib/dates.ts'
import type { Locale } from '../../../src/lib/localized.ts'
import type { Results, ToldFigure } from '../../../src/offices/oversight/measured/file.ts'
import { FigureCard, Num, Verdict, Word } from './figure.tsx'
import { GoalBar } from './pictures.tsx'
import { reportStyle } from './style.ts'
import { caveat, sayIn } from './words.ts'

type Shown = { results: Results; locale: Locale }

/** The report of a run as one page that needs nothing else: no script, no other file, for the screen, a telephone and paper. */
export function reportPage(results: Results, locale: Locale): string {
  const page = renderToStaticMarkup(<Report results={results} locale={locale} />)
  // A style holds no markup: it is put in as it stands, once the rest has been escaped.
  return `<!doctype html>\n${page.replace('<style></style>', () => `<style>${reportStyle()}</style>`)}\n`
}

function Report({ results, locale }: Shown) {
  const t = sayIn(locale)
  const { shubbak, mode } = results
  return (
    <html lang={locale} dir={locale === 'ar' ? 'rtl' : 'ltr'}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${t('title')} ${shubbak.version}`}</title>
        <style />
      </head>
      <body>
        <main>
          {results.caveats.map(each => (
            <p className="caveat" key={each}>
              {caveat(each, locale)}
            </p>
          ))}
          <header className="top">
            <a href={locale === 'ar' ? 'report.en.html' : 'report.html'} lang={locale === 'ar' ? 'en' : 'ar'}>
              {t('other')}
            </a>
            <h1>{t('title')}</h1>
            <p>{t('lead')}</p>
            <p className="dim">
              {t(shubbak.clean ? 'version' : 'changed', { version: shubbak.version, commit: shubbak.commit })}{' '}
              · {t(`mode-${mode}`)} · {longDate(new Date(results.began), { locale, timeZone: 'Asia/Hebron' })}
            </p>
          </header>
          <Goals results={results} locale={locale} />
          {results.parts
            .filter(({ outcome }) => outcome !== 'left out')
            .map(part => (
              <PartSection key={part.name} part={part} results={results} locale={locale} />
            ))}
          <LeftOut results={results} locale={locale} />
          <Machine results={results} locale={locale} />
          <section>
            <h2>{t('again')}</h2>
            <p>{t('again-text')}</p>
            <pre dir="ltr">{`npm run bench${mode === 'whole' ? '' : ` -- --${mode}`}`}</pre>
          </section>
        </main>
      </body>
    </html>
  )
}

/** Every goal with how far from it the figure is. */
function Goals({ results, locale }: Shown) {
  const t = sayIn(locale)
  const goals = results.figures.filter(each => each.met !== undefined)
  if (goals.length === 0) return null
  const met = goals.filter(each => each.met).length
  return (
    <section>
      <h2>{t('goals')}</h2>
      <p>
        <b>{t('goals-met', { met, all: goals.length })}</b>
      </p>
      <p className="dim">{t('goals-sub')}</p>
      <ul className="goals">
        <li className="ends" aria-hidden="true">
          <span />
          <span className="axis">
            <span>{t('worse')}</span>
            <span>{t('better')}</span>
          </span>
          <span />
        </li>
        {goals.map((figure, at) => (
          <GoalLine key={String(at)} figure={figure} locale={locale} />
        ))}
      </ul>
    </section>
  )
}

function GoalLine({ figure, locale }: { figure: ToldFigure; locale: Locale }) {
  return (
    <li>
      <span>
        <Word kind="figure" word={figure.name} locale={locale} />
        <small>
          <Num value={figure.value} /> <Word kind="unit" word={figure.unit} locale={locale} />
        </small>
      </span>
      <GoalBar figure={figure} rtl={locale === 'ar'} />
      <Verdict figure={figure} locale={locale} />
    </li>
  )
}

function PartSection({ part, results, locale }: Shown & { part: Results['parts'][number] }) {
  const t = sayIn(locale)
  const figures = results.figures.filter(each => each.part === part.name)
  return (
    <section>
      <h2>
        <Word kind="part" word={part.name} locale={locale} />{' '}
        <small className={part.outcome === 'done' ? 'dim' : 'stop'}>
          {t(`outcome-${part.outcome}`)}
          {part.seconds > 0 && ` · ${t('seconds', { count: part.seconds })}`}
        </small>
      </h2>
      {part.why && (
        <pre dir="ltr" className="stop">
          {part.why}
        </pre>
      )}
      {figures.length > 0 && (
        <div className="figures">
          {figures.map((figure, at) => (
            <FigureCard key={String(at)} figure={figure} locale={locale} />
          ))}
        </div>
      )}
    </section>
  )
}

/** What this run did not ask, by name. */
function LeftOut({ results, locale }: Shown) {
  const out = results.parts.filter(({ outcome }) => outcome === 'left out')
  if (out.length === 0) return null
  return (
    <section>
      <h2>{sayIn(locale)('left-out')}</h2>
      <ul className="names">
        {out.map(({ name }) => (
          <li key={name}>
            <Word kind="part" word={name} locale={locale} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Machine({ results, locale }: Shown) {
  const t = sayIn(locale)
  const { machine, versions } = results
  const moment = (instant: string) => instant.slice(0, 16).replace('T', ' ')
  const pairs = [
    [t('when'), t('when-text', { began: moment(results.began), ended: moment(results.ended) })],
    [t('cpu'), t('cpu-text', { cores: machine.cores, cpu: machine.cpu })],
    [t('memory'), `${machine.memoryMb.toLocaleString('en')} MB`],
    [
      t('disk'),
      t('disk-text', {
        count: machine.disk.fsyncsPerSecond.toLocaleString('en'),
        ms: machine.disk.fsyncMs,
        system: machine.disk.fileSystem,
      }),
    ],
    [t('kernel'), machine.kernel],
    [t('postgres'), versions.postgres],
    [t('node'), versions.node],
    [t('load'), results.loadBefore.join(' · ')],
  ]
  return (
    <section>
      <h2>{t('machine')}</h2>
      <dl>
        {pairs.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <h3>{t('settings')}</h3>
      <dl className="settings" dir="ltr">
        {Object.entries(results.settings).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
