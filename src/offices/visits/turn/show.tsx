import { addresses } from '../../../lib/addresses.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  Form,
  LinkButton,
  LiveRegion,
  Note,
  Read,
  TurnCard,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { turnName, type Visit } from '../model.ts'
import type { Foreseen } from '../next.ts'
import { expectations, readDay, roundMinutes } from '../queue.ts'
import { getVisit } from '../store.ts'
import { visitText, visitTexts } from '../strings.ts'
import { leaveTurn } from '../turns.ts'

type TurnView = {
  visit: Visit
  purpose: Localized | undefined
  window: Localized | undefined
  foreseen: Foreseen | undefined
  grace: number
}

/** A turn to whoever holds its address: the place in line, and the wait as today's serving makes it likely. */
export async function showTurn(call: Call): Promise<Response> {
  const view = await read(call, async (tx): Promise<TurnView> => {
    const visit = await getVisit(tx, idParam(call, 'visit'))
    const day = await readDay(tx, visit.day)
    return {
      visit,
      grace: day.rules.graceMinutes,
      foreseen: expectations(day, tx.now).get(visit.id),
      purpose: day.purposes.find(each => each.code === visit.purpose)?.name,
      window: day.windows.find(each => each.number === visit.window)?.name,
    }
  })
  return showPage(call, <TurnPage view={view} />)
}

export async function leave(call: Call): Promise<Response> {
  const visit = idParam(call, 'visit')
  try {
    const answer = await write(call, async tx => {
      await leaveTurn(tx, call, visit, actorKey(call.visitor.actor))
      return { redirect: url(call, addresses.turn) }
    })
    flash(call, { text: visitText(call.locale, 'turn-left') })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return showTurn(call)
  }
}

function TurnPage({ view: { visit, purpose, window, foreseen, grace } }: { view: TurnView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  const waits = visit.state === 'waiting'
  const title = t('turn-title', { turn: turnName(visit) })
  return (
    <CitizenLayout title={title} unlisted refreshSeconds={waits || visit.state === 'called' ? 30 : undefined}>
      <Crumbs links={[{ label: t('turn-take'), href: url(addresses.turn) }]} />
      <h1 className="vh">{title}</h1>
      <Read>
        <LiveRegion topic="turn" every={waits || visit.state === 'called' ? 30 : undefined}>
          <TurnCard
            label={purpose && local(purpose)}
            turn={turnName(visit)}
            facts={
              waits && foreseen ? (
                <>
                  <p>
                    <b>{t('ahead', { count: foreseen.ahead })}</b>
                  </p>
                  <p className="sm">
                    {foreseen.minutes === undefined
                      ? t('about-unknown')
                      : t('about', { minutes: roundMinutes(foreseen.minutes) })}
                  </p>
                </>
              ) : (
                <p>
                  <b>{t(`turn-${visit.state}`, { window: window ? local(window) : '' })}</b>
                </p>
              )
            }
          />
          {waits && (
            <div className="mt-s stack-s">
              <Note small>{t(visit.hasPhone ? 'turn-told' : 'turn-watch', { grace })}</Note>
              <Form action={url(addresses.turnLeave, { visit: visit.id })}>
                <Button variant="quiet">{t('turn-leave')}</Button>
              </Form>
            </div>
          )}
          {!waits && visit.state !== 'called' && visit.state !== 'serving' && (
            <p className="mt-s">
              <LinkButton href={url(addresses.turn)} variant="quiet">
                {t('turn-again')}
              </LinkButton>
            </p>
          )}
        </LiveRegion>
      </Read>
    </CitizenLayout>
  )
}
