import { addresses } from '../../../../lib/addresses.ts'
import { plainDate } from '../../../../lib/dates.ts'
import { type Money as Amount, formatMoney, negate } from '../../../../lib/money.ts'
import {
  type Column,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Money,
  Pane,
  Stack,
  SumLine,
  Table,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { StatementLine } from '../statement.ts'
import { debtTexts } from '../strings.ts'
import type { StatementView } from './statement.tsx'
import { useKindWord, useMovementWord, useReasonWords } from './words.tsx'

/** The statement on the screen: the accounts to choose from, each movement, and the balance of each currency. */
export function StatementBody({ view }: { view: StatementView }) {
  const t = useTexts(debtTexts)
  const { statement } = view
  const columns = useColumns(view)
  return (
    <Stack>
      <Accounts view={view} />
      {statement.lines.length === 0 && statement.closing.every(sum => sum.minor === 0) ? (
        <Empty level={2} title={t('statement-empty')}>
          {t('statement-empty-next')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('statement')}
            columns={columns}
            rows={statement.lines}
            rowId={line =>
              `${line.voucherId} ${line.chargeId ?? ''} ${line.accountId} ${line.amount.currency} ${line.amount.minor}`
            }
          />
        </Pane>
      )}
      <Balances view={view} />
    </Stack>
  )
}

function Accounts({ view }: { view: StatementView }) {
  const t = useTexts(debtTexts)
  const kind = useKindWord()
  const page = usePage()
  const imported = view.accounts.filter(account => account.source === 'imported' && account.asOf)
  return (
    <Stack gap="small">
      {view.accounts.length > 1 && (
        <FilterBar
          label={t('which-account')}
          chips={[
            {
              label: t('all-accounts'),
              href: view.address({ account: undefined }),
              on: view.account === undefined,
            },
            ...view.accounts.map(account => ({
              label: t('account-kind', { kind: kind(account.kind), number: account.number }),
              href: view.address({ account: account.id }),
              on: view.account === account.id,
            })),
          ]}
        />
      )}
      {imported.map(account => {
        const date = account.asOf ? plainDate(account.asOf, page.now, page) : ''
        const stale = account.asOf !== undefined && account.asOf < view.staleBefore
        return (
          <p key={account.id} className="sm">
            <bdi>{account.number}</bdi>{' '}
            <Flag icon={stale ? 'warn' : 'info'} tone={stale ? 'honey' : undefined}>
              {t(stale ? 'stale' : 'imported', { date })}
            </Flag>
          </p>
        )
      })}
    </Stack>
  )
}

function Balances({ view: { statement } }: { view: StatementView }) {
  const t = useTexts(debtTexts)
  const open = statement.closing.filter(sum => sum.minor !== 0)
  const say = useBalance()
  return (
    <Pane id="balance" title={t('closing')} icon="wallet">
      {statement.opening.map(sum => (
        <SumLine key={sum.currency} label={t('opening')} dim>
          {say(sum)}
        </SumLine>
      ))}
      {open.length === 0 ? (
        <p className="ok-c">{t('closing-nothing')}</p>
      ) : (
        open.map(sum => (
          <SumLine key={sum.currency} label={t('closing')} total>
            {say(sum)}
          </SumLine>
        ))
      )}
    </Pane>
  )
}

/** A balance: what is owed, or what lies there in credit. */
export function useBalance(): (sum: Amount) => string {
  const t = useTexts(debtTexts)
  const { locale } = usePage()
  return sum =>
    sum.minor < 0 ? t('in-credit', { amount: formatMoney(negate(sum), locale) }) : formatMoney(sum, locale)
}

function useColumns(view: StatementView): Column<StatementLine>[] {
  const t = useTexts(debtTexts)
  const { url } = usePage()
  const local = useLocalized()
  const [word, why, balance] = [useMovementWord(), useReasonWords(), useBalance()]
  const numbers = new Map(view.accounts.map(account => [account.id, account.number]))
  const receipt = view.side === 'citizen' ? addresses.myReceipt : addresses.receipt
  return [
    {
      id: 'date',
      head: t('col-date'),
      tight: true,
      dim: true,
      cell: line => <DateText value={line.at} form="plain" />,
    },
    {
      id: 'what',
      head: t('col-what'),
      heads: true,
      phone: 'line' as const,
      cell: line => {
        const reason = why(line.reasons)
        const label = line.label ? local(line.label) : line.chargeId ? line.description : t('on-account')
        return (
          <>
            {line.kind === 'charge' ? label : `${word(line)}${t('comma')}${label}`}
            {reason && <small className="mut line-note plain">{reason}</small>}
            {view.account === undefined && (
              <small className="dim line-note plain">
                <bdi>{numbers.get(line.accountId)}</bdi>
              </small>
            )}
          </>
        )
      },
    },
    {
      id: 'document',
      head: t('col-document'),
      tight: true,
      cell: line =>
        line.receiptId && line.document ? (
          <a href={url(receipt, { id: line.receiptId })}>
            <bdi>{line.document}</bdi>
          </a>
        ) : null,
    },
    {
      id: 'debit',
      head: t('col-debit'),
      tight: true,
      cell: line => line.amount.minor > 0 && <Money value={line.amount} />,
    },
    {
      id: 'credit',
      head: t('col-credit'),
      tight: true,
      cell: line =>
        line.amount.minor < 0 && (
          <span className="ok-c">
            <Money value={negate(line.amount)} />
          </span>
        ),
    },
    {
      id: 'balance',
      head: t('col-balance'),
      tight: true,
      phone: 'end' as const,
      cell: line => <b>{balance(line.balance)}</b>,
    },
  ]
}
