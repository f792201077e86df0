import { DateText, Flag, Pane, usePage, useRichTexts, useTexts } from '../../../../ui/index.ts'
import { withLabels } from '../labels.ts'
import { inForce, type TownWords } from '../model.ts'
import { templateTexts } from '../strings.ts'
import type { WordsView } from './load.ts'
import { WordsStateFlag, Writer } from './words.tsx'

/** Every version there was: its text, who wrote it, who decided on it, and when. */
export function History({ view }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const { versions } = view
  return (
    <Pane id="versions" title={t('history-title')} icon="clock">
      {versions.length === 0 ? (
        <p className="mut">{t('history-none')}</p>
      ) : (
        <ul className="bare">
          {versions.map(words => (
            <Version key={words.version} view={view} words={words} />
          ))}
        </ul>
      )}
    </Pane>
  )
}

function Version({ view: { versions, labels, staff }, words }: { view: WordsView; words: TownWords }) {
  const t = useTexts(templateTexts)
  const rich = useRichTexts(templateTexts)
  const { now } = usePage()
  const { version, body, decided, ended, state, fromAt } = words
  const isReplaced =
    state === 'approved' &&
    fromAt !== undefined &&
    fromAt <= now &&
    inForce(versions, now)?.version !== version
  const by = (of: string, at: Date) => ({
    name: <Writer of={of} staff={staff} />,
    date: <DateText value={at} form="moment" />,
  })
  return (
    <li>
      <b>{t('history-version', { version })}</b>{' '}
      {isReplaced ? <Flag icon="no">{t('state-replaced')}</Flag> : <WordsStateFlag state={state} />}
      <p>
        <bdi>{withLabels(body, labels)}</bdi>
      </p>
      <p className="sm mut">
        {rich('history-written', by(words.writtenBy, words.writtenAt))}
        {decided && (
          <>
            <br />
            {rich(
              state === 'returned' || !fromAt ? 'history-returned' : 'history-approved',
              by(decided.by, decided.at),
            )}
          </>
        )}
        {ended && (
          <>
            <br />
            {rich('history-ended', by(ended.by, ended.at))}
          </>
        )}
      </p>
    </li>
  )
}
