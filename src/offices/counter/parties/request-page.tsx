import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  Crumbs,
  FilterBar,
  Form,
  faultOf,
  Head,
  Note,
  Pane,
  PersonName,
  Stack,
  Tag,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { partyCapacities, requestNumber } from '../../requests/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'
import type { RequestPartiesView } from './request.tsx'
import { partyTexts } from './strings.ts'
import { TermsFields, usePartyFacts, WhichOne } from './terms-fields.tsx'

/** The parties of a request: who, in which capacity, by which proof, until when; and naming another. */
export function RequestPartiesPage({ view }: { view: RequestPartiesView }) {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { request, faults, refusal } = view
  const title = t('parties-of', { number: requestNumber(request) })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs
        links={[{ label: counter('request-back'), href: url(addresses.counterReceived, { id: request.id }) }]}
      />
      <Head title={title} />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{t(`refused-${refusal}`)}</Note>
        </div>
      )}
      <div className="read">
        <Stack>
          <Standing view={view} />
          <Naming view={view} />
        </Stack>
      </div>
    </CounterLayout>
  )
}

function Standing({ view: { request, parties, faults, reason } }: { view: RequestPartiesView }) {
  const t = useTexts(partyTexts)
  const facts = usePartyFacts()
  const { url } = usePage()
  return (
    <Pane id="parties" title={t('parties')} icon="users" pad={false}>
      <ul className="check" aria-label={t('parties')}>
        {parties.map(party => {
          const key = `${party.capacity}/${party.personId}`
          return (
            <li key={key}>
              <span />
              <div>
                <b>
                  <PersonName>{party.name}</PersonName>
                </b>{' '}
                {party.isApplicant && <Tag>{t('applicant')}</Tag>}
                <small className={party.expired ? 'stop-c' : undefined}>{facts(party, party.expired)}</small>
              </div>
              {!party.isApplicant && (
                <div className="check-more">
                  <details className="digest" open={faultOf(faults, `reason.${key}`) !== undefined}>
                    <summary>{t('end-party')}</summary>
                    <Form action={url(addresses.counterParties, { id: request.id })} hidden={{ end: key }}>
                      <div className="find-row">
                        <TextField
                          name={`reason.${key}`}
                          label={t('end-reason')}
                          value={reason(key)}
                          fault={faultOf(faults, `reason.${key}`)}
                          maxLength={500}
                          tight
                        />
                        <Button variant="plain" label={t('drop-party', { name: party.name })}>
                          {t('end-party')}
                        </Button>
                      </div>
                    </Form>
                  </details>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}

/** Naming one more: the capacity is chosen first, and asks for what proves it. */
function Naming({ view: { request, asked, as, faults } }: { view: RequestPartiesView }) {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const action = url(addresses.counterParties, { id: request.id })
  return (
    <Pane id="name" title={t('add-party')} icon="plus">
      <FilterBar
        label={t('as')}
        chips={partyCapacities.map(value => ({
          label: counter(`capacity-${value}`),
          href: `${url(addresses.counterParties, { id: request.id }, { as: value })}#name`,
          on: value === as,
        }))}
      />
      <Form action={action} hidden={{ 'party.as': as }}>
        <div className="mt">
          <TextField
            name="party.who"
            label={t('who')}
            hint={t('who-hint')}
            value={asked?.text}
            fault={faultOf(faults, 'party.who')}
            tight
          />
        </div>
        <TermsFields capacity={as} prefix="party." typed={asked?.typed ?? {}} faults={faults} />
        <WhichOne found={asked?.found} text={asked?.text ?? ''} action={action} />
        <div className="mt-s">
          <Button icon="plus">{t('add-party')}</Button>
        </div>
      </Form>
    </Pane>
  )
}
