import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import { maskPhone } from '../../../lib/phone.ts'
import {
  Button,
  DateText,
  Flag,
  Form,
  faultOf,
  Head,
  LinkButton,
  Num,
  NumberField,
  Pager,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  TablePane,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { ageingTerms, type DoubtfulNumber, doubtfulNumbers, setAgeing } from '../../people/index.ts'
import { MessageTabs } from '../pages/tabs.tsx'
import { contactText, contactTexts } from './strings.ts'

export const doubtfulRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.doubtfulNumbers,
    access: staff('number.list'),
    audit: looks('messages.numbers-listed'),
    handle: call => show(call, []),
  }),
  route({
    method: 'post',
    address: addresses.doubtfulNumbers,
    access: staff('message.settings'),
    audit: acts('treasury.setting-set'),
    handle: saveTerms,
  }),
]

const perPage = 30

/** The page after, as its address keeps it. */
const cursorOf = (text: string): { at: Date; key: string } | undefined => {
  const [at = '', key = ''] = text.split('.')
  const instant = new Date(Number(at))
  return /^\d{1,15}$/.test(at) && /^[0-9a-f]{64}$/.test(key) && !Number.isNaN(instant.getTime())
    ? { at: instant, key }
    : undefined
}

type View = {
  lines: DoubtfulNumber[]
  terms: { failures: number; days: number }
  next: string | undefined
  maySet: boolean
  faults: Fault[]
  typed: (name: string) => string
}

/** Numbers that messages do not reach, for whoever calls people or asks them at the counter. */
async function show(call: Call, faults: Fault[]): Promise<Response> {
  const { crypto } = call.house
  const after = cursorOf(call.query.after ?? '')
  const { found, terms } = await read(call, async tx => ({
    found: await doubtfulNumbers(tx, crypto, { limit: perPage + 1, after }),
    terms: await ageingTerms(tx),
  }))
  const keys = [...new Set(found.map(line => line.cursor.key))]
  const shown = new Set(keys.slice(0, perPage))
  const lines = found.filter(line => shown.has(line.cursor.key))
  const last = lines.at(-1)
  const next =
    keys.length > perPage && last
      ? url(call, addresses.doubtfulNumbers, {}, { after: `${last.cursor.at.getTime()}.${last.cursor.key}` })
      : undefined
  // Whom to ask about a number that reaches nobody is this list's own work.
  await read(call, async tx => {
    for (const personId of new Set(lines.map(line => line.personId))) {
      const seen = { personId, subjectKind: 'person', subjectId: personId }
      await lookInto(call, tx, { ...seen, cause: contactText('ar', 'list-cause') }, { kind: 'task' })
    }
  })
  const view = {
    lines,
    terms,
    next,
    faults,
    maySet: may(call.visitor.actor, 'message.settings'),
    typed: (name: string) => typedText(call, name),
  }
  return showPage(call, <DoubtfulPage call={call} view={view} />, faults.length > 0 ? 422 : 200)
}

async function saveTerms(call: Call): Promise<Response> {
  const whole = (name: string) => {
    const typed = toWesternDigits(typedText(call, name)).trim()
    return /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN
  }
  const typed = { failures: whole('failures'), days: whole('days') }
  try {
    const answer = await write(call, async tx => {
      const from = dateIn(tx.now, call.town.timeZone)
      await setAgeing(tx, typed, { from, by: actorKey(call.visitor.actor) })
      return { redirect: url(call, addresses.doubtfulNumbers) }
    })
    flash(call, { text: contactText(call.locale, 'terms-saved'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return show(call, [...error.faults])
    throw error
  }
}

function DoubtfulPage({ call, view }: { call: Call; view: View }) {
  const t = useTexts(contactTexts)
  const { lines, next } = view
  return (
    <StaffLayout title={t('list-title')} faults={view.faults}>
      <MessageTabs call={call} current="numbers" />
      <Head title={t('list-title')} sub={t('list-lead')} />
      <Zones kind="wide">
        <Stack>
          <Lines lines={lines} />
          <Pager next={next} />
        </Stack>
        <Terms {...view} />
      </Zones>
    </StaffLayout>
  )
}

function Lines({ lines }: { lines: DoubtfulNumber[] }) {
  const t = useTexts(contactTexts)
  const { url } = usePage()
  return (
    <TablePane
      none={{ title: t('list-empty-title'), why: t('list-empty') }}
      caption={t('list-title')}
      rows={lines}
      rowId={line => `${line.personId}-${line.cursor.key}`}
      columns={[
        {
          id: 'who',
          head: t('list-who'),
          heads: true,
          phone: 'line',
          cell: line => <PersonName strong>{line.name}</PersonName>,
        },
        {
          id: 'number',
          head: t('list-number'),
          tight: true,
          cell: line => (
            <>
              <Num>{maskPhone(line.e164)}</Num>
              {!line.primary && <small className="line-note dim">{t('list-second')}</small>}
            </>
          ),
        },
        {
          id: 'state',
          head: t('list-state'),
          cell: line =>
            line.asleepAt ? (
              <Flag icon="pause" tone="sumac">
                {t('list-asleep')}
              </Flag>
            ) : (
              <Flag icon="warn" tone="honey">
                {t('list-failing')}
              </Flag>
            ),
        },
        {
          id: 'failures',
          head: t('list-failures'),
          cell: line => (
            <>
              {t('list-failed', { count: line.failures })}
              <small className="line-note dim">
                {t('list-since')} <DateText value={line.since} form="plain" />
              </small>
            </>
          ),
        },
        {
          id: 'open',
          head: <span className="vh">{t('list-open')}</span>,
          phone: 'end',
          cell: line => (
            <LinkButton
              href={url(addresses.counterPerson, { person: line.personId })}
              variant="quiet"
              icon="desk"
              label={`${t('list-open')}: ${line.name}`}
            >
              {t('list-open')}
            </LinkButton>
          ),
        },
      ]}
    />
  )
}

function Terms({ terms, maySet, faults, typed }: View) {
  const t = useTexts(contactTexts)
  const { url } = usePage()
  return (
    <Pane id="terms" title={t('terms')} icon="pause">
      <p className="mb-s">{t('terms-now', terms)}</p>
      {maySet && (
        <Form action={url(addresses.doubtfulNumbers)}>
          <NumberField
            name="failures"
            label={t('terms-failures')}
            value={typed('failures') || String(terms.failures)}
            fault={faultOf(faults, 'failures')}
            tight
          />
          <NumberField
            name="days"
            label={t('terms-days')}
            value={typed('days') || String(terms.days)}
            fault={faultOf(faults, 'days')}
            tight
          />
          <Button variant="quiet">{t('terms-save')}</Button>
        </Form>
      )}
    </Pane>
  )
}
