import { addresses } from '../../../../lib/addresses.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { currencies, currencyWord, parseAmount } from '../../../../lib/money.ts'
import type { Read } from '../../../../platform/database/index.ts'
import {
  Button,
  DateText,
  Form,
  faultOf,
  LinkButton,
  MoneyField,
  Note,
  Pane,
  Row,
  SelectField,
  Stack,
  usePage,
} from '../../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../../ui/words.ts'
import { type Call, typedText, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { expectedOf } from '../expected.ts'
import { freeBooks } from '../free-books.ts'
import type { Figure, TillSession } from '../model.ts'
import { lastClosedOf, openSession, openSessionOf } from '../sessions.ts'
import { tillText, tillTexts } from '../strings.ts'
import { FigureTable } from './figures.tsx'

/** What a collector sees of their own till. */
export type MyTill = {
  session: TillSession | undefined
  running: Figure[]
  /** One they closed before and that nobody has taken over. */
  waiting: TillSession | undefined
  /** Books of tills nobody has open. */
  free: string[]
}

/** The till of a collector as it stands, and what they could open. */
export async function myTill(tx: Read, collectorId: string): Promise<MyTill> {
  const session = await openSessionOf(tx, collectorId)
  return {
    session,
    running: session ? await expectedOf(tx, session.id) : [],
    waiting: await lastClosedOf(tx, collectorId),
    free: session ? [] : await freeBooks(tx),
  }
}

export type Opening = {
  faults?: Fault[] | undefined
  refusal?: string | undefined
  typed?: Record<string, string>
}

/** The pane on the till's page: to open, or what runs and to close. */
export function MyTillPane({ till, again = {} }: { till: MyTill; again?: Opening }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  return (
    <Stack>
      {till.waiting && (
        <Note tone="honey">
          {t('mine-waits')}{' '}
          <a href={url(addresses.tillSession, { session: till.waiting.id })}>{t('mine-slip')}</a>
        </Note>
      )}
      {till.session ? <Running till={till} session={till.session} /> : <OpenPane till={till} again={again} />}
    </Stack>
  )
}

function Running({ till, session }: { till: MyTill; session: TillSession }) {
  const t = useTexts(tillTexts)
  const rich = useRichTexts(tillTexts)
  const { url } = usePage()
  return (
    <Pane
      id="mine"
      title={t('mine-running')}
      icon="cash"
      pad={false}
      end={
        <>
          {rich('mine-since', { book: <bdi>{session.book}</bdi> })}{' '}
          <DateText value={session.openedAt} form="moment" />
        </>
      }
      footer={
        <Row>
          <LinkButton href={url(addresses.tillClose)} variant="quiet" hotkey="F10">
            {t('mine-close')}
          </LinkButton>
          <LinkButton href={url(addresses.tillSession, { session: session.id })} variant="plain">
            {t('session-receipts')}
          </LinkButton>
        </Row>
      }
    >
      {till.running.length === 0 ? (
        <p className="pad mut">{t('empty')}</p>
      ) : (
        <FigureTable caption={t('mine-running')} figures={till.running} />
      )}
    </Pane>
  )
}

function OpenPane({ till, again }: { till: MyTill; again: Opening }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  return (
    <Pane id="mine" title={t('mine-none')} icon="cash">
      <p className="mut">{t('mine-none-next')}</p>
      {again.refusal && <Note tone="sumac">{again.refusal}</Note>}
      {till.free.length === 0 ? (
        <Note tone="honey">{t('open-no-book')}</Note>
      ) : (
        <Form action={url(addresses.tillOpen)}>
          <OpenFields free={till.free} again={again} />
          <Button icon="cash">{t('mine-open')}</Button>
        </Form>
      )}
    </Pane>
  )
}

/** Which till, and what lies in its drawer; the float of other currencies unfolds. */
export function OpenFields({ free, again }: { free: string[]; again: Opening }) {
  const t = useTexts(tillTexts)
  const { locale } = usePage()
  const { faults, typed = {} } = again
  const field = (currency: (typeof currencies)[number]) => (
    <MoneyField
      key={currency}
      name={`float-${currency}`}
      label={t('open-float', { currency: currencyWord(currency, locale) })}
      currency={currency}
      value={typed[`float-${currency}`] ?? '0'}
      fault={faultOf(faults, `float-${currency}`)}
      hint={currency === 'ILS' ? t('open-float-hint') : undefined}
      tight
    />
  )
  return (
    <>
      {free.length === 1 ? (
        <input type="hidden" name="book" value={free[0]} />
      ) : (
        <SelectField
          name="book"
          label={t('open-book')}
          options={free.map(book => ({ value: book, label: book }))}
          value={typed.book ?? free[0]}
          fault={faultOf(faults, 'book')}
        />
      )}
      <div className="two-f">{currencies.map(field)}</div>
    </>
  )
}

/** What was typed of a float; blank is nothing. */
function readFloat(call: Call): Figure[] {
  const faults: Fault[] = []
  const float = currencies.flatMap((currency): Figure[] => {
    const typed = typedText(call, `float-${currency}`)
    if (typed.trim() === '') return []
    const read = parseAmount(typed, currency)
    if (!read.ok) faults.push({ field: `float-${currency}`, code: read.code })
    return read.ok && read.value.minor > 0 ? [{ tender: 'cash', amount: read.value }] : []
  })
  if (faults.length > 0) throw new InvalidInput(faults)
  return float
}

/** Opens the till of whoever asks, by what the form says. */
export async function openMine(call: Call, staffId: string, to: string): Promise<Response> {
  const float = readFloat(call)
  const book = typedText(call, 'book')
  const answer = await write(call, async tx => {
    await openSession(tx, { collectorId: staffId, book, float })
    return { redirect: to }
  })
  flash(call, { text: tillText(call.locale, 'mine-opened', { book }) })
  return answer
}
