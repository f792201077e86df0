import { Pane, Stack, usePage, useTexts, Zones } from '../../../../ui/index.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { CheckPane } from './check.tsx'
import { ItemList } from './item-list.tsx'

/** «البطاقة»: what the citizen reads before filing. */
export function SheetTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  usePage()
  return (
    <Zones kind="wide">
      <PaneForm view={view} />
      <Stack>
        <CheckPane view={view} most={6} />
        <ItemList view={view} list="toConfirm" title={t('list-confirm')} empty={t('confirm-none')} />
        {view.writable && (
          <Pane id="new-confirm" title={t('new-toConfirm')} level={3} pad={false}>
            <NewItem
              view={view}
              list={{ name: 'toConfirm', title: 'list-confirm', asks: 'words' }}
              base="toConfirm"
            />
          </Pane>
        )}
      </Stack>
    </Zones>
  )
}
