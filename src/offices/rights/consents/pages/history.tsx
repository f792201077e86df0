import { type Column, DateText, Pane, Table, usePage, useTexts } from '../../../../ui/index.ts'
import type { Entry, Purpose } from '../model.ts'
import { consentTexts } from '../strings.ts'

/** Everything somebody answered, the latest first. */
export function History({ purposes, entries }: { purposes: Purpose[]; entries: Entry[] }) {
  const t = useTexts(consentTexts)
  const { locale } = usePage()
  const nameOf = (code: string) => purposes.find(each => each.code === code)?.name[locale] ?? code
  const columns: Column<Entry>[] = [
    {
      id: 'what',
      head: t('h-what'),
      heads: true,
      phone: 'line' as const,
      cell: ({ purpose, version }) => (
        <>
          {nameOf(purpose)} <small className="mut">({version})</small>
        </>
      ),
    },
    { id: 'answer', head: t('h-answer'), cell: ({ given }) => t(given ? 'answer-yes' : 'answer-no') },
    { id: 'how', head: t('h-how'), dim: true, cell: ({ way }) => t(`way-${way}`) },
    {
      id: 'when',
      head: t('h-when'),
      phone: 'end' as const,
      cell: ({ at }) => <DateText value={at} form="moment" />,
    },
  ]
  return (
    <Pane id="history" title={t('history')} pad={entries.length === 0}>
      {entries.length === 0 ? (
        <p className="mut">{t('history-none')}</p>
      ) : (
        <Table caption={t('history')} columns={columns} rows={entries} rowId={each => each.id} />
      )}
    </Pane>
  )
}
