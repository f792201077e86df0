import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  Note,
  Pane,
  PersonName,
  SelectField,
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

function Standing({ view: { request, parties, faults } }: { view: RequestPartiesView }) {
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
                  <Form action={url(addresses.counterParties, { id: request.id })} hidden={{ end: key }}>
                    <div className="find-row">
                      <TextField
                        name={`reason.${key}`}
                        label={t('end-reason')}
                        fault={faultOf(faults, `reason.${key}`)}
                        maxLength={500}
                        tight
                      />
                      <Button variant="plain" label={t('drop-party', { name: party.name })}>
                        {t('end-party')}
                      </Button>
                    </div>
                  </Form>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}

function Naming({ view: { request, asked, faults } }: { view: RequestPartiesView }) {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const action = url(addresses.counterParties, { id: request.id })
  const as = asked?.capacity ?? 'collector'
  return (
    <Pane id="name" title={t('add-party')}>
      <Form action={action}>
        <div className="names">
          <SelectField
            name="party.as"
            label={t('as')}
            value={as}
            options={partyCapacities.map(value => ({ value, label: counter(`capacity-${value}`) }))}
            tight
          />
          <TextField
            name="party.who"
            label={t('who')}
            hint={t('who-hint')}
            value={asked?.text}
            fault={faultOf(faults, 'party.who')}
            tight
          />
        </div>
        <TermsFields
          capacity={asked ? as : 'agent'}
          prefix="party."
          typed={asked?.typed ?? {}}
          faults={faults}
        />
        {!asked && (
          <TextField name="party.share" label={t('share')} hint={t('share-hint')} ltr width="short" tight />
        )}
        <WhichOne found={asked?.found} text={asked?.text ?? ''} action={action} />
        <Button icon="plus">{t('add-party')}</Button>
      </Form>
    </Pane>
  )
}
