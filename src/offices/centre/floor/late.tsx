import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  type Column,
  Crumbs,
  DateText,
  Empty,
  FilterBar,
  Head,
  Pane,
  PersonName,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { catalogueOf } from '../../catalogue/index.ts'
import { floorText, floorTexts } from './strings.ts'
import { type LateTask, lateTasks, openWork, type WorkAt } from './work.ts'

type View = {
  tasks: (LateTask & { service: Localized; stepName: Localized })[]
  work: WorkAt[]
  office: string | undefined
  /** Whether the reader gives tasks to others. */
  assigns: boolean
}

/** GET: what is late or soon will be; of one office or one person where asked. */
export async function showLate(call: Call): Promise<Response> {
  const office = call.query.office || undefined
  const staffId = isId(call.query.staff ?? '') ? call.query.staff : undefined
  const view = await read(call, async tx => {
    const catalogue = await catalogueOf(tx)
    const tasks = await lateTasks(tx, call.visitor.actor, { office, staffId })
    return {
      tasks: tasks.map(task => {
        const { definition } = catalogue.get(task.serviceCode, task.serviceVersion).service
        const step = definition.steps.find(({ id }) => id === task.step)
        return { ...task, service: definition.name, stepName: step?.name ?? definition.name }
      }),
      work: (await openWork(tx)).offices,
    }
  })
  const title = floorText(call.locale, 'late-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Late {...view} office={office} assigns={may(call.visitor.actor, 'floor.read')} />
    </StaffLayout>,
  )
}

function Late({ tasks, work, office, assigns }: View) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url } = usePage()
  const columns = useColumns(assigns)
  const late = work.filter(each => each.soon + each.late + each.veryLate > 0)
  return (
    <>
      {assigns && <Crumbs links={[{ href: url(addresses.floor), label: t('back') }]} />}
      <Head title={t('late-title')} sub={t('late-sub')} />
      <FilterBar
        chips={[
          { label: t('late-all'), href: url(addresses.lateTasks), on: office === undefined },
          ...late.map(each => ({
            label: local(each.name),
            count: each.soon + each.late + each.veryLate,
            href: url(addresses.lateTasks, {}, { office: each.office }),
            on: office === each.office,
          })),
        ]}
      />
      {tasks.length === 0 ? (
        <Empty title={t('late-none')} level={2}>
          {t('late-none-why')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table caption={t('late-title')} columns={columns} rows={tasks} rowId={task => task.taskId} />
        </Pane>
      )}
    </>
  )
}

function useColumns(assigns: boolean): Column<View['tasks'][number]>[] {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url, now } = usePage()
  return [
    {
      id: 'request',
      head: t('late-request'),
      heads: true,
      phone: 'line',
      cell: task => (
        <>
          <a href={url(addresses.officeRequest, { id: task.requestId })}>
            {local(task.service)} {task.number}
          </a>
          <small className="plain mut line-note">
            <PersonName>{task.applicant}</PersonName>
          </small>
        </>
      ),
    },
    {
      id: 'office',
      head: t('late-office'),
      cell: task => (
        <>
          {local(task.office)}
          <small className="line-note mut">{local(task.stepName)}</small>
        </>
      ),
    },
    {
      id: 'with',
      head: t('late-with'),
      cell: task =>
        task.assignee ? (
          <PersonName>{local(task.assignee.name)}</PersonName>
        ) : (
          <span className="dim">{t('late-nobody')}</span>
        ),
    },
    {
      id: 'due',
      head: t('late-due'),
      tight: true,
      cell: task => (
        <span className={task.dueAt <= now ? 'stop-c' : undefined}>
          <DateText value={task.dueAt} form="moment" />
        </span>
      ),
    },
    {
      id: 'acts',
      head: <span className="vh">{t('acts-head')}</span>,
      phone: 'end',
      tight: true,
      cell: task =>
        assigns && <a href={url(addresses.floorAssign, { task: task.taskId })}>{t('late-assign')}</a>,
    },
  ]
}
