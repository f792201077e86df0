import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { formatPhone } from '../../../../lib/phone.ts'
import {
  Button,
  DateText,
  Form,
  Head,
  Num,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  TablePane,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { lookInto } from '../../../looks/index.ts'
import { openPhone } from '../../../people/index.ts'
import { MessageTabs } from '../../pages/tabs.tsx'
import { invitesTexts } from '../invite.ts'
import { field } from './fields.ts'
import { type UnreadMessage, unreadMessages } from './store.ts'
import { incomingText, incomingTexts } from './words.ts'

type Line = Omit<UnreadMessage, 'from'> & { phone: string }

/** GET: texts nobody understood and nobody has dealt with, the oldest first. */
export async function showUnread(call: Call): Promise<Response> {
  const { unread, invites } = await read(call, async tx => {
    const waiting = await unreadMessages(tx)
    for (const { id, person } of waiting) {
      const seen = { subjectKind: 'incoming-message', subjectId: id, cause: incomingText('ar', 'cause') }
      if (person) await lookInto(call, tx, { personId: person.id, ...seen }, { kind: 'task' })
    }
    return { unread: waiting, invites: await invitesTexts(tx, call.town) }
  })
  const keys = { tx: { town: call.town.id }, crypto: call.house.crypto }
  const lines = unread.map(({ from, ...line }) => ({ ...line, phone: formatPhone(openPhone(keys, from)) }))
  return showPage(call, <UnreadPage call={call} lines={lines} invites={invites} />)
}

function UnreadPage({ call, lines, invites }: { call: Call; lines: Line[]; invites: boolean }) {
  const t = useTexts(incomingTexts)
  return (
    <StaffLayout title={t('title')}>
      <MessageTabs call={call} current="incoming" counts={{ incoming: lines.length }} />
      <Head title={t('title')} sub={t('lead')} />
      <Stack>
        <Lines lines={lines} />
        {may(call.visitor.actor, 'message.settings') && <InvitePane invites={invites} />}
      </Stack>
    </StaffLayout>
  )
}

/** The town's own choice, for whoever keeps the settings of messages. */
function InvitePane({ invites }: { invites: boolean }) {
  const t = useTexts(incomingTexts)
  const { url } = usePage()
  return (
    <Pane id="invite" icon="settings" title={t('invite-title')}>
      <p className="mb-s">{t(invites ? 'invite-on' : 'invite-off')}</p>
      <Form
        action={url(addresses.incomingInvite)}
        inline
        hidden={{ [field.invites]: invites ? 'no' : 'yes' }}
      >
        <Button variant="quiet">{t(invites ? 'invite-turn-off' : 'invite-turn-on')}</Button>
      </Form>
    </Pane>
  )
}

function Lines({ lines }: { lines: Line[] }) {
  const t = useTexts(incomingTexts)
  const { url } = usePage()
  return (
    <TablePane
      none={{ title: t('empty-title'), why: t('empty') }}
      caption={t('title')}
      rows={lines}
      rowId={line => line.id}
      columns={[
        {
          id: 'from',
          head: t('from'),
          heads: true,
          cell: line => (
            <a href={url(addresses.incomingText, { id: line.id })}>
              {line.person ? <PersonName>{line.person.name}</PersonName> : <Num>{line.phone}</Num>}
            </a>
          ),
        },
        { id: 'text', head: t('text'), phone: 'line', cell: line => <Written>{line.text}</Written> },
        { id: 'taken', head: t('taken'), dim: true, cell: line => line.takenBy?.name ?? '' },
        {
          id: 'at',
          head: t('at'),
          tight: true,
          dim: true,
          cell: line => <DateText value={line.at} form="moment" />,
        },
        {
          id: 'done',
          head: <span className="vh">{t('done')}</span>,
          phone: 'end',
          cell: line => (
            <Form action={url(addresses.incomingSeen, { id: line.id })} inline>
              <Button variant="quiet" icon="check">
                {t('done')}
              </Button>
            </Form>
          ),
        },
      ]}
    />
  )
}
