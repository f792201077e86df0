import { isDeepStrictEqual } from 'node:util'
import type { DefinitionFault } from '../../../kernel/definition/index.ts'
import type { ExampleRun } from '../../../kernel/examples/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { inLocale } from '../../../lib/localized.ts'
import { isCurrency, type Money as MoneyValue, parseAmount, sumByCurrency } from '../../../lib/money.ts'
import {
  type CheckItem,
  CheckList,
  type Column,
  DateText,
  Flag,
  Money,
  Note,
  Pane,
  StateBadge,
  type StateId,
  Table,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import { designerTexts } from '../strings.ts'
import { Writer } from '../words.tsx'
import type { DraftView } from './load.ts'

/** What the check found: what keeps it from being published first. */
export function Checks({ view: { read, can } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const local = useLocalized()
  const { faults, warnings } = read
  const item = (fault: DefinitionFault, at: number): CheckItem => ({
    id: `${fault.severity}-${at}`,
    state: fault.severity === 'fault' ? 'missing' : 'warn',
    title: local(fault.message),
  })
  return (
    <Pane
      id="checks"
      title={t('checks-title')}
      icon="check"
      pad={false}
      footer={
        can.write && (
          <a href={page.url(addresses.designerPart, { draft: read.draft.id, part: 'check' })}>
            {t('parts-check')}
          </a>
        )
      }
    >
      <CheckList
        label={t('checks-title')}
        items={[
          faults.length === 0
            ? { id: 'clean', state: 'ok', title: t('checks-clean') }
            : { id: 'stop', state: 'missing', title: t('checks-stop', { count: faults.length }) },
          ...faults.slice(0, 12).map(item),
          ...warnings.slice(0, 8).map(item),
        ]}
      />
    </Pane>
  )
}

type ExampleRow = { run: ExampleRun; name: string; was: MoneyValue[] | undefined }

/** What comes of each example: where it ends, and what it costs now and did before. */
export function Examples({ view: { read, before } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const { locale } = usePage()
  const { run, definition } = read
  const names = new Map((definition?.examples ?? []).map(({ id, name }) => [id, inLocale(name, locale)]))
  if (!run || run.examples.length === 0)
    return (
      <Pane id="examples" title={t('examples-title')} icon="check">
        <p className="mut">{t('examples-none')}</p>
      </Pane>
    )
  const formerly = new Map(before?.run.examples.map(each => [each.id, each.came.fees]) ?? [])
  const rows = run.examples.map((each): ExampleRow => {
    const was = amountsOf(formerly.get(each.id) ?? each.came.fees)
    const isSame = isDeepStrictEqual(was, amountsOf(each.came.fees))
    return { run: each, name: names.get(each.id) ?? each.id, was: isSame ? undefined : was }
  })
  const right = run.examples.filter(each => !each.halt && each.differs.length === 0).length
  const taken = run.branches.filter(branch => branch.taken).length
  const columns: Column<ExampleRow>[] = [
    { id: 'example', head: t('example'), heads: true, phone: 'line', cell: row => row.name },
    { id: 'outcome', head: t('example-state'), cell: row => <Outcome run={row.run} /> },
    { id: 'cost', head: t('example-cost'), cell: row => <Cost of={amountsOf(row.run.came.fees)} /> },
    ...(rows.some(({ was }) => was)
      ? [
          {
            id: 'was',
            head: t('example-was'),
            dim: true,
            cell: (row: ExampleRow) => row.was && <Cost of={row.was} />,
          },
        ]
      : []),
  ]
  return (
    <Pane
      id="examples"
      title={t('examples-title')}
      icon="check"
      end={t('examples-taken', { taken, all: run.branches.length })}
      pad={false}
    >
      {right === run.examples.length && <p className="sm mut pad">{t('examples-right', { count: right })}</p>}
      <Table caption={t('examples-title')} columns={columns} rows={rows} rowId={row => row.run.id} />
    </Pane>
  )
}

const shownStates: readonly string[] = [
  'done',
  'rejected',
  'withdrawn',
  'awaiting-fee',
  'awaiting-papers',
  'in-process',
  'in-review',
  'submitted',
  'awaiting-answer',
  'awaiting-outside',
]

function Outcome({ run }: { run: ExampleRun }) {
  const t = useTexts(designerTexts)
  const { state } = run.came
  const isWrong = run.halt !== undefined || run.differs.length > 0
  return (
    <>
      {shownStates.includes(state) ? <StateBadge state={state as StateId} /> : state}{' '}
      {isWrong && (
        <Flag icon="warn" tone="sumac">
          {t(run.halt ? 'example-halts' : 'example-differs')}
        </Flag>
      )}
    </>
  )
}

/** '10 ILS' as money; what does not read is left out. */
function amountsOf(fees: Record<string, string>): MoneyValue[] {
  const amounts = Object.values(fees).flatMap(text => {
    const [figures = '', currency = ''] = text.split(' ')
    const read = isCurrency(currency) ? parseAmount(figures, currency) : undefined
    return read?.ok ? [read.value] : []
  })
  return sumByCurrency(amounts)
}

function Cost({ of }: { of: MoneyValue[] }) {
  const t = useTexts(designerTexts)
  if (of.length === 0) return <span className="mut">{t('free')}</span>
  return of.map(amount => (
    <span key={amount.currency} className="nb">
      <Money value={amount} />{' '}
    </span>
  ))
}

/** Amounts the draft brings, and the open requests they would touch. */
export function FeeChanges({ view: { fees } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  if (fees.length === 0) return null
  return (
    <Pane id="fees" title={t('fees-title')} icon="cash">
      <Note small>{t('fees-sub')}</Note>
      <ul>
        {fees.map(({ tariff, open }) => (
          <li key={`${tariff.key} ${tariff.from}`}>
            <bdi dir="ltr">{tariff.key}</bdi>{' '}
            <TariffAmount amount={tariff.amount} currency={tariff.currency} />{' '}
            <DateText value={tariff.from} form="plain" />{' '}
            {open > 0 ? (
              <a href={page.url(addresses.designerFees, { key: tariff.key }, { from: tariff.from })}>
                {t('fees-touch', { count: open })}
              </a>
            ) : (
              <span className="mut">{t('fees-touch', { count: 0 })}</span>
            )}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function TariffAmount({ amount, currency }: { amount: string; currency: MoneyValue['currency'] }) {
  const read = parseAmount(amount, currency)
  return read.ok ? <Money value={read.value} /> : amount
}

/** What was asked, said and decided, newest first. */
export function Words({ view: { words, staff } }: { view: DraftView }) {
  const t = useTexts(designerTexts)
  const rich = useRichTexts(designerTexts)
  if (words.length === 0) return null
  return (
    <Pane id="words" title={t('words-title')} icon="chat">
      <ul>
        {words.map(word => (
          <li key={`${word.at.toISOString()} ${word.kind}`}>
            <Writer of={word.by} staff={staff} />{' '}
            {word.kind === 'published'
              ? rich('word-published', {
                  date: word.fromDay ? <DateText value={word.fromDay} form="plain" /> : '',
                })
              : t(`word-${word.kind}`)}{' '}
            <small className="mut">
              <DateText value={word.at} form="moment" />
            </small>
            {word.note && (
              <p className="sm">
                <bdi>{word.note}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Pane>
  )
}
