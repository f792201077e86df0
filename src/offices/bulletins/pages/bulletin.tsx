import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, Forbidden } from '../../../lib/errors.ts'
import { Crumbs, Head, LiveRegion, Stack, StaffLayout, Zones } from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { smsTariff, type Tariff } from '../../messaging/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import {
  askReview,
  chooseColumn,
  dropDraft,
  goOn,
  mayDecide,
  pauseBulletin,
  sendBack,
  stopBulletin,
} from '../acts.ts'
import { todayOf } from '../audience/today.ts'
import { bulletinsTopic } from '../live.ts'
import type { Bulletin } from '../model.ts'
import { type BadLine, badLinesOf, getBulletin } from '../store.ts'
import { type BulletinText, bulletinText } from '../strings.ts'
import { ActsPane } from './acts.tsx'
import { CountingPane, FactsPane, FilePanes, ListPane, TextPane } from './draft.tsx'
import { ProgressPane, ReportPane } from './report.tsx'
import { BulletinFlag, whomInWords } from './words.tsx'

export type View = {
  bulletin: Bulletin
  staff: Map<string, StaffMember>
  bad: BadLine[]
  tariff: Tariff
  can: { write: boolean; review: boolean; decide: boolean }
}

/** GET: a bulletin as it stands: its list being gathered, its cost, how far it is sent, what became of it. */
export async function showBulletin(call: Call): Promise<Response> {
  const id = idParam(call, 'bulletin')
  const { actor } = call.visitor
  const view = await read(call, async (tx): Promise<View> => {
    const bulletin = await getBulletin(tx, id)
    const people = [...bulletin.writers, bulletin.asked?.by, bulletin.decided?.by, bulletin.ended?.by]
    const review = may(actor, 'bulletin.review')
    return {
      bulletin,
      staff: await staffById(
        tx,
        people.flatMap(each => each ?? []),
      ),
      bad: bulletin.counts.badLines > 0 ? await badLinesOf(tx, id) : [],
      tariff: await smsTariff(tx, await todayOf(tx)),
      can: {
        write: may(actor, 'bulletin.write'),
        review,
        decide: review && mayDecide(bulletin, actorKey(actor).id),
      },
    }
  })
  const { bulletin } = view
  const atWork = bulletin.state === 'counting' || (bulletin.state === 'sending' && !bulletin.paused)
  const answer = showPage(
    call,
    <StaffLayout title={bulletin.title}>
      <Crumbs links={[{ label: bulletinText(call.locale, 'crumb'), href: url(call, addresses.bulletins) }]} />
      <LiveRegion topic={bulletinsTopic} every={atWork ? 5 : undefined}>
        <Head
          title={bulletin.title}
          sub={`${bulletinText(call.locale, `kind-${bulletin.kind}`)} · ${whomInWords(call.locale, bulletin.audience)}`}
          actions={<BulletinFlag bulletin={bulletin} />}
        />
        <Body view={view} />
      </LiveRegion>
    </StaffLayout>,
  )
  // Looked at again by itself while the work goes on, without a script.
  if (atWork) answer.headers.set('refresh', '4')
  return answer
}

function Body({ view }: { view: View }) {
  const { bulletin } = view
  const { state, decided } = bulletin
  return (
    <Zones kind="wide">
      <Stack>
        {state === 'counting' && <CountingPane bulletin={bulletin} />}
        {state === 'sending' && <ProgressPane bulletin={bulletin} />}
        {decided && <ReportPane bulletin={bulletin} />}
        {state !== 'counting' && <ListPane view={view} />}
        <TextPane bulletin={bulletin} />
        <FilePanes view={view} />
      </Stack>
      <Stack>
        <ActsPane view={view} />
        <FactsPane view={view} />
      </Stack>
    </Zones>
  )
}

const said: Record<string, BulletinText> = {
  ask: 'asked',
  'take-back': 'taken-back',
  pause: 'paused',
  'go-on': 'gone-on',
  stop: 'stopped',
  drop: 'dropped',
}

/** POST: gives it to a second person, takes it back, pauses, goes on, stops. */
export async function actOnBulletin(call: Call): Promise<Response> {
  const id = idParam(call, 'bulletin')
  const act = typedText(call, 'act')
  const by = actorKey(call.visitor.actor)
  const word = said[act]
  if (!word) throw new BadRequest('not-a-choice')
  const ofWriters = act === 'ask' || act === 'take-back' || act === 'drop'
  if (ofWriters && !may(call.visitor.actor, 'bulletin.write')) throw new Forbidden('not-yours')
  const answer = await write(call, async tx => {
    if (act === 'ask') await askReview(tx, id, by)
    else if (act === 'take-back') await sendBack(tx, id, '', by)
    else if (act === 'pause') await pauseBulletin(tx, id, by)
    else if (act === 'go-on') await goOn(tx, id, by)
    else if (act === 'drop') await dropDraft(tx, id, by)
    else await stopBulletin(tx, id, by)
    return { redirect: url(call, addresses.bulletin, { bulletin: id }) }
  })
  flash(call, { text: bulletinText(call.locale, word) })
  return answer
}

/** POST: reads the numbers of its file from another column. */
export function saveColumn(call: Call): Promise<Response> {
  const id = idParam(call, 'bulletin')
  return write(call, async tx => {
    await chooseColumn(tx, id, typedText(call, 'column'), actorKey(call.visitor.actor))
    return { redirect: url(call, addresses.bulletin, { bulletin: id }) }
  })
}
