import { addresses } from '../../../../lib/addresses.ts'
import { dateTime, timeOfDay } from '../../../../lib/dates.ts'
import { Conflict, type Fault } from '../../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  DateText,
  Flag,
  Form,
  faultOf,
  Head,
  LinkButton,
  LinkList,
  LiveRegion,
  Note,
  Pane,
  PasswordField,
  Progress,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { provePin } from '../../../people/index.ts'
import { citizenOf, subjectOf } from '../../citizen.ts'
import { MyCorrections } from '../../correction/pages/mine.tsx'
import { type Correction, correctionsOf } from '../../correction/store.ts'
import { rightsRules } from '../../rules.ts'
import { askCopy, copiesOf, type DataCopy, nextCopyAt } from '../store.ts'
import { copyText, copyTexts } from '../strings.ts'

type View = {
  copies: DataCopy[]
  corrections: Correction[]
  next: Date | undefined
  days: number
  inPlaceOf: string | undefined
  faults: Fault[]
}

const shown = 5
/** How often the page is read anew while a copy is made. */
const seconds = 4

/** GET: one's data: a copy that may be asked for, those asked for, and corrections. */
export async function showData(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = subjectOf(call)
  const view = await read(
    call,
    async (tx): Promise<View> => ({
      copies: await copiesOf(tx, personId, shown),
      corrections: await correctionsOf(tx, personId, shown),
      next: await nextCopyAt(tx, personId),
      days: (await rightsRules(tx)).copyDays,
      inPlaceOf: call.visitor.inPlaceOf,
      faults,
    }),
  )
  const title = copyText(call.locale, 'title')
  const busy = view.copies.some(isBusy)
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} refreshSeconds={busy ? seconds : undefined} unlisted>
      <DataPage view={view} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: asks for a copy, once the PIN was right. */
export async function sendAsk(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  if (!(await provePin(call.house, call.town.id, personId, typedText(call, 'pin'))))
    return showData(call, [{ field: 'pin', code: 'pin-wrong' }])
  try {
    const answer = await write(call, async tx => {
      await askCopy(tx, { personId: subjectOf(call), way: 'portal' }, { kind: 'citizen', id: personId })
      return { redirect: url(call, addresses.myData) }
    })
    flash(call, { text: copyText(call.locale, 'asked'), tone: 'olive' })
    return answer
  } catch (error) {
    // Asked twice: the page shows the one that is there.
    if (error instanceof Conflict) return showData(call)
    throw error
  }
}

const isBusy = ({ state }: DataCopy) => state === 'waiting' || state === 'making'

function DataPage({ view }: { view: View }) {
  const t = useTexts(copyTexts)
  const { url } = usePage()
  const { copies, corrections, inPlaceOf } = view
  return (
    <Read>
      <Head title={t('title')} sub={t('lead')} />
      <Stack>
        <LiveRegion topic="data-copy" every={copies.some(isBusy) ? seconds : undefined}>
          <Stack>
            <AskPane view={view} />
            {copies.length > 0 && <Copies copies={copies} />}
          </Stack>
        </LiveRegion>
        <Pane id="correct" icon="doc" title={t('correct-title')}>
          <p>{t('correct-what')}</p>
          <p className="mt">
            <LinkButton href={url(addresses.myCorrect)} variant="quiet">
              {t('correct-go')}
            </LinkButton>
          </p>
          {corrections.length > 0 && <MyCorrections corrections={corrections} />}
        </Pane>
        {!inPlaceOf && (
          <Pane id="more" title={t('other-rights')}>
            <LinkList
              links={[
                { href: url(addresses.myLooks), label: t('looks-go') },
                { href: url(addresses.myConsents), label: t('consents-go') },
              ]}
            />
          </Pane>
        )}
      </Stack>
    </Read>
  )
}

/** The form, or how far the copy is that was asked for. */
function AskPane({ view: { copies, next, days, inPlaceOf, faults } }: { view: View }) {
  const t = useTexts(copyTexts)
  const page = usePage()
  const busy = copies.find(isBusy)
  const failed = copies[0]?.state === 'failed'
  return (
    <Pane id="copy" icon="dl" title={t('ask-title')}>
      <p>{t('ask-what')}</p>
      {busy ? (
        <div className="mt">
          <Progress share={busy.total ? busy.done / busy.total : 0}>
            {busy.total === undefined
              ? t('waiting')
              : t('making', { done: busy.done, total: Math.max(busy.total, busy.done) })}
          </Progress>
          <p className="sm mut mt-s">{t('making-hint')}</p>
          <p className="mt-s">
            <LinkButton href={page.url(addresses.myData)} variant="plain" icon="turn">
              {t('reload')}
            </LinkButton>
          </p>
        </div>
      ) : (
        <>
          {failed && <Note tone="sumac">{t('failed')}</Note>}
          {next ? (
            <Note icon="clock">{t('too-soon', { time: dateTime(next, page) })}</Note>
          ) : (
            <Form action={page.url(addresses.myData)}>
              <p className="sm mut mb-s">{t('ask-time', { days })}</p>
              {inPlaceOf && <Note tone="honey">{t('ask-in-place', { name: inPlaceOf })}</Note>}
              <PasswordField
                name="pin"
                label={t('ask-pin')}
                hint={t('ask-pin-hint')}
                fault={faultOf(faults, 'pin')}
              />
              <Button icon="dl">{t('ask-send')}</Button>
            </Form>
          )}
        </>
      )}
    </Pane>
  )
}

const flags = {
  waiting: { icon: 'clock', tone: 'honey' },
  making: { icon: 'half', tone: 'glass' },
  ready: { icon: 'ok', tone: 'olive' },
  failed: { icon: 'warn', tone: 'sumac' },
  destroyed: { icon: 'no' },
} as const

function Copies({ copies }: { copies: DataCopy[] }) {
  const t = useTexts(copyTexts)
  const page = usePage()
  return (
    <Pane id="copies" title={t('copies-title')}>
      <ul className="lines">
        {copies.map(copy => {
          const open = copy.state === 'ready' && copy.way === 'portal' && copy.until && copy.until > page.now
          const label = (
            <>
              {t('copy-of')} <DateText value={copy.askedAt} form="plain" /> {timeOfDay(copy.askedAt, page)}
            </>
          )
          return (
            <li key={copy.id}>
              {open ? <a href={page.url(addresses.myDataCopy, { copy: copy.id })}>{label}</a> : label}
              <small className="mut line-note">
                <Flag {...flags[copy.state]}>{t(`state-${copy.state}`)}</Flag>{' '}
                {copy.way === 'counter' && t('at-counter')}
                {open && copy.until && (
                  <>
                    {' '}
                    {t('until')} <DateText value={copy.until} form="plain" />
                  </>
                )}
              </small>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}
