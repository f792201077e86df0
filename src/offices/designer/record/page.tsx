import type { ExampleOutcome, ServiceDefinition } from '../../../kernel/definition/index.ts'
import { type Lived, tryExample } from '../../../kernel/examples/index.ts'
import { simulate } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Beside,
  Button,
  Crumbs,
  Empty,
  Form,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Pane,
  SelectField,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { Question, type Raw, rawOf } from '../../requests/index.ts'
import { said } from '../parts/panes/model.ts'
import { nameOf, partTexts, partWord } from '../parts/strings.ts'
import { ActsPane } from './acts.tsx'
import type { Tried } from './load.ts'
import { dayOf, exampleOf, packed, type Recording } from './model.ts'

/** Where a recording stands, and what came back. */
export type Standing = {
  recording: Recording
  page?: string
  typed?: Raw
  faults: readonly Fault[]
  /** Why the last act was refused. */
  halt?: string
  /** Which opinion was being filled in. */
  at?: string
}

/** The page of a pretend request: its form, then its steps, then its name. */
export function showRecording(call: Call, tried: Tried, standing: Standing | undefined): Response {
  const faults = standing?.faults ?? []
  const title = partWord(call.locale, 'record-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={[...faults]}>
      <RecordingPage tried={tried} standing={standing} today={dateIn(call.now, call.town.timeZone)} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function RecordingPage({
  tried,
  standing,
  today,
}: {
  tried: Tried
  standing: Standing | undefined
  today: string
}) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { draft } = tried.read
  const examples = url(addresses.designerPart, { draft: draft.id, part: 'examples' })
  const lived =
    tried.trial && standing?.recording.stage === 'filed'
      ? livedOf(standing.recording, tried.trial.definition, today)
      : undefined
  return (
    <>
      <Crumbs
        links={[
          { label: local(draft.name), href: url(addresses.designerPart, { draft: draft.id, part: 'path' }) },
          { label: t('tab-examples'), href: examples },
        ]}
      />
      <Head title={t('record-title')} sub={t('record-sub')} />
      {!tried.trial || !standing ? (
        <Empty
          title={t('record-unready')}
          level={2}
          action={
            <LinkButton href={url(addresses.designerPart, { draft: draft.id, part: 'check' })}>
              {t('tab-check')}
            </LinkButton>
          }
        >
          {t('record-unready-next')}
        </Empty>
      ) : (
        <Zones kind="wide">
          {lived && !lived.halt ? (
            <ActsPane tried={tried} standing={standing} lived={lived} />
          ) : (
            <FormPane tried={tried} standing={standing} today={today} reason={lived?.halt?.reason} />
          )}
          <Came definition={tried.trial.definition} lived={lived} />
        </Zones>
      )}
    </>
  )
}

const livedOf = (recording: Recording, definition: ServiceDefinition, today: string): Lived =>
  tryExample(definition, {
    id: 'recording',
    name: { ar: '', en: '' },
    ...exampleOf(recording, definition, today),
  })

/** One page of the form, as the citizen answers it. */
function FormPane({
  tried,
  standing,
  today,
  reason,
}: {
  tried: Tried
  standing: Standing
  today: string
  reason: string | undefined
}) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { recording, typed, faults } = standing
  const { service, definition } = tried.trial as NonNullable<Tried['trial']>
  const values = { capacity: recording.capacity, channel: recording.channel, today: dayOf(today) }
  const simulation = simulate(service, recording.answers, values)
  const id =
    standing.page ??
    simulation.firstIncomplete ??
    simulation.reachable[0] ??
    definition.form.pages[0]?.id ??
    ''
  const page = service.page(id)
  const seen = { ...values, answers: recording.answers, stepFields: {} }
  const at = simulation.reachable.indexOf(id) + 1
  const chosen = (kind: 'capacity' | 'channel') =>
    (kind === 'capacity' ? definition.applicants : definition.channels).map(value => ({
      value,
      label: nameOf(locale, kind === 'capacity' ? 'who' : 'way', value),
    }))
  return (
    <Pane
      id="page"
      title={local(page.page.title)}
      aside={t('record-page', { at, of: simulation.reachable.length })}
    >
      {reason && <Note tone="sumac">{reason}</Note>}
      <Form
        action={url(addresses.designerRecord, { draft: tried.read.draft.id })}
        hidden={{ recording: packed(recording), page: id }}
        label={local(page.page.title)}
      >
        {at <= 1 && (
          <Beside>
            <SelectField
              name="of.capacity"
              label={t('record-capacity')}
              value={recording.capacity}
              options={chosen('capacity')}
              width="full"
              tight
            />
            <SelectField
              name="of.channel"
              label={t('record-channel')}
              value={recording.channel}
              options={chosen('channel')}
              width="full"
              tight
            />
          </Beside>
        )}
        {page.fields
          .filter(({ applies }) => applies(seen))
          .map(({ field }) => (
            <Question
              key={field.id}
              field={field}
              name={field.id}
              raw={rawOf(page, recording.answers, typed)}
              faults={faults}
              town={tried.formTown}
            />
          ))}
        <Button name="do" value="page" hotkey="Ctrl+Enter" iconEnd="fwd">
          {t(at === simulation.reachable.length ? 'record-file' : 'record-next')}
        </Button>
      </Form>
    </Pane>
  )
}

/** What has come of it so far: what the example will expect. */
function Came({ definition, lived }: { definition: ServiceDefinition; lived: Lived | undefined }) {
  const t = useTexts(partTexts)
  if (!lived) return <Note small>{t('record-hint')}</Note>
  return (
    <Stack>
      <Pane id="came" title={t('record-came')} level={3} pad={false}>
        <Outcome definition={definition} came={lived.came} />
      </Pane>
    </Stack>
  )
}

/** An outcome in words. */
export function Outcome({
  definition,
  came,
}: {
  definition: Pick<ServiceDefinition, 'papers' | 'fees' | 'steps'>
  came: ExampleOutcome
}) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const between = locale === 'ar' ? '، ' : ', '
  const name = (list: readonly { id: string; name: { ar: string; en: string } }[], id: string) =>
    said(list.find(each => each.id === id)?.name, locale, id)
  const fees = Object.entries(came.fees).map(([id, amount]) => {
    const [figures = '', currency = ''] = amount.split(' ')
    return `${name(definition.fees, id)}: ${figures} ${nameOf(locale, 'currency', currency)}`
  })
  return (
    <KeyValues
      kind="answers"
      pad
      pairs={[
        { term: t('came-state'), value: nameOf(locale, 'reached', came.state) },
        {
          term: t('came-papers'),
          value: came.papers.map(id => name(definition.papers, id)).join(between) || '–',
        },
        { term: t('came-fees'), value: fees.join(between) || '–' },
        { term: t('came-way'), value: came.way.map(id => name(definition.steps, id)).join(' ← ') || '–' },
        {
          term: t('came-messages'),
          value: came.messages.map(event => nameOf(locale, 'event', event)).join(between) || '–',
        },
        {
          term: t('came-due'),
          value: came.due === 'none' ? '–' : came.due.split('-').reverse().map(Number).join('/'),
        },
      ]}
    />
  )
}
