import { Empty, Pane, Stack, usePage, useTexts, Zones } from '../../../../ui/index.ts'
import { vocabularyOf } from '../../sentences/vocabulary.ts'
import { ruleInWords } from '../../sentences/words.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { choicesOf, paperKinds } from '../panes/choices.ts'
import { said } from '../panes/model.ts'
import { partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

type Paper = NonNullable<View['read']['content']['papers']>[number]
type Known = NonNullable<View['read']['content']['known']>[number]

/** «الوثائق»: what is asked for, and what the town knows itself. */
export function PapersTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const subjects = vocabularyOf(view.read.content, { in: 'filing' }, locale)
  const note = (paper: Paper) =>
    [
      ruleInWords(paper.when, { subjects, locale }),
      ...(paper.optional ? [t('note-optional')] : []),
      ...(paper.original ? [t('note-original')] : []),
      ...(paper.validDays ? [t('note-valid', { count: paper.validDays })] : []),
    ].join(' · ')
  return (
    <Zones kind="wide">
      {view.pane ? (
        <PaneForm view={view} />
      ) : (
        <Empty title={t('papers-choose')} level={2}>
          {t('papers-choose-next')}
        </Empty>
      )}
      <Stack>
        <ItemList view={view} list="papers" title={t('list-papers')} note={note} empty={t('papers-none')} />
        {view.writable && (
          <Pane id="new-paper" title={t('new-papers')} level={3} pad={false}>
            <NewItem
              view={view}
              list={{
                name: 'papers',
                title: 'list-papers',
                kinds: choicesOf(locale, 'paper', paperKinds),
                asks: 'words',
              }}
              base="papers"
            />
          </Pane>
        )}
        <ItemList
          view={view}
          list="known"
          title={t('list-known')}
          note={(known: Known) => said(known.source, locale)}
          empty={t('known-none')}
        />
        {view.writable && (
          <Pane id="new-known" title={t('new-known')} level={3} pad={false}>
            <NewItem view={view} list={{ name: 'known', title: 'list-known', asks: 'words' }} base="known" />
          </Pane>
        )}
      </Stack>
    </Zones>
  )
}
