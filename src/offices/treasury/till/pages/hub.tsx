import { may } from '../../../../kernel/access/index.ts'
import { type Address, addresses } from '../../../../lib/addresses.ts'
import { addDays } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/index.ts'
import {
  Button,
  type Column,
  DateText,
  Form,
  Head,
  LinkButton,
  LinkList,
  Money,
  Note,
  Pane,
  PersonName,
  Row,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { type StaffMember, staffById } from '../../../people/index.ts'
import type { Receipt } from '../../model.ts'
import { getReceipt } from '../../receipts.ts'
import { dayOf } from '../ceiling.ts'
import { type Cheque, chequesIn } from '../cheques.ts'
import type { Figure, TillSession } from '../model.ts'
import { decideReversal, openProposals, type Proposal } from '../proposals.ts'
import { openSessions, sessionsToHandOver } from '../sessions.ts'
import { type TillText, tillText, tillTexts } from '../strings.ts'
import { act } from './act.ts'

type Hub = {
  waiting: TillSession[]
  open: TillSession[]
  proposals: { proposal: Proposal; receipt: Receipt }[]
  cheques: Cheque[]
  staff: Map<string, StaffMember>
}

async function hubOf(tx: Read): Promise<Hub> {
  const waiting = await sessionsToHandOver(tx)
  const open = await openSessions(tx)
  const proposals = []
  for (const proposal of await openProposals(tx))
    proposals.push({ proposal, receipt: await getReceipt(tx, proposal.receiptId) })
  const soon = addDays(await dayOf(tx), 7)
  const cheques = (await chequesIn(tx, 'held')).filter(cheque => cheque.dueOn <= soon)
  const ids = [...waiting, ...open].map(session => session.collectorId)
  const staff = await staffById(tx, [...ids, ...proposals.map(each => each.proposal.proposedBy)])
  return { waiting, open, proposals, cheques, staff }
}

/** GET: what waits for the treasurer, and the way to books and reports. */
export async function showHub(call: Call, refusal?: string): Promise<Response> {
  const hub = await read(call, async tx => {
    const found = await hubOf(tx)
    for (const { receipt } of found.proposals) {
      const { personId } = receipt.payer
      const seen = { subjectKind: 'receipt', subjectId: receipt.id, cause: tillText('ar', 'hub-proposals') }
      if (personId) await lookInto(call, tx, { personId, ...seen }, { kind: 'task' })
    }
    return found
  })
  const title = tillText(call.locale, 'hub-title')
  const settings = may(call.visitor.actor, 'rate.set')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Head title={title} />
      {refusal && <Note tone="sumac">{refusal}</Note>}
      <Zones kind="wide">
        <div className="stack">
          <Waiting hub={hub} />
          {hub.proposals.length > 0 && <Proposals hub={hub} me={actorKey(call.visitor.actor).id} />}
          <Open hub={hub} />
        </div>
        <div className="stack">
          <Soon hub={hub} />
          <Links settings={settings} />
        </div>
      </Zones>
    </StaffLayout>,
    refusal ? 409 : 200,
  )
}

function Name({ of, staff }: { of: string; staff: Map<string, StaffMember> }) {
  const t = useTexts(tillTexts)
  const local = useLocalized()
  const member = staff.get(of)
  return member ? <PersonName>{local(member.name)}</PersonName> : t('somebody')
}

/** What lies in a drawer: cash as it is, anything else by its name. */
function Held({ figures }: { figures: readonly Figure[] }) {
  const t = useTexts(tillTexts)
  return figures.map(({ tender, amount }) => (
    <p key={`${tender} ${amount.currency}`}>
      <Money value={amount} /> <span className="mut sm">{t(tender)}</span>
    </p>
  ))
}

function Waiting({ hub: { waiting, staff } }: { hub: Hub }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const columns: Column<TillSession>[] = [
    { id: 'till', head: t('till'), heads: true, cell: each => <bdi>{each.book}</bdi> },
    {
      id: 'who',
      head: t('collector'),
      cell: each => <Name of={each.collectorId} staff={staff} />,
      phone: 'line',
    },
    {
      id: 'closed',
      head: t('session-closed-at'),
      cell: each => each.closedAt && <DateText value={each.closedAt} form="moment" />,
    },
    { id: 'sum', head: t('counted'), cell: each => <Held figures={each.counted} /> },
    {
      id: 'do',
      head: t('hub-take'),
      phone: 'end' as const,
      cell: each => (
        <LinkButton href={url(addresses.treasuryHandOver, { session: each.id })} variant="quiet">
          {t('hub-take')}
        </LinkButton>
      ),
    },
  ]
  return (
    <Pane id="waiting" title={t('hub-waiting')} icon="cash" pad={false}>
      {waiting.length === 0 ? (
        <p className="pad mut">
          {t('hub-waiting-none')}. {t('hub-waiting-next')}
        </p>
      ) : (
        <Table caption={t('hub-waiting')} columns={columns} rows={waiting} rowId={each => each.id} />
      )}
    </Pane>
  )
}

function Open({ hub: { open, staff } }: { hub: Hub }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const columns: Column<TillSession>[] = [
    {
      id: 'till',
      head: t('till'),
      heads: true,
      cell: each => (
        <a href={url(addresses.tillSession, { session: each.id })}>
          <bdi>{each.book}</bdi>
        </a>
      ),
    },
    {
      id: 'who',
      head: t('collector'),
      cell: each => <Name of={each.collectorId} staff={staff} />,
      phone: 'line',
    },
    {
      id: 'since',
      head: t('session-opened'),
      cell: each => <DateText value={each.openedAt} form="moment" />,
    },
  ]
  return (
    <Pane id="open" title={t('hub-open')} icon="clock" pad={false}>
      {open.length === 0 ? (
        <p className="pad mut">{t('hub-open-none')}</p>
      ) : (
        <Table caption={t('hub-open')} columns={columns} rows={open} rowId={each => each.id} />
      )}
    </Pane>
  )
}

function Proposals({ hub: { proposals, staff }, me }: { hub: Hub; me: string }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  return (
    <Pane id="proposals" title={t('hub-proposals')} icon="warn" tone="honey">
      {proposals.map(({ proposal, receipt }) => (
        <Form key={proposal.id} action={url(addresses.treasuryReversal, { proposal: proposal.id })}>
          <p>
            <a href={url(addresses.receipt, { id: receipt.id })}>
              <bdi>{receipt.number}</bdi>
            </a>
            {t('comma')}
            {receipt.totals.map(total => (
              <Money key={total.currency} value={total} strong />
            ))}
            {t('comma')}
            <Name of={proposal.proposedBy} staff={staff} />{' '}
            <DateText value={proposal.proposedAt} form="moment" />
          </p>
          <p className="mut">{proposal.reason}</p>
          <Row>
            {proposal.proposedBy !== me && (
              <Button variant="stop" name="accept" value="yes">
                {t('hub-agree')}
              </Button>
            )}
            <Button variant="plain" name="accept" value="no">
              {t('hub-refuse')}
            </Button>
          </Row>
        </Form>
      ))}
    </Pane>
  )
}

function Soon({ hub: { cheques } }: { hub: Hub }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  if (cheques.length === 0) return null
  const columns: Column<Cheque>[] = [
    {
      id: 'due',
      head: t('cheque-due'),
      cell: each => <DateText value={each.dueOn} form="plain" />,
      tight: true,
    },
    { id: 'number', head: t('cheque-number'), heads: true, cell: each => <bdi>{each.number}</bdi> },
    { id: 'sum', head: t('amount'), cell: each => <Money value={each.amount} />, phone: 'end' },
  ]
  return (
    <Pane
      id="soon"
      title={t('hub-cheques')}
      icon="clock"
      pad={false}
      footer={<a href={url(addresses.treasuryCheques)}>{t('cheques-title')}</a>}
    >
      <Table
        caption={t('hub-cheques')}
        columns={columns}
        rows={cheques.slice(0, 8)}
        rowId={each => each.id}
        fold={false}
      />
    </Pane>
  )
}

function Links({ settings }: { settings: boolean }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const links: [Address<string>, TillText][] = [
    [addresses.treasuryReceipts, 'receipts-title'],
    [addresses.treasuryDayBook, 'day-title'],
    [addresses.treasuryTills, 'tills-title'],
    [addresses.treasuryIncome, 'income-title'],
    [addresses.treasuryCheques, 'cheques-title'],
    [addresses.treasuryPage, 'page-title'],
    [addresses.treasuryBooks, 'books-title'],
    ...(settings ? [[addresses.treasuryRules, 'rules-title'] as [Address<string>, TillText]] : []),
  ]
  return (
    <Pane id="links" title={t('hub-links')} icon="list">
      <LinkList
        links={links.map(([address, key]) => ({ label: t(key), href: url(address as Address<'/'>) }))}
      />
    </Pane>
  )
}

/** POST: the second person agrees, or does not. */
export async function decide(call: Call): Promise<Response> {
  const proposalId = idParam(call, 'proposal')
  const accept = typedText(call, 'accept') === 'yes'
  const by = { kind: 'staff' as const, id: actorKey(call.visitor.actor).id }
  const found = await read(call, openProposals)
  const proposal = found.find(each => each.id === proposalId)
  const number = proposal ? (await read(call, tx => getReceipt(tx, proposal.receiptId))).number : ''
  return act(call, {
    to: url(call, addresses.treasury),
    said: tillText(call.locale, accept ? 'hub-agreed' : 'hub-refused', { number }),
    work: tx => decideReversal(tx, call.house.events, proposalId, { by, accept }),
    again: refusal => showHub(call, refusal),
  })
}
