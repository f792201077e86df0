import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, Conflict, type Fault, Forbidden } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  usePage,
  Zones,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { smsTariff, type Tariff } from '../../messaging/index.ts'
import { getPeople } from '../../people/index.ts'
import type { Owed } from '../../treasury/index.ts'
import { letGo, mayDecide, sendBack } from '../acts.ts'
import { todayOf } from '../audience/today.ts'
import { billText, owedOf } from '../bill.ts'
import type { Bulletin } from '../model.ts'
import { getBulletin, type Recipient, recipientsByNumber } from '../store.ts'
import { type BulletinText, bulletinText, bulletinTexts } from '../strings.ts'
import { ListPane, TextPane } from './draft.tsx'
import { whomInWords } from './words.tsx'

type Shown = Recipient & {
  name: string | undefined
  text: string | undefined
  note: BulletinText | undefined
}
type View = { bulletin: Bulletin; sample: Shown[]; tariff: Tariff }

/** GET: a sample as each of them arrives, for whoever did not write it to let it go. */
export async function showReview(call: Call): Promise<Response> {
  return show(call)
}

async function load(call: Call): Promise<View> {
  const id = idParam(call, 'bulletin')
  return read(call, async tx => {
    const bulletin = await getBulletin(tx, id)
    if (bulletin.state !== 'review') throw new Conflict('bulletin-moved-on', { id })
    const recipients = await recipientsByNumber(tx, id, bulletin.sample)
    const ids = recipients.flatMap(each => each.personId ?? [])
    const seen = { subjectKind: 'bulletin', subjectId: id, cause: bulletinText('ar', 'review-cause') }
    for (const personId of ids) await lookInto(call, tx, { personId, ...seen }, { kind: 'task' })
    const people = new Map((await getPeople(tx, ids)).map(person => [person.id, person.displayName]))
    const today = await todayOf(tx)
    const owed = bulletin.kind === 'bill' ? await owedOf(tx, bulletin, ids, today) : undefined
    return {
      bulletin,
      tariff: await smsTariff(tx, today),
      sample: recipients.map(each => ({
        ...each,
        name: people.get(each.personId ?? ''),
        ...textFor(bulletin, each, owed),
      })),
    }
  })
}

/** What arrives at somebody, or why nothing does. */
function textFor(
  { body, kind }: Bulletin,
  { personId, shared, channel, phoneSealed }: Recipient,
  owed: Map<string, Owed[]> | undefined,
): Pick<Shown, 'text' | 'note'> {
  const theirs = owed?.get(personId ?? '')
  if (kind === 'bill' && !theirs) return { text: undefined, note: 'sample-nothing' }
  const text = theirs ? billText(body, theirs) : body
  if (channel === 'portal') return { text, note: 'sample-portal' }
  if (!phoneSealed) return { text, note: 'sample-no-phone' }
  return { text, note: shared && kind !== 'awareness' ? 'sample-shared' : undefined }
}

async function show(call: Call, faults?: Fault[]): Promise<Response> {
  const view = await load(call)
  const { bulletin, sample } = view
  const say = (key: BulletinText) => bulletinText(call.locale, key)
  const own = !mayDecide(bulletin, actorKey(call.visitor.actor).id)
  return showPage(
    call,
    <StaffLayout title={say('review-title')} faults={faults}>
      <Crumbs
        links={[
          { label: say('crumb'), href: url(call, addresses.bulletins) },
          { label: bulletin.title, href: url(call, addresses.bulletin, { bulletin: bulletin.id }) },
        ]}
      />
      <Head title={bulletin.title} sub={whomInWords(call.locale, bulletin.audience)} />
      <Zones kind="wide">
        <Stack>
          <Sample sample={sample} />
          <ListPane
            view={{ ...view, staff: new Map(), bad: [], can: { write: false, review: true, decide: !own } }}
          />
        </Stack>
        <Stack>
          {own ? (
            <Note tone="honey">{say('second-person')}</Note>
          ) : (
            <Decide bulletin={bulletin} faults={faults} />
          )}
          <TextPane bulletin={bulletin} />
        </Stack>
      </Zones>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

function Sample({ sample }: { sample: Shown[] }) {
  const t = useTexts(bulletinTexts)
  const columns: Column<Shown>[] = [
    {
      id: 'who',
      head: t('sample-who'),
      heads: true,
      phone: 'line' as const,
      cell: each => (each.name ? <PersonName>{each.name}</PersonName> : t('sample-unknown')),
    },
    {
      id: 'text',
      head: t('sample-text'),
      phone: 'line' as const,
      cell: each => (
        <>
          {each.text}
          {each.note && (
            <>
              {each.text && <br />}
              <small className="plain mut">{t(each.note)}</small>
            </>
          )}
        </>
      ),
    },
  ]
  return (
    <Pane id="sample" title={t('sample-pane', { count: sample.length })} icon="eye" pad={false}>
      <p className="sm mut pad">{t('review-sub')}</p>
      <Table caption={t('review-sub')} columns={columns} rows={sample} rowId={({ no }) => String(no)} />
    </Pane>
  )
}

function Decide({ bulletin, faults }: { bulletin: Bulletin; faults: Fault[] | undefined }) {
  const t = useTexts(bulletinTexts)
  const page = usePage()
  const action = page.url(addresses.bulletinReview, { bulletin: bulletin.id })
  return (
    <>
      <Pane id="let-go" title={t('let-go')} icon="horn">
        <Form action={action} hidden={{ act: 'let-go', seen: String(bulletin.asked?.at.getTime()) }}>
          <p className="sm mut mb-s">{t('let-go-sub', { count: bulletin.counts.recipients })}</p>
          <Button icon="check" hotkey="F9">
            {t('let-go')}
          </Button>
        </Form>
      </Pane>
      <Pane id="send-back" title={t('send-back')} icon="back">
        <Form action={action} hidden={{ act: 'send-back' }}>
          <LongTextField
            name="why"
            label={t('field-why')}
            fault={faultOf(faults, 'why')}
            rows={2}
            maxLength={500}
          />
          <Button variant="quiet">{t('send-back')}</Button>
        </Form>
      </Pane>
    </>
  )
}

/** POST: lets it go, or gives it back with what is to be changed. */
export async function decide(call: Call): Promise<Response> {
  const id = idParam(call, 'bulletin')
  const act = typedText(call, 'act')
  const why = typedText(call, 'why').trim().slice(0, 500)
  const by = actorKey(call.visitor.actor)
  if (by.kind !== 'staff') throw new Forbidden('staff-only')
  if (act !== 'let-go' && act !== 'send-back') throw new BadRequest('not-a-choice')
  if (act === 'send-back' && why === '') return show(call, [{ field: 'why', code: 'required' }])
  const answer = await write(call, async tx => {
    if (act === 'let-go') await letGo(tx, id, by, new Date(Number(typedText(call, 'seen'))))
    else await sendBack(tx, id, why, by)
    return { redirect: url(call, addresses.bulletin, { bulletin: id }) }
  })
  flash(call, { text: bulletinText(call.locale, act === 'let-go' ? 'let-gone' : 'sent-back') })
  return answer
}
