import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import {
  Button,
  Crumbs,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  KeyHints,
  LinkButton,
  Note,
  OriginalSlip,
  Pane,
  type PaperLine,
  PersonName,
  Sheets,
  Stack,
  Table,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { requestNumber } from '../../requests/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'
import type { HeldView, OriginalView } from './originals.tsx'
import { originalTexts } from './strings.ts'

/** The register of originals the town holds; opened for somebody, one more is taken in. */
export function HeldPage({ view }: { view: HeldView }) {
  const t = useTexts(originalTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  return (
    <CounterLayout title={t('title')} faults={view.faults}>
      <Crumbs links={[{ label: counter('counter'), href: url(addresses.counter) }]} />
      <Head title={t('title')} sub={t('sub')} />
      {view.of ? (
        <Zones kind="wide">
          <List view={view} />
          <Taking view={view} of={view.of} />
        </Zones>
      ) : (
        <List view={view} />
      )}
    </CounterLayout>
  )
}

function List({ view: { held } }: { view: HeldView }) {
  const t = useTexts(originalTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (held.length === 0) {
    return (
      <Empty title={t('none')} level={2}>
        {t('none-next')}
      </Empty>
    )
  }
  return (
    <Pane id="held" title={t('title')} icon="box" aside={held.length} pad={false}>
      <Table
        caption={t('title')}
        rows={held}
        rowId={each => each.id}
        columns={[
          {
            id: 'paper',
            head: t('paper'),
            heads: true,
            phone: 'line',
            cell: each => (
              <>
                <a href={url(addresses.counterOriginal, { original: each.id })}>{each.paper}</a>
                <small className="line-note dim">
                  <PersonName>{each.person}</PersonName>
                </small>
              </>
            ),
          },
          {
            id: 'place',
            head: t('place'),
            cell: each => (
              <>
                {each.place}
                <small className="line-note dim">{t('by', { name: local(each.takenBy) })}</small>
              </>
            ),
          },
          {
            id: 'since',
            head: t('since'),
            phone: 'end',
            dim: true,
            cell: each => <DateText value={each.takenAt} />,
          },
        ]}
      />
    </Pane>
  )
}

function Taking({ view, of }: { view: HeldView; of: NonNullable<HeldView['of']> }) {
  const t = useTexts(originalTexts)
  const { url } = usePage()
  const { typed, faults } = view
  const { person, request } = of
  const field = (name: 'paper' | 'broughtBy' | 'place') => ({
    name,
    value: typed[name],
    fault: faultOf(faults, name),
    maxLength: 200,
    tight: true,
  })
  return (
    <Pane id="take" title={t('take')} icon="plus">
      <p className="mb-s">
        <PersonName>{person.displayName}</PersonName>
        {request && ` · ${t('request')} ${requestNumber(request)}`}
      </p>
      <Form
        action={url(addresses.counterOriginals)}
        hidden={{ person: person.id, ...(request && { request: request.id }) }}
      >
        <TextField {...field('paper')} label={t('paper')} hint={t('paper-hint')} autoFocus />
        <TextField {...field('broughtBy')} label={t('brought')} />
        <TextField {...field('place')} label={t('place')} hint={t('place-hint')} />
        <Button icon="box">{t('take-do')}</Button>
      </Form>
    </Pane>
  )
}

/** One original: its slip, and the giving back. */
export function OriginalPage({ view }: { view: OriginalView }) {
  const t = useTexts(originalTexts)
  const counter = useTexts(counterTexts)
  const local = useLocalized()
  const page = usePage()
  const { original, faults, to, late } = view
  const { given } = original
  const facts: PaperLine[] = [
    { label: t('paper'), value: original.paper, strong: true },
    { label: t('who'), value: <PersonName>{original.person}</PersonName> },
    { label: t('brought'), value: <PersonName>{original.broughtBy}</PersonName> },
    ...(original.requestNumber ? [{ label: t('request'), value: original.requestNumber }] : []),
    { label: t('place'), value: original.place },
    { label: counter('date'), value: shortDate(given?.at ?? original.takenAt, page) },
    ...(given ? [{ label: t('given-to'), value: <PersonName>{given.to}</PersonName> }] : []),
  ]
  return (
    <CounterLayout title={original.paper} faults={faults}>
      <div className="no-print">
        <Crumbs links={[{ label: t('back'), href: page.url(addresses.counterOriginals) }]} />
        <Head
          title={original.paper}
          sub={t('by', { name: local(original.takenBy) })}
          actions={
            <LinkButton href="#slip" icon="print" variant="quiet" hotkey="F9">
              {t('print')}
            </LinkButton>
          }
        />
        <Stack>
          {late && <Note tone="sumac">{t('given-already')}</Note>}
          {given ? (
            <Note tone="info">{t('given', { name: given.to, date: shortDate(given.at, page) })}</Note>
          ) : (
            <Pane id="give" title={t('give-title')} icon="hand">
              <Form action={page.url(addresses.counterOriginal, { original: original.id })}>
                <div className="find-row">
                  <TextField
                    name="to"
                    label={t('given-to')}
                    value={to}
                    fault={faultOf(faults, 'to')}
                    maxLength={200}
                    tight
                  />
                  <Button variant="quiet" icon="hand">
                    {t('give-do')}
                  </Button>
                </div>
              </Form>
            </Pane>
          )}
        </Stack>
      </div>
      <div className="mt">
        <Sheets>
          <OriginalSlip
            title={t(given ? 'slip-given' : 'slip-title')}
            number={original.number}
            place={counter('centre')}
            facts={facts}
            foot={t('slip-foot', { phone: page.town.phone })}
          />
        </Sheets>
      </div>
      <KeyHints hints={[{ keys: 'F9', label: counter('key-print') }]} />
    </CounterLayout>
  )
}
