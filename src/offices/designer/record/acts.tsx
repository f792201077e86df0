import type { Field, Step } from '../../../kernel/definition/index.ts'
import type { Lived } from '../../../kernel/examples/index.ts'
import { actsByKind } from '../../../kernel/workflow/index.ts'
import {
  Beside,
  Button,
  faultOf,
  Note,
  Pane,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { Question } from '../../requests/index.ts'
import { nameOf, partTexts } from '../parts/strings.ts'
import { ActForm } from './act-form.tsx'
import type { Tried } from './load.ts'
import { Others } from './others.tsx'
import type { Standing } from './page.tsx'

type Props = { tried: Tried; standing: Standing; lived: Lived }

const ended = new Set(['done', 'rejected', 'withdrawn'])
/** The step in hand with what can be done on it; at the end, the example's name. */
export function ActsPane({ tried, standing, lived }: Props) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const { definition } = tried.trial as NonNullable<Tried['trial']>
  const { state } = lived.came
  const step = definition.steps.find(each => each.id === lived.moments.at(-1)?.step)
  return (
    <Stack>
      {standing.halt && (
        <Note tone="sumac" title={t('record-halt')}>
          {standing.halt}
        </Note>
      )}
      {ended.has(state) ? (
        <Keep tried={tried} standing={standing} state={nameOf(locale, 'reached', state)} />
      ) : (
        <InHand tried={tried} standing={standing} step={step} state={state} />
      )}
      <ActForm tried={tried} standing={standing} label={t('record-back')}>
        <Button variant="plain" name="do" value="back" icon="back">
          {t('record-back')}
        </Button>
      </ActForm>
    </Stack>
  )
}

function Questions({
  fields,
  standing,
  tried,
}: {
  fields: readonly Field[]
  standing: Standing
  tried: Tried
}) {
  return fields.map(field => (
    <Question
      key={field.id}
      field={field}
      name={field.id}
      raw={standing.typed ?? {}}
      faults={standing.faults}
      town={tried.formTown}
    />
  ))
}

function InHand({
  tried,
  standing,
  step,
  state,
}: {
  tried: Tried
  standing: Standing
  step: Step | undefined
  state: string
}) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const { desk } = tried
  if (state === 'awaiting-fee')
    return <One tried={tried} standing={standing} step={step} name="pay" title={t('record-fee')} />
  if (state === 'awaiting-papers')
    return (
      <One tried={tried} standing={standing} step={step} name="supply-papers" title={t('record-papers')} />
    )
  if (!step) return null
  if (step.kind === 'parts')
    return <One tried={tried} standing={standing} step={step} name="parts-ended" title={local(step.name)} />
  const office = desk.offices.find(each => each.value === step.office)?.label ?? step.office
  const who = `${office} · ${nameOf(locale, 'role', step.role)}`
  if (step.kind === 'opinions') return <Opinions tried={tried} standing={standing} step={step} />
  const completes = actsByKind[step.kind].completes
  return (
    <Pane id="in-hand" title={local(step.name)} aside={who}>
      <ActForm tried={tried} standing={standing} step={step.id} label={local(step.name)}>
        <Questions fields={step.fields ?? []} standing={standing} tried={tried} />
        <div className="row">
          {step.kind === 'site-visit' && step.presence !== 'not-needed' && (
            <Button variant="quiet" name="do" value="appoint">
              {t('do-appoint')}
            </Button>
          )}
          <Button name="do" value={completes} hotkey="Ctrl+Enter">
            {t(doing(completes))}
          </Button>
          {step.kind === 'confirmation' && (
            <Button variant="quiet" name="do" value="lapse">
              {t('do-lapse')}
            </Button>
          )}
        </div>
      </ActForm>
      <Others tried={tried} standing={standing} step={step} />
    </Pane>
  )
}

const doings = {
  approve: 'do-approve',
  sign: 'do-sign',
  'run-effect': 'do-run',
  'hand-over': 'do-hand',
  record: 'do-record',
  answer: 'do-answer',
  pay: 'do-pay',
} as const
const doing = (act: string) => doings[act as keyof typeof doings] ?? 'do-approve'

/** One thing somebody else does: pays, brings the papers. */
function One({
  tried,
  standing,
  step,
  name,
  title,
}: {
  tried: Tried
  standing: Standing
  step: Step | undefined
  name: 'pay' | 'supply-papers' | 'parts-ended'
  title: string
}) {
  const t = useTexts(partTexts)
  return (
    <Pane id="in-hand" title={title}>
      <ActForm tried={tried} standing={standing} step={step?.id ?? ''} label={title}>
        <Button name="do" value={name} hotkey="Ctrl+Enter">
          {t(name === 'pay' ? 'do-pay' : name === 'parts-ended' ? 'do-parts' : 'do-supply')}
        </Button>
      </ActForm>
    </Pane>
  )
}

/** Opinions not given yet, each with its own form. */
function Opinions({ tried, standing, step }: { tried: Tried; standing: Standing; step: Step }) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { desk } = tried
  const given = new Set(
    standing.recording.acts.flatMap(act =>
      typeof act === 'object' && act.step === step.id ? (act.opinion ?? []) : [],
    ),
  )
  const open = (step.opinions ?? []).filter(opinion => !given.has(opinion.id))
  return (
    <>
      {open.map(opinion => (
        <Pane
          key={opinion.id}
          id={`opinion-${opinion.id}`}
          title={local(opinion.name)}
          aside={desk.offices.find(each => each.value === opinion.office)?.label ?? opinion.office}
        >
          <ActForm tried={tried} standing={standing} step={step.id} label={local(opinion.name)}>
            <Questions
              fields={opinion.fields ?? []}
              standing={standing.at === opinion.id ? standing : { ...standing, typed: {}, faults: [] }}
              tried={tried}
            />
            <Button name="do" value={`opine:${opinion.id}`}>
              {t('do-opine')}
            </Button>
          </ActForm>
        </Pane>
      ))}
      <Others tried={tried} standing={standing} step={step} />
    </>
  )
}

/** The pretend request has ended: it is named and kept. */
function Keep({ tried, standing, state }: { tried: Tried; standing: Standing; state: string }) {
  const t = useTexts(partTexts)
  return (
    <Pane id="keep" title={t('record-ended', { state })}>
      <ActForm tried={tried} standing={standing} label={t('record-keep')}>
        <p className="sm mut">{t('record-keep-note')}</p>
        <Beside>
          <TextField
            name="name.ar"
            label={t('record-name')}
            hint={t('record-name-hint')}
            fault={faultOf(standing.faults, 'name.ar')}
            tight
          />
          <TextField name="name.en" label={t('in-english-short')} ltr tight />
        </Beside>
        <Button name="do" value="keep" icon="save" hotkey="Ctrl+Enter">
          {t('record-keep')}
        </Button>
      </ActForm>
    </Pane>
  )
}
