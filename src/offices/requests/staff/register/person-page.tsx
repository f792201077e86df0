import { plainDate } from '../../../../lib/dates.ts'
import {
  CheckList,
  DuesPanel,
  Head,
  KeyValues,
  Num,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import type { Call } from '../../../../web/call.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import type { Person } from '../../../people/index.ts'
import type { Due } from '../../../treasury/index.ts'
import type { RequestLine } from '../../lists.ts'
import { staffTexts } from '../strings.ts'
import { SubscriptionHistory } from './history.tsx'
import { RequestTable } from './list.tsx'
import type { Happening, Subscription } from './subscriptions.ts'

export type PersonFileProps = {
  person: Person
  call: Call
  maskedId: string | undefined
  phones: { number: string; shared: boolean; asleep: boolean }[]
  requests: RequestLine[]
  catalogue: Catalogue
  subscriptions: Subscription[]
  happenings: Happening[]
  /** Absent where the reader may not read dues. */
  dues: Due[] | undefined
}

/** What the town has of a person: enough to help them, numbers masked. */
export function PersonFile(props: PersonFileProps) {
  const { person, maskedId, phones, requests, catalogue, call, subscriptions, happenings, dues } = props
  const t = useTexts(staffTexts)
  const page = usePage()
  const local = useLocalized()
  const { address } = person
  const home = [address.quarter, address.block, address.parcel, address.landmark].filter(part => part !== '')
  const title = t('person-title', { name: person.displayName })
  return (
    <StaffLayout title={title}>
      <Head title={<PersonName>{person.displayName}</PersonName>} />
      <Zones kind="wide">
        <Stack>
          <Pane id="requests" title={t('person-requests')} pad={false}>
            {requests.length > 0 ? (
              <RequestTable lines={requests} catalogue={catalogue} call={call} />
            ) : (
              <p className="pad sm mut">{t('person-requests-none')}</p>
            )}
          </Pane>
          <Pane id="subscriptions" title={t('person-subscriptions')} pad={false}>
            {subscriptions.length === 0 && <p className="pad sm mut">{t('person-subscriptions-none')}</p>}
            <CheckList
              label={t('person-subscriptions')}
              items={subscriptions.map(each => ({
                id: `${each.utility} ${each.number}`,
                state: each.closed ? ('not-needed' as const) : ('ok' as const),
                icon: each.utility === 'water' ? ('drop' as const) : ('bolt' as const),
                title: `${t(`utility-${each.utility}`)} ${each.number}`,
                note: [
                  t('subscription-meter', { meter: each.meter }),
                  t(`billing-${each.billing}`),
                  each.closed && t('subscription-closed'),
                ]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            />
          </Pane>
          <SubscriptionHistory subscriptions={subscriptions} happenings={happenings} />
        </Stack>
        <Stack>
          <Pane id="facts" title={t('person-facts')}>
            <KeyValues
              pairs={[
                ...(maskedId ? [{ term: t('person-id'), value: maskedId }] : []),
                ...(person.motherName ? [{ term: t('person-mother'), value: person.motherName }] : []),
                ...(person.birthDate
                  ? [{ term: t('person-birth'), value: person.birthDate.slice(0, 4) }]
                  : []),
                ...(home.length > 0 ? [{ term: t('person-address'), value: home.join(' · ') }] : []),
                ...phones.map(phone => ({
                  term: t('person-phones'),
                  value: (
                    <>
                      <Num>{phone.number}</Num>
                      {phone.shared && <span className="warn-c sm"> {t('person-phone-shared')}</span>}
                      {phone.asleep && <span className="stop-c sm"> {t('person-phone-asleep')}</span>}
                    </>
                  ),
                })),
              ]}
            />
          </Pane>
          <Pane id="dues" title={t('person-dues')} pad={false}>
            {!dues && <p className="pad sm mut">{t('person-dues-hidden')}</p>}
            {dues?.length === 0 && <p className="pad sm ok-c">{t('person-no-dues')}</p>}
            {dues && dues.length > 0 && (
              <DuesPanel
                lines={dues.map(due => ({
                  id: due.chargeId,
                  kind: local(due.label),
                  amount: due.open,
                  note:
                    due.source === 'imported' &&
                    due.asOf &&
                    t(due.stale ? 'person-due-stale' : 'person-due-imported', {
                      date: plainDate(due.asOf, page.now, page),
                    }),
                }))}
              />
            )}
          </Pane>
        </Stack>
      </Zones>
    </StaffLayout>
  )
}
