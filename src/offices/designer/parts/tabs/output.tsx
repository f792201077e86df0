import { addresses } from '../../../../lib/addresses.ts'
import { Empty, LinkButton, Pane, Stack, usePage, useTexts, Zones } from '../../../../ui/index.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { choicesOf } from '../panes/choices.ts'
import { nameOf, partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

type Output = NonNullable<View['read']['content']['outputs']>[number]

/** «الشهادة»: the papers a service ends in, and how they will look. */
export function OutputTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { draft } = view.read
  const [, output] = view.open.split('/')
  return (
    <Zones kind="wide">
      <Stack>
        {view.pane ? (
          <PaneForm view={view} />
        ) : (
          <Empty title={t('output-choose')} level={2}>
            {t('output-choose-next')}
          </Empty>
        )}
        {view.pane && output && (
          <Pane id="look" title={t('output-look')} level={3}>
            <p className="sm mut">{t('output-look-note')}</p>
            <LinkButton
              variant="quiet"
              icon="eye"
              newTab
              href={url(addresses.designerPreview, { draft: draft.id, as: 'paper' }, { output })}
            >
              {t('output-pdf')}
            </LinkButton>
          </Pane>
        )}
      </Stack>
      <Stack>
        <ItemList
          view={view}
          list="outputs"
          title={t('list-outputs')}
          note={(each: Output) => nameOf(locale, 'output', each.kind ?? '')}
          empty={t('outputs-none')}
        />
        {view.writable && (
          <Pane id="new-output" title={t('new-outputs')} level={3} pad={false}>
            <NewItem
              view={view}
              list={{
                name: 'outputs',
                title: 'list-outputs',
                kinds: choicesOf(locale, 'output', ['certificate', 'licence', 'contract', 'letter']),
                asks: 'words',
              }}
              base="outputs"
            />
          </Pane>
        )}
      </Stack>
    </Zones>
  )
}
