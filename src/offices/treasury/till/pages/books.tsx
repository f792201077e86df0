import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  Form,
  faultOf,
  Head,
  Note,
  NumberField,
  Pane,
  SelectField,
  StaffLayout,
  Table,
  Tag,
  TextField,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, param, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { addBook, booksOf, setBookActive } from '../books.ts'
import type { Book, BookKind } from '../model.ts'
import { readWhole } from '../read.ts'
import { missingPages } from '../reports.ts'
import { tillText, tillTexts } from '../strings.ts'
import { act } from './act.ts'

type Shelf = { book: Book; missing: number[] }
type Again = { refusal?: string; faults?: Fault[] }

/** GET: the books, and a new one. */
export async function showBooks(call: Call, again: Again = {}): Promise<Response> {
  const shelf = await read(call, async tx => {
    const found: Shelf[] = []
    for (const book of await booksOf(tx))
      found.push({ book, missing: book.kind === 'hand-written' ? await missingPages(tx, book.book) : [] })
    return found
  })
  const title = tillText(call.locale, 'books-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={again.faults}>
      <Crumbs links={[{ label: tillText(call.locale, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} sub={tillText(call.locale, 'books-sub')} />
      {again.refusal && <Note tone="sumac">{again.refusal}</Note>}
      <Zones kind="wide">
        <ShelfTable shelf={shelf} />
        <NewBook call={call} faults={again.faults} />
      </Zones>
    </StaffLayout>,
    again.faults ? 422 : again.refusal ? 409 : 200,
  )
}

function ShelfTable({ shelf }: { shelf: Shelf[] }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const columns: Column<Shelf>[] = [
    {
      id: 'book',
      head: t('book-letter'),
      heads: true,
      tight: true,
      cell: ({ book }) => <bdi>{book.book}</bdi>,
    },
    {
      id: 'kind',
      head: t('book-kind'),
      phone: 'line' as const,
      cell: ({ book }) => (
        <>
          {t(`book-${book.kind}`)}
          {book.description && (
            <>
              <br />
              <small className="plain mut">{book.description}</small>
            </>
          )}
        </>
      ),
    },
    {
      id: 'range',
      head: t('book-range'),
      cell: ({ book }) => book.pages && <bdi dir="ltr">{t('book-pages', book.pages)}</bdi>,
    },
    {
      id: 'missing',
      head: t('book-missing'),
      cell: ({ book, missing }) =>
        book.pages &&
        (missing.length === 0 ? t('book-missing-none') : <bdi dir="ltr">{missing.join(', ')}</bdi>),
    },
    {
      id: 'state',
      head: t('book-state'),
      cell: ({ book }) => (book.active ? t('book-active') : <Tag>{t('book-away')}</Tag>),
    },
    {
      id: 'do',
      head: t('book-do'),
      phone: 'end' as const,
      cell: ({ book }) =>
        book.kind !== 'online' && (
          <Form
            action={url(addresses.treasuryBook, { book: book.book })}
            hidden={{ active: book.active ? 'no' : 'yes' }}
            inline
          >
            <Button variant="plain">{t(book.active ? 'book-put-away' : 'book-take-out')}</Button>
          </Form>
        ),
    },
  ]
  return (
    <Pane id="books" title={t('books-title')} icon="list" pad={false}>
      {shelf.length === 0 ? (
        <p className="pad mut">{t('books-none')}</p>
      ) : (
        <Table caption={t('books-title')} columns={columns} rows={shelf} rowId={({ book }) => book.book} />
      )}
    </Pane>
  )
}

function NewBook({ call, faults }: { call: Call; faults: Fault[] | undefined }) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const said = (name: string) => typedText(call, name)
  return (
    <Pane id="new" title={t('book-add')}>
      <Form action={url(addresses.treasuryBooks)}>
        <TextField
          name="book"
          label={t('book-letter')}
          hint={t('book-letter-hint')}
          value={said('book')}
          fault={faultOf(faults, 'book')}
          maxLength={12}
          width="short"
          ltr
        />
        <SelectField
          name="kind"
          label={t('book-kind')}
          options={(['printed', 'hand-written'] as const).map(kind => ({
            value: kind,
            label: t(`book-${kind}`),
          }))}
          value={said('kind') || 'printed'}
          fault={faultOf(faults, 'kind')}
        />
        <TextField
          name="description"
          label={t('book-description')}
          value={said('description')}
          maxLength={120}
          optional
        />
        <div className="two-f">
          <NumberField
            name="first"
            label={t('book-first')}
            value={said('first')}
            fault={faultOf(faults, 'first')}
            optional
          />
          <NumberField
            name="last"
            label={t('book-last')}
            value={said('last')}
            fault={faultOf(faults, 'last')}
            optional
          />
        </div>
        <Button>{t('book-add')}</Button>
      </Form>
    </Pane>
  )
}

/** POST: a new book. */
export async function saveBook(call: Call): Promise<Response> {
  const said = (name: string) => typedText(call, name).trim()
  const kind = said('kind')
  const faults: Fault[] = []
  if (kind !== 'printed' && kind !== 'hand-written') faults.push({ field: 'kind', code: 'required' })
  if (said('book') === '') faults.push({ field: 'book', code: 'required' })
  const [first, last] = [readWhole(said('first')), readWhole(said('last'))]
  if (first === undefined) faults.push({ field: 'first', code: 'not-a-number' })
  if (last === undefined) faults.push({ field: 'last', code: 'not-a-number' })
  if (faults.length > 0) return showBooks(call, { faults })
  const book = said('book').toUpperCase()
  const pages = kind === 'hand-written' ? { first: first ?? 0, last: last ?? 0 } : undefined
  const by = actorKey(call.visitor.actor)
  return act(call, {
    to: url(call, addresses.treasuryBooks),
    said: tillText(call.locale, 'book-added', { book }),
    work: tx =>
      addBook(tx, {
        book,
        kind: kind as BookKind,
        description: said('description').slice(0, 120),
        pages,
        by,
      }),
    again: refusal => showBooks(call, { refusal }),
  })
}

/** POST: puts a book away, or uses it again. */
export async function changeBook(call: Call): Promise<Response> {
  const book = param(call, 'book')
  const active = typedText(call, 'active') === 'yes'
  return act(call, {
    to: url(call, addresses.treasuryBooks),
    said: tillText(call.locale, 'book-changed', { book }),
    work: tx => setBookActive(tx, { book, active, by: actorKey(call.visitor.actor) }),
    again: refusal => showBooks(call, { refusal }),
  })
}
