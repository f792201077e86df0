import { lentActs } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  Button,
  ChoiceField,
  DateField,
  Fold,
  Form,
  faultOf,
  Pane,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { Delegation } from './store.ts'
import { lendingTexts } from './strings.ts'

export type LendingView = {
  me: string
  lent: readonly Delegation[]
  /** The offices somebody lends from: those of their own posts. */
  offices: readonly { code: string; name: Localized }[]
  /** Names of all offices. */
  allOffices: readonly { code: string; name: Localized }[]
  colleagues: readonly { id: string; name: Localized }[]
  typed: (name: string) => string
  faults: readonly Fault[]
}

/** What somebody has lent and was lent, and the form that lends. */
export function LendingPane(view: LendingView) {
  const t = useTexts(lendingTexts)
  const { lent, faults } = view
  const open = faults.some(({ field }) => field.startsWith('lend-'))
  return (
    <Pane id="lending" title={t('title')} icon="refer">
      {lent.length === 0 ? (
        <p className="sm mut">{t('none')}</p>
      ) : (
        <ul className="lines">
          {lent.map(each => (
            <Line key={each.id} of={each} {...view} />
          ))}
        </ul>
      )}
      <Fold kind="rare" title={t('open')} open={open}>
        <Lend {...view} />
      </Fold>
    </Pane>
  )
}

function Line({ of: lent, me, allOffices, colleagues }: LendingView & { of: Delegation }) {
  const t = useTexts(lendingTexts)
  const page = usePage()
  const mine = lent.staffId === me
  const other = mine ? lent.deputyId : lent.staffId
  const name = colleagues.find(({ id }) => id === other)?.name[page.locale] ?? '—'
  const act = t(`act-${lent.act}`)
  const office = allOffices.find(({ code }) => code === lent.office)?.name[page.locale] ?? lent.office
  return (
    <li>
      {t(mine ? 'line-mine' : 'line-from', { act, name, office, date: shortDate(lent.until, page) })}{' '}
      {mine && (
        <Form action={page.url(addresses.deskDelegationEnd, { delegation: lent.id })} inline>
          <Button variant="plain" label={t('end-of', { act, name })}>
            {t('end')}
          </Button>
        </Form>
      )}
    </li>
  )
}

function Lend({ me, offices, colleagues, typed, faults }: LendingView) {
  const t = useTexts(lendingTexts)
  const page = usePage()
  const of = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name), tight: true })
  return (
    <Form action={page.url(addresses.deskDelegations)}>
      <p className="sm mut">{t('why')}</p>
      <ChoiceField
        {...of('lend-act')}
        value={typed('lend-act') || 'tasks'}
        label={t('act')}
        options={lentActs.map(value => ({ value, label: t(`act-${value}`) }))}
      />
      <SelectField
        {...of('lend-office')}
        value={typed('lend-office') || offices[0]?.code}
        label={t('office')}
        options={offices.map(each => ({ value: each.code, label: each.name[page.locale] }))}
        width="full"
      />
      <SelectField
        {...of('lend-deputy')}
        label={t('deputy')}
        options={colleagues
          .filter(({ id }) => id !== me)
          .map(each => ({ value: each.id, label: each.name[page.locale] }))}
        width="full"
      />
      <DateField {...of('lend-from')} label={t('from')} />
      <DateField {...of('lend-until')} label={t('until')} />
      <TextField {...of('lend-reason')} label={t('reason')} maxLength={200} />
      <Button variant="quiet">{t('lend')}</Button>
    </Form>
  )
}
