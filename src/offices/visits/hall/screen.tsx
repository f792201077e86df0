import { addresses } from '../../../lib/addresses.ts'
import { Unavailable } from '../../../lib/errors.ts'
import { liveOf } from '../../../platform/live/index.ts'
import { CalledNumbers, HallPage, NextNumbers, useLocalized, usePage, useTexts } from '../../../ui/index.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { liveStream } from '../../../web/live.ts'
import { showPage } from '../../../web/page.tsx'
import { type Floor, floorNow } from '../floor.ts'
import { visitTexts } from '../strings.ts'
import { hallTopic } from '../window/strip.tsx'
import { hallNames } from './names.ts'

/** Where nothing is called or heard for a while, the screen is read anew at least so often: its clock goes on. */
const refreshSeconds = 15
/** More open screens than any hall has are somebody else. */
const mostScreens = 500

/** `/hall`: numbers and windows, and nothing of anybody but the first name of who asked for it. */
export async function showHall(call: Call): Promise<Response> {
  const { floor, names } = await read(call, async tx => {
    const now = await floorNow(tx, call.town)
    const busy = now.windows.flatMap(window => (window.now ? [window.now.visitId] : []))
    return { floor: now, names: await hallNames(tx, busy) }
  })
  return showPage(call, <HallScreen floor={floor} names={names} liveUrl={url(call, addresses.hallLive)} />)
}

export function hallNews(call: Call): Response {
  if (liveOf(call.house).count(call.town.id) >= mostScreens) throw new Unavailable('too-many-screens')
  return liveStream(call, { hears: news => !news.offices && news.topics.includes(hallTopic) })
}

type HallView = { floor: Floor; names: ReadonlyMap<string, string>; liveUrl: string }

function HallScreen({ floor, names, liveUrl }: HallView) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { now } = usePage()
  const busy = floor.windows.flatMap(window => (window.now ? [{ window, now: window.now }] : []))
  const called = busy
    .toSorted((a, b) => b.now.since.getTime() - a.now.since.getTime())
    .map(({ window, now: inHand }) => ({
      id: inHand.visitId,
      turn: inHand.turn,
      window: local(window.name),
      name: names.get(inHand.visitId),
      fresh: inHand.state === 'called' || now.getTime() - inHand.since.getTime() < 30_000,
    }))
    .toSorted((a, b) => Number(b.fresh) - Number(a.fresh))
  return (
    <HallPage title={t('hall')} live={hallTopic} liveUrl={liveUrl} refreshSeconds={refreshSeconds} clock>
      <div className="hall-cols">
        <CalledNumbers title={t('hall-called')} to={t('hall-to')} called={called} none={t('hall-none')} />
        <NextNumbers
          title={t('hall-next')}
          lines={floor.purposes.map(purpose => ({
            id: purpose.code,
            name: local(purpose.name),
            next: purpose.next,
            waiting: t('hall-waiting', { count: purpose.waiting }),
          }))}
        />
      </div>
    </HallPage>
  )
}
