import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  Empty,
  Form,
  faultOf,
  Head,
  KeyHints,
  LinkButton,
  MultipleField,
  Note,
  Pane,
  PersonName,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { Question, requestNumber } from '../../requests/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'
import type { HandOverView } from './hand-over.tsx'
import { partyTexts } from './strings.ts'
import { usePartyFacts } from './terms-fields.tsx'

/** Who takes it away, and which originals were shown. Those whose term has passed stand below, and cannot be chosen. */
export function HandOverPage({ view }: { view: HandOverView }) {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { request, refusal, faults, taskId } = view
  const title = t('hand-title', { number: requestNumber(request) })
  const back = url(addresses.counterReceived, { id: request.id })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs links={[{ label: counter('request-back'), href: back }]} />
      <Head title={title} sub={view.service} />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{t(`refused-${refusal}`)}</Note>
        </div>
      )}
      {taskId ? (
        <div className="read">
          <HandOver view={view} />
        </div>
      ) : (
        <Empty
          title={t('hand-not-now')}
          level={2}
          action={
            <LinkButton href={back} variant="quiet">
              {counter('request-back')}
            </LinkButton>
          }
        >
          {t('hand-not-now-next')}
        </Empty>
      )}
      {taskId && <KeyHints hints={[{ keys: 'F10', label: t('hand-do') }]} />}
    </CounterLayout>
  )
}

function HandOver({ view }: { view: HandOverView }) {
  const t = useTexts(partyTexts)
  const local = useLocalized()
  const facts = usePartyFacts()
  const { url } = usePage()
  const { request, collectors, originals, asked, typed, faults } = view
  const action = url(addresses.counterHandOver, { id: request.id })
  const may = collectors.filter(({ expired }) => !expired)
  const mayNot = collectors.filter(({ expired }) => expired)
  return (
    <Form action={action}>
      {asked.fields.some(({ kind }) => kind === 'group') && (
        <button className="vh" type="submit" tabIndex={-1} aria-hidden />
      )}
      <Pane
        id="who"
        title={t('hand-who')}
        end={<a href={url(addresses.counterParties, { id: request.id })}>{t('parties-edit')}</a>}
      >
        <Stack>
          {may.length > 0 && (
            <ChoiceField
              name="receiver"
              label={t('hand-who')}
              value={typed.receiver}
              fault={faultOf(faults, 'receiver')}
              options={may.map(each => ({
                value: each.personId,
                label: each.name,
                hint: [each.isApplicant && t('applicant'), facts(each)].filter(Boolean).join(' · '),
              }))}
              tight
            />
          )}
          {mayNot.length > 0 && (
            <Note tone="sumac" title={t('hand-expired')}>
              {mayNot.map(each => (
                <p key={each.personId}>
                  <PersonName>{each.name}</PersonName> · {facts(each, true)}
                </p>
              ))}
            </Note>
          )}
          {originals.length > 0 && (
            <MultipleField
              name="original"
              label={t('hand-originals')}
              values={typed.seen}
              fault={faultOf(faults, 'original')}
              options={originals.map(paper => ({ value: paper.id, label: local(paper.name) }))}
              tight
            />
          )}
          {asked.fields.map(field => (
            <Question
              key={field.id}
              field={field}
              name={field.id}
              raw={asked.raw}
              faults={faults}
              town={asked.town}
              grows={action}
              tight
            />
          ))}
          <TextField name="note" label={t('hand-note')} value={typed.note} maxLength={1000} optional tight />
        </Stack>
      </Pane>
      <div className="mt-s">
        <Button
          big
          icon="hand"
          hotkey="F10"
          disabledBecause={may.length === 0 ? t('refused-power-expired') : undefined}
        >
          {t('hand-do')}
        </Button>
      </div>
    </Form>
  )
}
