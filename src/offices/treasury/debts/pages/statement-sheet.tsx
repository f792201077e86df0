import { addresses } from '../../../../lib/addresses.ts'
import { longDate, shortDate } from '../../../../lib/dates.ts'
import { formatFigures, formatMoney, negate } from '../../../../lib/money.ts'
import {
  LedgerSheet,
  LinkButton,
  PersonName,
  SheetPage,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { debtTexts } from '../strings.ts'
import type { StatementView } from './statement.tsx'
import { useBalance } from './statement-table.tsx'
import { useMovementWord } from './words.tsx'

/** The statement on A4, to be signed and kept in a folder. */
export function StatementPrint({ view }: { view: StatementView }) {
  const t = useTexts(debtTexts)
  const page = usePage()
  const local = useLocalized()
  const word = useMovementWord()
  const balance = useBalance()
  const { statement, person, side } = view
  const numbers = new Map(view.accounts.map(account => [account.id, account.number]))
  const between = [
    view.from && `${t('from')} ${shortDate(view.from, page)}`,
    view.until && `${t('until')} ${shortDate(view.until, page)}`,
  ].filter(part => part)
  const date = longDate(page.now, page)
  return (
    <SheetPage
      side={side}
      title={t('statement-of', { name: person.name })}
      actions={
        <>
          <LinkButton href="#a4" icon="print" hotkey={side === 'staff' ? 'F9' : undefined}>
            {t('print')}
          </LinkButton>
          <LinkButton
            variant="quiet"
            href={
              side === 'citizen'
                ? page.url(addresses.myStatement)
                : page.url(addresses.counterStatement, { person: person.id })
            }
          >
            {t('back')}
          </LinkButton>
        </>
      }
    >
      <LedgerSheet
        title={t('statement')}
        stamp={date}
        facts={[
          { label: t('sheet-person'), value: <PersonName>{person.name}</PersonName>, strong: true },
          { label: t('sheet-between'), value: between.length > 0 ? between.join(' ') : t('sheet-all') },
        ]}
        heads={[
          t('col-date'),
          t('col-what'),
          t('col-account'),
          t('col-document'),
          t('col-debit'),
          t('col-credit'),
          t('col-balance'),
        ]}
        rows={[
          ...statement.opening.map(sum => ({
            id: `opening ${sum.currency}`,
            strong: true,
            cells: ['', t('opening'), '', '', '', '', balance(sum)],
          })),
          ...statement.lines.map((line, at) => {
            const label = line.label ? local(line.label) : line.chargeId ? line.description : t('on-account')
            const owed = line.amount.minor > 0
            return {
              id: String(at),
              cells: [
                shortDate(line.at, page),
                line.kind === 'charge' ? label : `${word(line)}${t('comma')}${label}`,
                <bdi key="account">{numbers.get(line.accountId)}</bdi>,
                <bdi key="document">{line.document}</bdi>,
                owed ? formatFigures(line.amount) : '',
                owed ? '' : formatFigures(negate(line.amount)),
                balance(line.balance),
              ],
            }
          }),
        ]}
        sums={
          statement.closing.every(sum => sum.minor === 0)
            ? [{ label: t('closing'), value: t('closing-nothing'), strong: true }]
            : statement.closing
                .filter(sum => sum.minor !== 0)
                .map(sum => ({
                  label: t('closing'),
                  strong: true,
                  value: sum.minor < 0 ? balance(sum) : formatMoney(sum, page.locale),
                }))
        }
        signers={side === 'staff' ? [t('sheet-sign-1'), t('sheet-sign-2')] : undefined}
        foot={t('sheet-foot')}
      />
    </SheetPage>
  )
}
