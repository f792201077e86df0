import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { isId } from '../../../../lib/ids.ts'
import {
  type Column,
  Crumbs,
  Empty,
  FilterBar,
  Flag,
  Head,
  LinkButton,
  Num,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type Delegation, delegationsFrom } from '../../delegations/store.ts'
import { lendingTexts } from '../../delegations/strings.ts'
import { officesOf, staffById, todayOf } from '../../offices.ts'
import { providersOf } from '../../sign-on/providers.ts'
import { type ListedStaff, listStaff } from '../list.ts'
import { type ApproverRole, approversOn } from '../power.ts'
import { openProposals, type Proposal } from '../proposals.ts'
import { staffingTexts } from '../strings.ts'
import { StaffTabs } from './tabs.tsx'
import {
  type Names,
  officeName,
  ProposedBy,
  postText,
  proposalText,
  rolesText,
  staffName,
  Term,
} from './words.tsx'

type View = {
  staff: ListedStaff[]
  more: string | undefined
  left: boolean
  proposals: Proposal[]
  names: Names
  approvers: readonly ApproverRole[]
  lent: Delegation[]
  mayWrite: boolean
}

/** GET: everybody of the staff, and what waits for a second person. */
export async function showStaff(call: Call): Promise<Response> {
  const left = call.query.show === 'left'
  const { name = '', after = '' } = call.query
  const view = await read(call, async tx => {
    const today = await todayOf(tx)
    const { staff, more } = await listStaff(tx, {
      left,
      today,
      after: name !== '' && isId(after) ? { name, id: after } : undefined,
    })
    const proposals = await openProposals(tx)
    const lent = await delegationsFrom(tx, today)
    const people = [
      ...proposals.flatMap(({ proposedBy, staffId }) => [proposedBy, ...(staffId ? [staffId] : [])]),
      ...lent.flatMap(({ staffId, deputyId }) => [staffId, deputyId]),
    ]
    const last = staff.at(-1)
    return {
      staff,
      left,
      proposals,
      lent,
      approvers: await approversOn(tx, today),
      more:
        more && last
          ? url(
              call,
              addresses.staffList,
              {},
              { show: left ? 'left' : undefined, name: last.name.ar, after: last.id },
            )
          : undefined,
      names: {
        offices: await officesOf(tx),
        staff: await staffById(tx, people),
        providers: await providersOf(tx),
      },
    }
  })
  return showPage(call, <StaffPage {...view} mayWrite={may(call.visitor.actor, 'staff.write')} />)
}

function StaffPage(view: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('title')}>
      {view.mayWrite ? (
        <StaffTabs here="staff" />
      ) : (
        <Crumbs links={[{ label: t('settings'), href: page.url(addresses.manage) }]} />
      )}
      <Head
        title={t('title')}
        sub={t('sub')}
        actions={
          view.mayWrite && (
            <LinkButton href={page.url(addresses.staffNew)} icon="plus">
              {t('new')}
            </LinkButton>
          )
        }
      />
      <Zones kind="wide">
        <Stack>
          <FilterBar
            chips={[
              { label: t('filter-here'), href: page.url(addresses.staffList), on: !view.left },
              {
                label: t('filter-left'),
                href: page.url(addresses.staffList, {}, { show: 'left' }),
                on: view.left,
              },
            ]}
          />
          <People {...view} />
        </Stack>
        <Stack>
          <Waiting {...view} />
          {view.lent.length > 0 && <Lent {...view} />}
          <Approvers {...view} />
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

function People({ staff, more, names }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  if (staff.length === 0) return <Empty title={t('list-none')} level={2} />
  const columns: Column<ListedStaff>[] = [
    {
      id: 'name',
      head: t('list-name'),
      heads: true,
      phone: 'line' as const,
      cell: each => (
        <>
          <a href={page.url(addresses.staffMember, { staff: each.id })}>
            <PersonName>{each.name[page.locale]}</PersonName>
          </a>{' '}
          <small className="mut">{each.title[page.locale]}</small>
        </>
      ),
    },
    {
      id: 'posts',
      head: t('list-posts'),
      phone: 'line' as const,
      cell: each =>
        each.posts.length === 0 ? (
          <span className="mut">{t('no-posts')}</span>
        ) : (
          <ul className="lines">
            {each.posts.map(post => (
              <li key={`${post.role} ${post.office} ${post.from}`}>
                {postText(page.locale, names, post)} <Term {...post} />
              </li>
            ))}
          </ul>
        ),
    },
    {
      id: 'login',
      head: t('list-login'),
      phone: 'hide' as const,
      cell: each => <Num>{each.login}</Num>,
    },
    { id: 'state', head: t('list-state'), tight: true, cell: each => <State of={each} /> },
  ]
  return (
    <Pane
      id="staff"
      title={t('title')}
      icon="users"
      pad={false}
      footer={more && <a href={more}>{t('list-more')}</a>}
    >
      <Table caption={t('title')} columns={columns} rows={staff} rowId={each => each.id} />
    </Pane>
  )
}

function State({ of }: { of: ListedStaff }) {
  const t = useTexts(staffingTexts)
  if (of.leftAt) return <Flag icon="out">{t('state-left')}</Flag>
  if (of.waits)
    return (
      <Flag icon="clock" tone="honey">
        {t('state-waits')}
      </Flag>
    )
  if (!of.hasSecond)
    return (
      <Flag icon="warn" tone="sumac">
        {t('state-weak')}
      </Flag>
    )
  return (
    <Flag icon="check" tone="olive">
      {t('state-ready')}
    </Flag>
  )
}

function Waiting({ proposals, names }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Pane id="waiting" title={t('waiting-title')} icon="scale">
      {proposals.length === 0 ? (
        <p className="mut">{t('waiting-none')}</p>
      ) : (
        <ul className="lines">
          {proposals.map(each => (
            <li key={each.id}>
              <a href={page.url(addresses.staffProposal, { proposal: each.id })}>
                {proposalText(page.locale, names, each)}
              </a>
              <br />
              <ProposedBy proposal={each} names={names} />
            </li>
          ))}
        </ul>
      )}
    </Pane>
  )
}

/** Work that is lent today or later, so that the manager sees who does what for whom. */
function Lent({ lent, names }: View) {
  const t = useTexts(lendingTexts)
  const page = usePage()
  return (
    <Pane id="lent" title={t('all-title')} icon="refer">
      <ul className="lines">
        {lent.map(each => (
          <li key={each.id}>
            {t('line-both', {
              act: t(`act-${each.act}`),
              name: staffName(names, each.staffId, page.locale),
              deputy: staffName(names, each.deputyId, page.locale),
              office: officeName(names, each.office, page.locale),
              date: shortDate(each.until, page),
            })}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function Approvers({ approvers, mayWrite }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Pane
      id="approvers"
      title={t('approvers-title')}
      icon="lock"
      footer={mayWrite && <a href={page.url(addresses.staffApprovers)}>{t('approvers-change')}</a>}
    >
      <p>{t('approvers-now', { roles: rolesText(page.locale, approvers) })}</p>
    </Pane>
  )
}
