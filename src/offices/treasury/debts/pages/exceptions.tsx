import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { getPeople, type StaffMember, staffById } from '../../../people/index.ts'
import { listExceptions } from '../../exceptions.ts'
import type { DuesException } from '../../model.ts'
import { debtTexts } from '../strings.ts'
import { DebtTabs } from './tabs.tsx'

type View = { exceptions: DuesException[]; names: Map<string, string>; staff: Map<string, StaffMember> }

/** GET: who let which request pass in spite of dues, and why. */
export async function showExceptions(call: Call): Promise<Response> {
  const view = await read(call, async (tx): Promise<View> => {
    const exceptions = await listExceptions(tx)
    const people = await getPeople(tx, [...new Set(exceptions.map(each => each.personId))])
    return {
      exceptions,
      names: new Map(people.map(each => [each.id, each.displayName])),
      staff: await staffById(tx, [...new Set(exceptions.map(each => each.by))]),
    }
  })
  return showPage(call, <ExceptionsPage {...view} tabs={<DebtTabs call={call} current="exceptions" />} />)
}

function ExceptionsPage({ exceptions, names, staff, tabs }: View & { tabs: ReactNode }) {
  const t = useTexts(debtTexts)
  const local = useLocalized()
  const { url } = usePage()
  const columns: Column<DuesException>[] = [
    {
      id: 'when',
      head: t('col-when'),
      tight: true,
      heads: true,
      cell: each => <DateText value={each.at} form="plain" />,
    },
    {
      id: 'for',
      head: t('col-for'),
      phone: 'line' as const,
      cell: each => (
        <a href={url(addresses.counterDues, { person: each.personId })}>
          <PersonName>{names.get(each.personId) ?? ''}</PersonName>
        </a>
      ),
    },
    {
      id: 'scope',
      head: t('col-scope'),
      cell: each => t(each.scope === 'dues' ? 'scope-dues' : 'scope-fee'),
    },
    { id: 'reason', head: t('col-reason'), phone: 'line' as const, cell: each => each.reason },
    {
      id: 'by',
      head: t('col-granted'),
      cell: each => {
        const member = staff.get(each.by)
        return <PersonName>{member ? local(member.name) : t('somebody')}</PersonName>
      },
    },
  ]
  return (
    <StaffLayout title={t('exceptions-title')}>
      <Head title={t('exceptions-title')} sub={t('exceptions-sub')} />
      <Stack>
        {tabs}
        {exceptions.length === 0 ? (
          <Empty level={2} title={t('exceptions-empty')}>
            {t('exceptions-empty-next')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <Table
              caption={t('exceptions-title')}
              columns={columns}
              rows={exceptions}
              rowId={each => each.id}
            />
          </Pane>
        )}
      </Stack>
    </StaffLayout>
  )
}
