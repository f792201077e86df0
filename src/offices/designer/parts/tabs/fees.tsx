import { addresses } from '../../../../lib/addresses.ts'
import { type Currency, formatMoney, parseAmount } from '../../../../lib/money.ts'
import {
  type Column,
  DateText,
  Empty,
  LinkButton,
  Note,
  Pane,
  Stack,
  Table,
  Tag,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { vocabularyOf } from '../../sentences/vocabulary.ts'
import { feeInWords, ruleInWords } from '../../sentences/words.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { choicesOf, points, tariffNames } from '../panes/choices.ts'
import { nameOf, partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

type Fee = NonNullable<View['read']['content']['fees']>[number]
type Tariff = NonNullable<View['read']['content']['tariffs']>[number]

/** «الرسوم والذمم»: fees in sentences, prices as a dated series, the rule of dues. */
export function FeesTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { locale, url } = usePage()
  const { content, draft } = view.read
  const subjects = vocabularyOf(content, { in: 'work' }, locale)
  const tariffs = tariffNames(content, locale)
  const speech = { subjects, tariffs, locale }
  const note = (fee: Fee) => {
    const words = [nameOf(locale, 'point', fee.at ?? ''), feeInWords(fee.amount ?? '', speech)]
    return [
      ...words,
      ...(fee.when ? [ruleInWords(fee.when, speech)] : []),
      ...(fee.refundable ? [t('note-refundable')] : []),
    ].join(' · ')
  }
  return (
    <Stack>
      <Zones kind="wide">
        <Stack>
          {view.pane ? (
            <PaneForm view={view} />
          ) : (
            <Empty title={t('fees-choose')} level={2}>
              {t('fees-choose-next')}
            </Empty>
          )}
          <Tariffs view={view} names={tariffs} />
        </Stack>
        <Stack>
          <ItemList view={view} list="fees" title={t('list-fees')} note={note} empty={t('fees-none')} />
          {view.writable && (
            <Pane id="new-fee" title={t('new-fees')} level={3} pad={false}>
              <NewItem
                view={view}
                list={{
                  name: 'fees',
                  title: 'list-fees',
                  kinds: choicesOf(locale, 'point', points),
                  asks: 'words',
                }}
                base="fees"
              />
            </Pane>
          )}
          <Pane
            id="dues"
            title={t('dues-title')}
            level={3}
            end={
              <LinkButton
                variant="plain"
                href={`${url(addresses.designerPart, { draft: draft.id, part: 'fees' }, { open: 'dues' })}#edit`}
              >
                {t('edit')}
              </LinkButton>
            }
          >
            <p>
              {content.dues?.neverHeld
                ? t('dues-said-never')
                : nameOf(locale, 'dues', content.dues?.rule ?? 'show')}
            </p>
            <p className="sm mut">{t('dues-note')}</p>
          </Pane>
        </Stack>
      </Zones>
    </Stack>
  )
}

/** Every price from its day on; a new one never changes an old one. */
function Tariffs({ view, names }: { view: View; names: ReadonlyMap<string, string> }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { content, draft } = view.read
  const rows = (content.tariffs ?? []).map((row, at) => ({ ...row, at }))
  const amount = (row: Tariff) => {
    // A draft written as text may say the amount as a number.
    const text = String(row.amount ?? '')
    const read = parseAmount(text, (row.currency ?? 'ILS') as Currency)
    return read.ok ? formatMoney(read.value, locale) : text
  }
  const columns: Column<(typeof rows)[number]>[] = [
    {
      id: 'key',
      head: t('col-price'),
      heads: true,
      phone: 'line' as const,
      cell: row => (
        <a
          href={`${url(addresses.designerPart, { draft: draft.id, part: 'fees' }, { open: `tariffs/${row.at}` })}#edit`}
        >
          {names.get(row.key ?? '') ?? row.key}
        </a>
      ),
    },
    { id: 'from', head: t('col-from'), cell: row => row.from && <DateText value={row.from} form="plain" /> },
    { id: 'amount', head: t('col-amount'), cell: row => amount(row) },
    {
      id: 'state',
      head: t('col-state'),
      cell: row => (row.confirmed ? t('confirmed') : <Tag>{t('to-confirm')}</Tag>),
    },
  ]
  const keys = [...names].map(([value, label]) => ({ value, label }))
  return (
    <Pane
      id="tariffs"
      title={t('list-tariffs')}
      level={3}
      pad={false}
      footer={<p className="sm mut">{t('tariffs-note')}</p>}
    >
      {rows.length > 0 ? (
        <Table caption={t('list-tariffs')} columns={columns} rows={rows} rowId={row => String(row.at)} />
      ) : (
        <div className="pad">
          <Note small>{t('tariffs-none')}</Note>
        </div>
      )}
      {view.writable && keys.length > 0 && (
        <NewItem
          view={view}
          list={{ name: 'tariffs', title: 'list-tariffs', kinds: keys, asks: 'nothing' }}
          base="tariffs"
        />
      )}
    </Pane>
  )
}
