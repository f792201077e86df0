import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Localized } from '../../../lib/localized.ts'
import {
  Bars,
  Button,
  DateText,
  Empty,
  Figures,
  Form,
  Head,
  LinkList,
  Pane,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Written,
  Zones,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { catalogueOf } from '../../catalogue/index.ts'
import { setSetting } from '../../treasury/index.ts'
import { lastSaid, type Ratings, ratingsSince, type Said } from '../figures.ts'
import { askSetting, asksBySms } from '../rating.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

const days = 90

type View = {
  ratings: Ratings
  said: Said[]
  asks: boolean
  services: Map<string, Localized>
  writes: boolean
}

/** GET: what people think of the services, and whether they are asked by SMS. */
export async function showFigures(call: Call): Promise<Response> {
  const since = new Date(call.now.getTime() - days * 86_400_000)
  const view = await read(call, async tx => {
    const { newest } = await catalogueOf(tx)
    return {
      ratings: await ratingsSince(tx, since),
      said: await lastSaid(tx, since),
      asks: await asksBySms(tx, call.town.timeZone),
      services: new Map(newest.map(({ code, service }) => [code, service.definition.name])),
    }
  })
  const title = feedbackText(call.locale, 'figures-title')
  const writes = may(call.visitor.actor, 'floor.read')
  return showPage(
    call,
    <StaffLayout title={title}>
      <FiguresPage {...view} writes={writes} />
    </StaffLayout>,
  )
}

/** POST: turns the asking by SMS on or off. */
export async function turnAsking(call: Call): Promise<Response> {
  const answer = await write(call, async tx => {
    await setSetting(tx, {
      key: askSetting,
      from: dateIn(tx.now, call.town.timeZone),
      value: typedText(call, 'ask') === 'on',
      by: actorKey(call.visitor.actor),
    })
    return { redirect: url(call, addresses.feedback) }
  })
  flash(call, { text: feedbackText(call.locale, 'figures-turned') })
  return answer
}

const oneDigit = (value: number) => value.toFixed(1)

function FiguresPage({ ratings, said, asks, services, writes }: View) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  const nameOf = (code: string) => {
    const name = services.get(code)
    return name ? local(name) : code
  }
  return (
    <>
      <Head title={t('figures-title')} sub={t('figures-sub')} />
      <Zones kind="wide">
        <Stack>
          {ratings.average === undefined ? (
            <Empty title={t('figures-none')} level={2}>
              {t('figures-none-why')}
            </Empty>
          ) : (
            <>
              <Figures
                figures={[
                  {
                    label: t('figures-average'),
                    value: t('figures-of-five', { average: oneDigit(ratings.average) }),
                  },
                  { label: t('figures-answers'), value: ratings.answers },
                ]}
              />
              <Pane id="services" title={t('figures-services')}>
                <Bars
                  top={5}
                  bars={ratings.services.map(each => ({
                    id: each.serviceCode,
                    label: `${nameOf(each.serviceCode)} (${each.answers})`,
                    value: each.average,
                    shown: oneDigit(each.average),
                    below: each.average < 3,
                  }))}
                />
              </Pane>
              <Pane
                id="staff"
                title={t('figures-staff')}
                footer={<p className="sm mut">{t('figures-staff-note')}</p>}
              >
                {ratings.staff.length === 0 ? (
                  <p className="sm mut">{t('figures-staff-none')}</p>
                ) : (
                  <Bars
                    top={5}
                    bars={ratings.staff.map(each => ({
                      id: each.staffId,
                      label: `${local(each.name)} (${each.answers})`,
                      value: each.average,
                      shown: oneDigit(each.average),
                      below: each.average < 3,
                    }))}
                  />
                )}
              </Pane>
            </>
          )}
          {said.length > 0 && (
            <Pane id="said" title={t('figures-said')}>
              <ul className="lines">
                {said.map(each => (
                  <li key={each.requestId}>
                    <Written>{each.comment}</Written>
                    <small className="mut line-note">
                      {t('figures-of-five', { average: each.stars })} · {nameOf(each.serviceCode)} ·{' '}
                      <DateText value={each.at} form="near" />
                    </small>
                  </li>
                ))}
              </ul>
            </Pane>
          )}
        </Stack>
        <Stack>
          <Pane id="ask" icon="chat" title={t('figures-ask')}>
            <p className="sm mb-s">{t(asks ? 'figures-ask-on' : 'figures-ask-off')}</p>
            {writes && (
              <Form action={url(addresses.feedback)} hidden={{ ask: asks ? 'off' : 'on' }}>
                <Button variant="quiet">{t(asks ? 'figures-turn-off' : 'figures-turn-on')}</Button>
              </Form>
            )}
          </Pane>
          <Pane id="words" title={t('figures-words')}>
            <LinkList
              links={[
                ...(writes ? [{ href: url(addresses.contacts), label: t('staff-contacts') }] : []),
                { href: url(addresses.complaints), label: t('staff-complaints') },
              ]}
            />
          </Pane>
        </Stack>
      </Zones>
    </>
  )
}
