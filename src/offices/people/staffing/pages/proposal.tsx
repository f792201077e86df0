import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateText,
  FaultText,
  Form,
  faultOf,
  Head,
  KeyValues,
  Note,
  Pane,
  Read,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { getStaffMember, officesOf, staffById, todayOf } from '../../offices.ts'
import { providersOf } from '../../sign-on/providers.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { approveProposal, refuseProposal, secondHalf, withdrawProposal } from '../decide.ts'
import { type ApproverRole, approversOn, type WhyNot, whyNotDecide } from '../power.ts'
import { getProposal, type Proposal } from '../proposals.ts'
import { staffingText, staffingTexts } from '../strings.ts'
import { logInAt, SlipPage } from './slip.tsx'
import { type Names, postText, proposalText, rolesText, staffName } from './words.tsx'

type View = {
  proposal: Proposal
  names: Names
  approvers: readonly ApproverRole[]
  why: WhyNot | undefined
  mine: boolean
  faults: readonly Fault[]
}

/** GET: one proposal, with what its reader may do. */
export async function showProposal(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const { actor } = call.visitor
  const view = await read(call, async tx => {
    const proposal = await getProposal(tx, idParam(call, 'proposal'))
    const { proposedBy, staffId, decidedBy } = proposal
    const people = [proposedBy, staffId, decidedBy].filter(each => each !== undefined)
    const approvers = await approversOn(tx, await todayOf(tx))
    return {
      proposal,
      approvers,
      why: whyNotDecide(actor, proposal, approvers),
      mine: proposedBy === staffIdOf(call),
      names: {
        offices: await officesOf(tx),
        staff: await staffById(tx, people),
        providers: await providersOf(tx),
      },
    }
  })
  return showPage(call, <ProposalPage {...view} faults={faults} />, faults.length > 0 ? 422 : 200)
}

/** POST: approve, refuse or take back. */
export async function decideProposal(call: Call): Promise<Response> {
  const id = idParam(call, 'proposal')
  const verb = typedText(call, 'do')
  const back = { redirect: url(call, addresses.staffList) }
  let half: { half: string; staffId: string } | undefined
  const { answer, faults } = await orFaults('decision', () =>
    write(call, async tx => {
      if (verb === 'approve') half = await approveProposal(tx, call.house, id, call.visitor.actor)
      else if (verb === 'withdraw') await withdrawProposal(tx, id, staffIdOf(call))
      else await refuseProposal(tx, id, call.visitor.actor)
      return back
    }),
  )
  if (!answer) return showProposal(call, faults)
  if (half) return slipOf(call, half, 'first')
  const said =
    verb === 'approve'
      ? 'proposal-done'
      : verb === 'withdraw'
        ? 'proposal-withdrawn-done'
        : 'proposal-refused-done'
  flash(call, { text: staffingText(call.locale, said), tone: verb === 'approve' ? 'olive' : 'info' })
  return answer
}

/** POST: the second half of a password, for whoever proposed; once. */
export async function showHalf(call: Call): Promise<Response> {
  const id = idParam(call, 'proposal')
  let half: { half: string; staffId: string } | undefined
  const answer = await write(call, async tx => {
    half = await secondHalf(tx, call.house, id, staffIdOf(call))
    return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
  })
  if (half) return slipOf(call, half, 'second')
  flash(call, { text: staffingText(call.locale, 'slip-already'), tone: 'info' })
  return answer
}

async function slipOf(
  call: Call,
  { half, staffId }: { half: string; staffId: string },
  part: 'first' | 'second',
): Promise<Response> {
  const { name, login } = await read(call, tx => getStaffMember(tx, staffId))
  const slip = { staffId, name: name[call.locale], login, secret: half, part, at: logInAt(call) }
  return showPage(call, <SlipPage {...slip} />)
}

function ProposalPage(view: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const { proposal, names, faults } = view
  const title = proposalText(page.locale, names, proposal)
  const broken = faultOf(faults, 'decision')
  const { what, kind } = proposal
  return (
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: t('title'), href: page.url(addresses.staffList) }]} />
      <Read>
        <Head title={title} sub={t('proposal-sub')} />
        <Stack>
          <Pane id="proposal" title={t('proposal-title')} icon="scale">
            <KeyValues
              pairs={[
                { term: t('proposal-reason'), value: proposal.reason },
                {
                  term: t('proposal-at'),
                  value: (
                    <>
                      {t('proposed-by', { name: staffName(names, proposal.proposedBy, page.locale) })}{' '}
                      <DateText value={proposal.proposedAt} form="moment" />
                    </>
                  ),
                },
                ...(kind === 'add' || kind === 'appoint'
                  ? [
                      { term: t('one-role'), value: postText(page.locale, names, what) },
                      { term: t('one-from'), value: <DateText value={what.from} form="long" /> },
                      {
                        term: t('one-until'),
                        value: what.until ? <DateText value={what.until} form="long" /> : t('one-open'),
                      },
                      ...(what.decision ? [{ term: t('one-decision'), value: what.decision }] : []),
                    ]
                  : []),
              ]}
            />
          </Pane>
          {broken && (
            <Note tone="sumac">
              <FaultText fault={broken} />
            </Note>
          )}
          <Decision {...view} />
        </Stack>
      </Read>
    </StaffLayout>
  )
}

function Decision({ proposal, names, approvers, why, mine }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const there = { proposal: proposal.id }
  if (proposal.outcome !== undefined) {
    const name = staffName(names, proposal.decidedBy, page.locale)
    return (
      <Stack>
        <Note tone={proposal.outcome === 'approved' ? 'olive' : 'info'}>
          {t(`proposal-${proposal.outcome}`, { name })}
        </Note>
        {mine && proposal.halfSealed && (
          <Form action={page.url(addresses.staffProposalHalf, there)}>
            <p className="mb-s">{t('half-waits')}</p>
            <Button>{t('half-show')}</Button>
          </Form>
        )}
      </Stack>
    )
  }
  return (
    <Form action={page.url(addresses.staffProposal, there)}>
      {why === undefined ? (
        <div className="row">
          <Button name="do" value="approve" icon="check">
            {t('proposal-approve')}
          </Button>
          <Button name="do" value="refuse" variant="stop">
            {t('proposal-refuse')}
          </Button>
        </div>
      ) : (
        <Stack>
          <Note>{t(`proposal-${why}`, { roles: rolesText(page.locale, approvers) })}</Note>
          {mine && (
            <Button name="do" value="withdraw" variant="quiet">
              {t('proposal-withdraw')}
            </Button>
          )}
        </Stack>
      )}
    </Form>
  )
}
