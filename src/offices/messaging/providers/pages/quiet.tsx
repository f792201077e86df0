import { defaultQuiet } from '../../../../kernel/messages/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  FieldGroup,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Read,
  Row,
  Stack,
  StaffLayout,
  TextField,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { setSetting, settingOn } from '../../../people/index.ts'
import { quietKey, quietShape } from '../../outbox/terms.ts'
import { readQuiet, rulesOf, type Span, spans, timesOf } from '../quiet.ts'
import { providerText, providerTexts } from '../strings.ts'

/** GET: when the town leaves its people in peace. */
export async function showQuiet(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const setting = await read(call, tx => settingOn(tx, quietKey, quietShape, today))
  const times = timesOf(setting?.value ?? defaultQuiet)
  return drawQuiet(call, name => {
    const [span = '', edge = ''] = name.split('-')
    return times[span as Span]?.[edge as 'from' | 'to'] ?? ''
  })
}

/** POST: the hours from today on. */
export async function saveQuiet(call: Call): Promise<Response> {
  const typed = (name: string) => typedText(call, name)
  const form = readQuiet(typed)
  if ('faults' in form) return drawQuiet(call, typed, form.faults)
  const answer = await write(call, async tx => {
    await setSetting(tx, {
      key: quietKey,
      from: dateIn(tx.now, call.town.timeZone),
      value: rulesOf(form.times),
      by: actorKey(call.visitor.actor),
    })
    return { redirect: url(call, addresses.messageProviders) }
  })
  flash(call, { text: providerText(call.locale, 'quiet-saved'), tone: 'olive' })
  return answer
}

function drawQuiet(call: Call, value: (name: string) => string, faults: readonly Fault[] = []): Response {
  const title = providerText(call.locale, 'quiet')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs
        links={[{ label: providerText(call.locale, 'back'), href: url(call, addresses.messageProviders) }]}
      />
      <Read>
        <Head title={title} sub={providerText(call.locale, 'quiet-sub')} />
        <QuietForm value={value} faults={faults} />
      </Read>
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function QuietForm({ value, faults }: { value: (name: string) => string; faults: readonly Fault[] }) {
  const t = useTexts(providerTexts)
  const page = usePage()
  return (
    <Form action={page.url(addresses.messageQuiet)}>
      <Stack>
        <Note>{t('quiet-always')}</Note>
        <Pane id="quiet" title={t('quiet-hours')} icon="clock">
          {spans.map(span => (
            <Hours key={span} span={span} value={value} faults={faults} />
          ))}
        </Pane>
        <Row>
          <Button icon="check">{t('save')}</Button>
          <LinkButton href={page.url(addresses.messageProviders)} variant="plain" hotkey="Escape">
            {t('back')}
          </LinkButton>
        </Row>
      </Stack>
    </Form>
  )
}

function Hours({
  span,
  value,
  faults,
}: {
  span: Span
  value: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(providerTexts)
  return (
    <FieldGroup field={{ name: span, label: t(`quiet-${span}`), hint: t(`quiet-${span}-hint`) }} large>
      <Row>
        {(['from', 'to'] as const).map(edge => (
          <TextField
            key={edge}
            name={`${span}-${edge}`}
            label={t(`quiet-${edge}`)}
            value={value(`${span}-${edge}`)}
            fault={faultOf(faults, `${span}-${edge}`)}
            inputMode="numeric"
            maxLength={5}
            width="short"
            placeholder="--:--"
            ltr
            tight
          />
        ))}
      </Row>
    </FieldGroup>
  )
}
