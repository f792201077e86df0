import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { longDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  FaultText,
  Fold,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Num,
  Pane,
  Row,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { deviceName } from '../../ways-in/pages/device.ts'
import { staffingTexts } from '../strings.ts'
import { loadMember, type Member } from './load.ts'
import { LeftForms, MadeKeys, Posts } from './one-lists.tsx'
import { PostFields } from './post-fields.tsx'
import { ProposedBy, proposalText } from './words.tsx'

type View = Member & { faults: readonly Fault[]; typed: (name: string) => string; mayWrite: boolean }

/** GET: one of the staff: posts, ways in, what waits about them. */
export async function showMember(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const loaded = await read(call, tx => loadMember(tx, idParam(call, 'staff'), call.locale))
  return showPage(
    call,
    <MemberPage
      {...loaded}
      faults={faults}
      typed={name => typedText(call, name)}
      mayWrite={may(call.visitor.actor, 'staff.write')}
    />,
    faults.length > 0 ? 422 : 200,
  )
}

function MemberPage(view: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const { member, faults } = view
  const refused = faultOf(faults, 'refused')
  return (
    <StaffLayout title={member.name[page.locale]} faults={faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.staffList) }]} />
      <Head
        title={member.name[page.locale]}
        sub={
          <>
            {member.title[page.locale]} <Num>{member.login}</Num>
          </>
        }
      />
      <Stack>
        {refused && (
          <Note tone="sumac">
            <FaultText fault={refused} />
          </Note>
        )}
        {member.leftAt && <Note tone="honey">{t('one-left', { date: longDate(member.leftAt, page) })}</Note>}
        <Zones kind="wide">
          <Stack>
            <Posts {...view} />
            {view.mayWrite && !member.leftAt && <Appoint {...view} />}
            {view.forms.length > 0 && <LeftForms {...view} />}
          </Stack>
          <Stack>
            <Ways {...view} />
            {view.proposals.length > 0 && <Proposals {...view} />}
            {view.keys.length > 0 && <MadeKeys keys={view.keys} />}
          </Stack>
        </Zones>
      </Stack>
    </StaffLayout>
  )
}

function Appoint(view: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const open = ['office', 'role', 'from', 'until', 'reason'].some(name => faultOf(view.faults, name))
  return (
    <Pane id="appoint" title={t('one-appoint')} icon="plus">
      <Fold kind="rare" title={t('one-appoint')} open={open}>
        <Form action={page.url(addresses.staffAppoint, { staff: view.member.id })}>
          <PostFields {...view} />
          <Button variant="quiet">{t('form-appoint')}</Button>
        </Form>
      </Fold>
    </Pane>
  )
}

function Ways({ member, ways, mayWrite }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const there = { staff: member.id }
  return (
    <Pane
      id="ways"
      title={t('one-ways')}
      icon="lock"
      footer={
        mayWrite && (
          <Row>
            {member.leftAt ? (
              <LinkButton href={page.url(addresses.staffReturn, there)} variant="quiet">
                {t('one-return')}
              </LinkButton>
            ) : (
              <>
                <LinkButton href={page.url(addresses.staffReset, there)} variant="quiet">
                  {t('one-reset')}
                </LinkButton>
                <LinkButton href={page.url(addresses.staffLeave, there)} variant="stop">
                  {t('one-leave')}
                </LinkButton>
              </>
            )}
          </Row>
        )
      }
    >
      <KeyValues
        pairs={[
          { term: t('one-password'), value: t(ways.hasPassword ? 'one-yes' : 'one-no') },
          { term: t('one-app'), value: t(ways.hasApp ? 'one-on' : 'one-off') },
          { term: t('one-keys'), value: t('one-count', { count: ways.passkeys.length }) },
          { term: t('one-codes'), value: t('one-count', { count: ways.codes.left }) },
          {
            term: t('one-in'),
            value:
              ways.logIns.length === 0
                ? t('one-devices', { count: 0 })
                : ways.logIns.map(each => deviceName(page.locale, each.device)).join(' · '),
          },
        ]}
      />
    </Pane>
  )
}

function Proposals({ proposals, names }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Pane id="proposals" title={t('one-proposals')} icon="scale">
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
    </Pane>
  )
}
