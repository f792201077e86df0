import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { formatMoney, parseAmount } from '../../../../lib/money.ts'
import {
  Button,
  type Column,
  DateField,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  LongTextField,
  MoneyField,
  NationalIdField,
  NumberField,
  Pane,
  PersonName,
  SelectField,
  Stack,
  StaffLayout,
  Table,
  Tag,
  TextField,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { findPersonByIdNumber, getPeople } from '../../../people/index.ts'
import { type Exemption, grantExemption, listExemptions } from '../exemptions.ts'
import { debtText, debtTexts } from '../strings.ts'
import { DebtTabs } from './tabs.tsx'
import { typedDay } from './typed.ts'
import { useKindWord } from './words.tsx'

const dueKinds = [
  'electricity',
  'water',
  'waste',
  'sewage',
  'property',
  'fees',
  'service-fee',
  'licence',
  'rent',
  'fine',
] as const
const fields = ['person', 'kind', 'percent', 'amount', 'decision', 'reason', 'from', 'until'] as const

type View = {
  exemptions: Exemption[]
  names: Map<string, string>
  typed: Record<string, string>
  faults: Fault[]
}

/** GET: every decision that lets somebody off, and the form of a new one. */
export async function showExemptions(call: Call, faults: Fault[] = []): Promise<Response> {
  const view = await read(call, async (tx): Promise<View> => {
    const exemptions = await listExemptions(tx)
    const people = await getPeople(tx, [...new Set(exemptions.flatMap(each => each.personId ?? []))])
    return {
      exemptions,
      faults,
      names: new Map(people.map(each => [each.id, each.displayName])),
      typed: Object.fromEntries(fields.map(name => [name, typedText(call, name)])),
    }
  })
  return showPage(
    call,
    <ExemptionsPage {...view} tabs={<DebtTabs call={call} current="exemptions" />} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: writes a decision down. */
export async function grant(call: Call): Promise<Response> {
  const { answer, faults } = await orFaults('decision', () =>
    write(call, async tx => {
      const wrong: Fault[] = []
      const typed = (name: (typeof fields)[number]) => typedText(call, name).trim()
      const person =
        typed('person') === ''
          ? undefined
          : await findPersonByIdNumber(tx, call.house.crypto, typed('person'))
      if (typed('person') !== '' && !person) wrong.push({ field: 'person', code: 'debtor-unknown' })
      const amount = typed('amount') === '' ? undefined : parseAmount(typed('amount'), 'ILS')
      if (amount && !amount.ok) wrong.push({ field: 'amount', code: amount.code })
      const from = typedDay(typed('from'), 'from', wrong) ?? dateIn(call.now, call.town.timeZone)
      const until = typedDay(typed('until'), 'until', wrong)
      if (wrong.length > 0) throw new InvalidInput(wrong)
      await grantExemption(tx, {
        personId: person?.id,
        accountId: undefined,
        dueKind: typed('kind') || undefined,
        from,
        until,
        relieved: amount?.ok
          ? { amount: amount.value }
          : { percent: Number(toWesternDigits(typed('percent'))) || 0 },
        decision: typed('decision').slice(0, 100),
        reason: typed('reason').slice(0, 400),
        by: actorKey(call.visitor.actor),
      })
      return { redirect: url(call, addresses.manageExemptions) }
    }),
  )
  if (!answer) return showExemptions(call, faults)
  flash(call, { text: debtText(call.locale, 'exemption-saved') })
  return answer
}

function ExemptionsPage({ exemptions, names, typed, faults, tabs }: View & { tabs: ReactNode }) {
  const t = useTexts(debtTexts)
  const columns = useColumns(names)
  return (
    <StaffLayout title={t('exemptions-title')} faults={faults}>
      <Head title={t('exemptions-title')} sub={t('exemptions-sub')} />
      <Stack>
        {tabs}
        <Zones kind="wide">
          {exemptions.length === 0 ? (
            <Empty level={2} title={t('exemptions-empty')}>
              {t('exemptions-empty-next')}
            </Empty>
          ) : (
            <Pane pad={false}>
              <Table
                caption={t('exemptions-title')}
                columns={columns}
                rows={exemptions}
                rowId={each => each.id}
              />
            </Pane>
          )}
          <NewExemption typed={typed} faults={faults} />
        </Zones>
      </Stack>
    </StaffLayout>
  )
}

function NewExemption({ typed, faults }: Pick<View, 'typed' | 'faults'>) {
  const t = useTexts(debtTexts)
  const kind = useKindWord()
  const { url } = usePage()
  const field = (name: (typeof fields)[number]) => ({
    name,
    value: typed[name],
    fault: faultOf(faults, name),
  })
  return (
    <Pane id="new" title={t('exemption-new')} icon="plus">
      <Form action={url(addresses.manageExemptions)}>
        <Stack gap="small">
          <NationalIdField
            {...field('person')}
            label={t('exemption-person')}
            hint={t('exemption-person-hint')}
            optional
          />
          <SelectField
            {...field('kind')}
            label={t('exemption-kind')}
            none={t('exempt-all-kinds')}
            options={dueKinds.map(each => ({ value: each, label: kind(each) }))}
          />
          <div className="two-f">
            <NumberField {...field('percent')} label={t('exemption-percent')} unit="%" />
            <MoneyField {...field('amount')} label={t('exemption-amount')} currency="ILS" />
          </div>
          <TextField {...field('decision')} label={t('exemption-decision')} maxLength={100} />
          <LongTextField {...field('reason')} label={t('exemption-reason')} maxLength={400} rows={2} />
          <div className="two-f">
            <DateField {...field('from')} label={t('exemption-from')} />
            <DateField {...field('until')} label={t('exemption-until')} hint={t('exemption-until-hint')} />
          </div>
          <Button>{t('exemption-save')}</Button>
        </Stack>
      </Form>
    </Pane>
  )
}

function useColumns(names: Map<string, string>): Column<Exemption>[] {
  const t = useTexts(debtTexts)
  const kind = useKindWord()
  const { url, locale } = usePage()
  return [
    {
      id: 'who',
      head: t('col-for'),
      heads: true,
      phone: 'line' as const,
      cell: each =>
        each.personId ? (
          <a href={url(addresses.counterDues, { person: each.personId })}>
            <PersonName>{names.get(each.personId) ?? ''}</PersonName>
          </a>
        ) : (
          t('everybody')
        ),
    },
    {
      id: 'off',
      head: t('col-off'),
      cell: each =>
        `${'percent' in each.relieved ? t('exempt-percent', { percent: each.relieved.percent }) : formatMoney(each.relieved.amount, locale)} ${each.dueKind ? kind(each.dueKind) : t('exempt-all-kinds')}`,
    },
    {
      id: 'decision',
      head: t('col-decision'),
      phone: 'line' as const,
      cell: each => (
        <>
          <bdi>{each.decision}</bdi>
          <small className="mut line-note plain">{each.reason}</small>
        </>
      ),
    },
    {
      id: 'term',
      head: t('col-term'),
      tight: true,
      cell: each => (
        <>
          <DateText value={each.from} form="plain" />
          {each.until && (
            <>
              {' – '}
              <DateText value={each.until} form="plain" />
            </>
          )}
        </>
      ),
    },
    {
      id: 'end',
      head: <span className="vh">{t('exemption-end')}</span>,
      phone: 'end' as const,
      cell: each =>
        each.endedAt ? (
          <Tag>{t('exempt-ended-tag')}</Tag>
        ) : (
          <Form action={url(addresses.manageExemptionEnd, { id: each.id })} inline>
            <Button variant="plain">{t('exemption-end')}</Button>
          </Form>
        ),
    },
  ]
}
