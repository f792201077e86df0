import { addresses } from '../../../../lib/addresses.ts'
import { namesIn } from '../../../../lib/arabic.ts'
import { type CalendarDate, dateIn } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { keepFor } from '../../../../platform/kept.ts'
import {
  CitizenLayout,
  Columns,
  DateText,
  DuesList,
  Empty,
  Head,
  LinkButton,
  LinkList,
  Pane,
  PersonName,
  Row,
  Section,
  Stack,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import type { Catalogue } from '../../../catalogue/index.ts'
import { type LookRules, lookRules } from '../../../looks/index.ts'
import { type Due, duesOf, paysOnline } from '../../../treasury/index.ts'
import { catalogueWith } from '../../filing/standing.ts'
import { citizenOf } from '../citizen.ts'
import { citizenTexts } from '../strings.ts'
import { Account, NotSeenYet } from './account.tsx'
import { useActWords } from './act-words.ts'
import { Calls, type Line, Lines, waitsForMe } from './lines.tsx'
import { type Home, homeOf, type MyRequest } from './store.ts'

/** Requests beside the version of the service each runs under. */
export const linesOf = (catalogue: Catalogue, requests: MyRequest[]): Line[] =>
  requests.map(request => ({
    request,
    service: catalogue.get(request.serviceCode, request.serviceVersion).service,
  }))

/** What the town lets be done and be seen on every home alike. */
const rules = keepFor<{ online: boolean; lookers: LookRules['name'] }>(3_000)

async function rulesOn(tx: Read, today: CalendarDate) {
  const [online, { name }] = await Promise.all([paysOnline(tx, today), lookRules(tx, today)])
  return { online, lookers: name }
}

/** The citizen's home: what waits for them, what goes its way, what they owe, what was said, who looked. */
export async function showHome(call: Call): Promise<Response> {
  const { personId, level } = citizenOf(call)
  const today = dateIn(call.now, call.town.timeZone)
  // Asked together, they travel together: round trips are what this page costs.
  const [home, dues, { online, lookers }] = await read(call, tx =>
    Promise.all([
      homeOf(tx, personId),
      duesOf(tx, personId, today),
      rules.of(call.house, tx.town, today, () => rulesOn(tx, today)),
    ]),
  )
  const catalogue = await catalogueWith(call, home.requests)
  const drafts = home.drafts.flatMap(draft => {
    const found = catalogue.find(draft.serviceCode)
    return found ? [{ ...draft, name: found.service.definition.name }] : []
  })
  const lines = linesOf(catalogue, home.requests)
  const claimed = level === 'claimed'
  return showPage(
    call,
    <HomePage
      lines={lines}
      home={home}
      drafts={drafts}
      dues={dues}
      online={online}
      claimed={claimed}
      lookers={lookers}
    />,
  )
}

type HomeProps = {
  lines: Line[]
  home: Home
  drafts: { id: string; serviceCode: string; updatedAt: Date; name: { ar: string; en: string } }[]
  dues: Due[]
  online: boolean
  /** They registered themselves, and nobody has seen them yet. */
  claimed: boolean
  /** Whether the town shows who looked by name, or only as what. */
  lookers: LookRules['name']
}

function HomePage({ lines, home, drafts, dues, online, claimed, lookers }: HomeProps) {
  const t = useTexts(citizenTexts)
  const { url, actor } = usePage()
  const waiting = lines.filter(waitsForMe)
  const others = lines.filter(line => !waitsForMe(line))
  const name = actor.kind === 'citizen' ? (namesIn(actor.name)[0] ?? '') : ''
  return (
    <CitizenLayout title={t('home-title')} unlisted>
      <Head
        title={t('hello', { name })}
        sub={t(lines.length === 0 ? 'hello-none' : 'hello-waiting', { count: waiting.length })}
      />
      <Columns side={<Side dues={dues} home={home} online={online} claimed={claimed} lookers={lookers} />}>
        <Stack gap="large">
          {claimed && <NotSeenYet />}
          {waiting.length > 0 && (
            <Section id="waiting" title={t('waiting')}>
              <Calls lines={waiting} />
            </Section>
          )}
          {drafts.length > 0 && <Drafts drafts={drafts} />}
          {lines.length === 0 ? (
            <Empty
              level={2}
              title={t('none-title')}
              action={<LinkButton href={url(addresses.services)}>{t('to-services')}</LinkButton>}
            >
              {t('none-text')}
            </Empty>
          ) : (
            others.length > 0 && (
              <Section
                id="others"
                title={t(waiting.length > 0 ? 'others' : 'mine')}
                actions={
                  <a className="sm" href={url(addresses.myRequests)}>
                    {t('all-mine')}
                  </a>
                }
              >
                <Lines lines={others.slice(0, 6)} />
              </Section>
            )
          )}
        </Stack>
      </Columns>
    </CitizenLayout>
  )
}

function Drafts({ drafts }: Pick<HomeProps, 'drafts'>) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Section id="drafts" title={t('drafts')}>
      <LinkList
        links={drafts.map(draft => ({
          href: url(addresses.draftSummary, { draft: draft.id }),
          label: local(draft.name),
          note: (
            <>
              {t('draft-kept')} <DateText value={draft.updatedAt} form="moment" />
            </>
          ),
        }))}
      />
    </Section>
  )
}

function Side(props: Pick<HomeProps, 'dues' | 'home' | 'online' | 'claimed' | 'lookers'>) {
  const { dues, home, online, claimed, lookers } = props
  const t = useTexts(citizenTexts)
  const act = useActWords()
  const local = useLocalized()
  const { url } = usePage()
  return (
    <>
      {!claimed && <DuesPane dues={dues} online={online} />}
      <Pane
        id="messages"
        title={t('messages-title')}
        footer={
          <Row apart>
            <a href={url(addresses.myMessages)}>{t('all-messages')}</a>
            <a href={url(addresses.myContactDetails)}>{t('to-contact-details')}</a>
          </Row>
        }
      >
        {home.messages.length === 0 && <p className="mut sm">{t('messages-none')}</p>}
        <ul className="lines">
          {home.messages.map(message => (
            <li key={message.id}>
              <bdi>{message.body}</bdi>
              <small className="dim line-note">
                <DateText value={message.at} form="moment" />
              </small>
            </li>
          ))}
        </ul>
      </Pane>
      {!claimed && (
        <Pane
          id="looks"
          title={t('looks-title')}
          footer={<a href={url(addresses.myLooks)}>{t('all-looks')}</a>}
        >
          {home.looks.length === 0 && <p className="mut sm">{t('looks-none')}</p>}
          <ul className="lines">
            {home.looks.map(look => (
              <li key={look.id}>
                <PersonName>{local(lookers === 'name' ? look.name : look.title)}</PersonName>
                <span className="mut sm line-note">{act(look.act)}</span>
                <small className="dim line-note">
                  {look.office && `${local(look.office)} · `}
                  <DateText value={look.at} form="moment" />
                </small>
              </li>
            ))}
          </ul>
        </Pane>
      )}
      <Account />
    </>
  )
}

/** What they owe now; of whoever was not seen yet nothing is said. */
function DuesPane({ dues, online }: Pick<HomeProps, 'dues' | 'online'>) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Pane
      id="dues"
      title={t('dues-title')}
      end={t('dues-now')}
      pad={false}
      footer={
        <Row apart>
          <a href={url(addresses.myDues)}>{t('to-dues')}</a>
          {online && dues.length > 0 && (
            <LinkButton href={url(addresses.myPay)} variant="quiet" icon="wallet">
              {t('pay-online')}
            </LinkButton>
          )}
        </Row>
      }
    >
      {dues.length === 0 ? (
        <p className="pad ok-c">{t('dues-nothing')}</p>
      ) : (
        <DuesList
          lines={dues.map(due => ({
            id: due.chargeId,
            kind: local(due.label),
            note: t('account-number', { number: due.accountNumber }),
            amount: due.amount,
          }))}
        />
      )}
    </Pane>
  )
}
