import { messageKinds } from '../../../../kernel/messages/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { relativeDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Fold,
  Form,
  faultOf,
  Pane,
  Row,
  SelectField,
  Stack,
  TextField,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { templateTexts } from '../../templates/strings.ts'
import type { Pause, Paused } from '../pauses.ts'
import { providerTexts } from '../strings.ts'

/** What is paused, in words: everything, all messages of a kind, one text. */
export function usePausedWords(): (what: Paused) => string {
  const t = useTexts(providerTexts)
  const kind = useTexts(templateTexts)
  return what => {
    if (what === '*') return t('pause-all')
    const [of, name] = [what.slice(0, what.indexOf(':')), what.slice(what.indexOf(':') + 1)]
    if (of !== 'kind') return t('pause-template', { template: name })
    const known = messageKinds.find(each => each === name)
    return t('pause-kind', { kind: known ? kind(`kind-${known}`) : name })
  }
}

/** What is not sent for now, with the way to send it again; and the form that pauses more. */
export function Pauses({
  pauses,
  faults,
  typed,
}: {
  pauses: Pause[]
  faults: readonly Fault[]
  typed: (name: string) => string
}) {
  const t = useTexts(providerTexts)
  return (
    <Pane id="pauses" title={t('pauses')} icon="pause" tone={pauses.length > 0 ? 'honey' : undefined}>
      <Stack>
        {pauses.length === 0 ? (
          <p className="mut">{t('pauses-none')}</p>
        ) : (
          pauses.map(each => <Held key={each.id} pause={each} />)
        )}
        <Fold kind="rare" title={t('pause-title')} open={faults.length > 0}>
          <PauseForm faults={faults} typed={typed} />
        </Fold>
      </Stack>
    </Pane>
  )
}

function Held({ pause }: { pause: Pause }) {
  const t = useTexts(providerTexts)
  const page = usePage()
  const named = useLocalized()
  const words = usePausedWords()(pause.what)
  const when = relativeDate(pause.at, page.now, page)
  return (
    <Stack gap="small">
      <b>{words}</b>
      <p className="sm mut">
        {t('paused-by', { name: pause.by ? named(pause.by) : '', when, reason: pause.reason })}
      </p>
      <Form action={page.url(addresses.messagePauses)} hidden={{ resume: pause.id }} inline>
        <Button variant="quiet" icon="go" label={t('resume-named', { what: words })}>
          {t('resume')}
        </Button>
      </Form>
    </Stack>
  )
}

function PauseForm({ faults, typed }: { faults: readonly Fault[]; typed: (name: string) => string }) {
  const t = useTexts(providerTexts)
  const page = usePage()
  const words = usePausedWords()
  const whole = ['*' as const, ...messageKinds.map(kind => `kind:${kind}` as const)]
  return (
    <Form action={page.url(addresses.messagePauses)}>
      <SelectField
        name="what"
        label={t('pause-what')}
        hint={t('pauses-sub')}
        value={typed('what')}
        options={[
          ...whole.map(value => ({ value, label: words(value) })),
          { value: 'template', label: t('pause-one-template') },
        ]}
        fault={faultOf(faults, 'what')}
        width="full"
      />
      <TextField
        name="template"
        label={t('pause-template-label')}
        hint={t('pause-template-hint')}
        value={typed('template')}
        fault={faultOf(faults, 'template')}
        maxLength={100}
        width="mid"
        ltr
        optional
      />
      <TextField
        name="reason"
        label={t('pause-reason')}
        hint={t('pause-reason-hint')}
        value={typed('reason')}
        fault={faultOf(faults, 'reason')}
        maxLength={200}
      />
      <Row>
        <Button variant="stop" icon="pause">
          {t('pause-do')}
        </Button>
      </Row>
    </Form>
  )
}
