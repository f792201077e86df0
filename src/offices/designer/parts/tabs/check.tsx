import type { DefinitionFault } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { CheckList, Pane, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { partTexts } from '../strings.ts'
import { partOf, type View } from '../view.ts'
import { placeOf } from './place-of.ts'
import { worded } from './worded.ts'

/** «الفحص»: what keeps the service from being published, and what should be looked at; each leads to its place. */
export function CheckPane({ view, most }: { view: View; most?: number }) {
  const t = useTexts(partTexts)
  const { url } = usePage()
  const { faults, warnings, content, draft } = view.read
  const all = [...faults, ...warnings]
  const shown = most === undefined ? all : all.slice(0, most)
  const local = useLocalized()
  const item = (fault: DefinitionFault, number: number) => {
    const place = placeOf(content, fault.path)
    return {
      id: `${number}`,
      state: fault.severity === 'fault' ? ('missing' as const) : ('warn' as const),
      title: worded(local(fault.message), view.desk),
      note: place?.words,
      action: place && (
        <a
          href={`${url(addresses.designerPart, { draft: draft.id, part: partOf(place.open) }, { open: place.open })}#edit`}
          aria-label={t('go-to', { what: place.words })}
        >
          {t('go')}
        </a>
      ),
    }
  }
  return (
    <Pane
      id="checked"
      title={t('tab-check')}
      pad={false}
      footer={
        all.length > shown.length ? (
          <a href={url(addresses.designerPart, { draft: draft.id, part: 'check' })}>
            {t('check-all', { count: all.length })}
          </a>
        ) : (
          <span className="sm mut">{t('check-foot')}</span>
        )
      }
    >
      {all.length === 0 ? (
        <CheckList
          items={[{ id: 'clean', state: 'ok', title: t('check-clean'), note: t('check-clean-note') }]}
        />
      ) : (
        <CheckList items={shown.map(item)} label={t('tab-check')} />
      )}
    </Pane>
  )
}
