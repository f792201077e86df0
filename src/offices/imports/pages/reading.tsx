import { addresses } from '../../../lib/addresses.ts'
import { isolate } from '../../../lib/arabic.ts'
import { type Fault, NotFound } from '../../../lib/errors.ts'
import { isCurrency } from '../../../lib/money.ts'
import { type Delimiter, delimiters, encodings } from '../../../platform/text-tables/index.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  Note,
  Pane,
  SelectField,
  Stack,
  StaffLayout,
  Table,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { dateOrders, dueKinds, type Field, fields, type Reading, type Run, type Source } from '../model.ts'
import { planCheck } from '../plan.ts'
import { guessColumns, guessKeys, isField } from '../reading/guess.ts'
import { confirmRun, type Look, lookAt } from '../receive.ts'
import { getRun } from '../runs.ts'
import { getSource } from '../sources.ts'
import { importsText, importsTexts } from '../strings.ts'
import { Cells } from './cells.tsx'
import { Habits } from './habits.tsx'
import { fieldWord } from './words.ts'

type View = { run: Run; source: Source; look: Look; reading: Reading; faults?: Fault[] }

/** GET: how a file is read, with some of its rows; `encoding` and `delimiter` of the address show it otherwise. */
export async function showReading(call: Call): Promise<Response> {
  const { run, source } = await load(call)
  const asked = textOf(call.query.encoding, call.query.delimiter, run.reading)
  const look = await lookAt(call.house, call.town.id, run.sha256, asked)
  const known = look.headings.some(heading => Object.hasOwn(run.reading.columns, heading))
  const columns = known ? run.reading.columns : guessColumns(look.headings)
  const keys = known ? run.reading.keys : guessKeys(Object.values(columns))
  return show(call, { run, source, look, reading: { ...run.reading, ...asked, columns, keys } })
}

async function load(call: Call): Promise<{ run: Run; source: Source }> {
  const id = idParam(call, 'run')
  return read(call, async tx => {
    const run = await getRun(tx, id)
    if (!['waiting', 'checked', 'failed'].includes(run.state)) throw new NotFound('no-such-run')
    return { run, source: await getSource(tx, { id: run.sourceId }) }
  })
}

const delimiterNames = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const
const nameOfDelimiter = (delimiter: Delimiter) =>
  (Object.keys(delimiterNames) as (keyof typeof delimiterNames)[]).find(
    name => delimiterNames[name] === delimiter,
  ) ?? 'comma'

function textOf(
  encoding: string | undefined,
  delimiter: string | undefined,
  otherwise: Reading,
): Pick<Reading, 'encoding' | 'delimiter'> {
  const named = Object.entries(delimiterNames).find(([name]) => name === delimiter)?.[1]
  return {
    encoding: encodings.find(each => each === encoding) ?? otherwise.encoding,
    delimiter: delimiters.find(each => each === named) ?? otherwise.delimiter,
  }
}

/** POST: keeps how the source is read, and has the file checked so. */
export async function saveReading(call: Call): Promise<Response> {
  const { run, source } = await load(call)
  const { confirmed: _, ...otherwise } = run.reading
  const text = textOf(typedText(call, 'encoding'), typedText(call, 'delimiter'), run.reading)
  const headings = typedList(call, 'heading')
  const meanings = typedList(call, 'meaning')
  const faults: Fault[] = []
  const columns: Record<string, Field> = {}
  headings.forEach((heading, at) => {
    const field = meanings[at] ?? ''
    if (field === '' || heading === '') return
    if (!isField(field)) faults.push({ field: 'meaning', code: 'not-an-option' })
    else if (Object.values(columns).includes(field))
      faults.push({ field: `column-${at}`, code: 'column-doubled' })
    else columns[heading] = field
  })
  const present = new Set<Field>(Object.values(columns))
  const keys = typedList(call, 'keys').filter((key): key is Field => isField(key) && present.has(key))
  if (keys.length === 0) faults.push({ field: 'keys', code: 'required' })
  if (!present.has('name') && !present.has('first') && !present.has('subscription'))
    faults.push({ field: 'column-0', code: 'columns-too-few' })
  const currency = typedText(call, 'currency')
  const reading = {
    ...otherwise,
    ...text,
    columns,
    keys,
    dates: dateOrders.find(each => each === typedText(call, 'dates')) ?? otherwise.dates,
    decimal: typedText(call, 'decimal') === 'comma' ? (',' as const) : ('.' as const),
    currency: isCurrency(currency) ? currency : otherwise.currency,
    dueKind: dueKinds.find(each => each === typedText(call, 'dueKind')) ?? otherwise.dueKind,
    utility: typedText(call, 'utility') === 'water' ? ('water' as const) : ('electricity' as const),
    billing: typedText(call, 'billing') === 'prepaid' ? ('prepaid' as const) : ('billed' as const),
  }
  if (faults.length > 0) {
    const look = await lookAt(call.house, call.town.id, run.sha256, text)
    return show(call, { run, source, look, reading: { ...reading, confirmed: false }, faults })
  }
  const by = actorKey(call.visitor.actor)
  return write(call, async tx => {
    await confirmRun(tx, run, reading, by)
    await planCheck(tx, run.id)
    return { redirect: url(call, addresses.importRun, { run: run.id }) }
  })
}

function show(call: Call, view: View): Response {
  const { source, run, look, faults } = view
  const title = importsText(call.locale, 'reading-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs
        links={[{ label: source.name, href: url(call, addresses.importSource, { source: source.id }) }]}
      />
      <Head title={title} sub={importsText(call.locale, 'reading-sub', { file: isolate(run.fileName) })} />
      <Stack>
        {look.form.form === 'csv' && <TextHabits view={view} />}
        <Form
          action={url(call, addresses.importReading, { run: run.id })}
          hidden={{ encoding: view.reading.encoding, delimiter: nameOfDelimiter(view.reading.delimiter) }}
        >
          <Stack>
            <Columns view={view} />
            <Habits reading={view.reading} faults={view.faults} />
            <Button big icon="check">
              {importsText(call.locale, 'reading-confirm')}
            </Button>
          </Stack>
        </Form>
      </Stack>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

function TextHabits({ view: { run, reading } }: { view: View }) {
  const t = useTexts(importsTexts)
  const page = usePage()
  return (
    <Pane id="text" title={t('text-title')} icon="doc">
      <p className="sm mut mb-s">{t('text-sub')}</p>
      <Form action={page.url(addresses.importReading, { run: run.id })} method="get" label={t('text-title')}>
        <SelectField
          name="encoding"
          label={t('encoding')}
          value={reading.encoding}
          options={encodings.map(value => ({ value, label: t(`encoding-${value}`) }))}
        />
        <SelectField
          name="delimiter"
          label={t('delimiter')}
          value={nameOfDelimiter(reading.delimiter)}
          options={delimiters.map(each => {
            const value = nameOfDelimiter(each)
            return { value, label: t(`delimiter-${value}`) }
          })}
        />
        <Button variant="quiet" icon="eye">
          {t('show-so')}
        </Button>
      </Form>
    </Pane>
  )
}

function Columns({ view: { look, reading, faults } }: { view: View }) {
  const t = useTexts(importsTexts)
  const { locale } = usePage()
  const options = fields.map(value => ({ value, label: fieldWord(locale, value) }))
  const rows = look.headings
    .map((heading, at) => ({ heading, at, some: look.sample.map(cells => cells[at] ?? '').filter(Boolean) }))
    .filter(({ heading }) => heading !== '')
  if (rows.length === 0) return <Note tone="sumac">{t('no-columns')}</Note>
  return (
    <Pane id="columns" title={t('columns-title')} icon="list" aside={t('columns-sub')} pad={false}>
      <Table
        caption={t('columns-title')}
        rows={rows}
        rowId={({ heading }) => heading}
        columns={[
          {
            id: 'heading',
            head: t('heading'),
            heads: true,
            cell: ({ heading }) => (
              <>
                <bdi>{heading}</bdi>
                <input type="hidden" name="heading" value={heading} />
              </>
            ),
          },
          {
            id: 'some',
            head: t('samples'),
            dim: true,
            phone: 'line' as const,
            cell: ({ some }) => <Cells cells={some} most={3} />,
          },
          {
            id: 'meaning',
            head: t('meaning'),
            phone: 'line' as const,
            cell: ({ heading, at }) => (
              <SelectField
                name="meaning"
                label={t('meaning')}
                labelHidden
                tight
                none={t('ignore')}
                value={reading.columns[heading] ?? ''}
                options={options}
                fault={faultOf(faults, `column-${at}`)}
              />
            ),
          },
        ]}
      />
    </Pane>
  )
}
