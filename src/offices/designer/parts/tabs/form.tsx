import { addresses } from '../../../../lib/addresses.ts'
import {
  type Column,
  Empty,
  LinkButton,
  Pane,
  Stack,
  Table,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { vocabularyOf } from '../../sentences/vocabulary.ts'
import { ruleInWords } from '../../sentences/words.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { choicesOf, fieldKinds } from '../panes/choices.ts'
import { said } from '../panes/model.ts'
import { nameOf, partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

type Page = NonNullable<NonNullable<View['read']['content']['form']>['pages']>[number]
type Field = NonNullable<Page['fields']>[number]

/** «النموذج»: the pages and their questions; one opened beside them. */
export function FormTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { locale } = usePage()
  const pages = view.read.content.form?.pages ?? []
  const newPage = view.writable && (
    <Pane id="new-page" title={t('new-pages')} level={3} pad={false}>
      <NewItem view={view} list={{ name: 'pages', title: 'list-pages', asks: 'words' }} base="form/pages" />
    </Pane>
  )
  if (!view.pane) {
    return (
      <Stack>
        {pages.length === 0 && (
          <Empty title={t('form-empty')} level={2}>
            {t('form-empty-next')}
          </Empty>
        )}
        {pages.map(page => (
          <PageTable key={page.id} view={view} page={page} />
        ))}
        {newPage}
      </Stack>
    )
  }
  const [, , pageId] = view.open.split('/')
  const page = pages.find(each => each.id === pageId)
  const isPage = view.open.split('/').length === 3
  // What is new beside a column is a column of the same group.
  const ofGroup = view.open.split('/').length > 5 ? view.open.split('/').slice(0, 6).join('/') : undefined
  return (
    <Zones kind="wide">
      <PaneForm view={view} />
      <Stack>
        {page && !isPage && (
          <Pane id="new-field" title={t(ofGroup ? 'new-column' : 'new-fields')} level={3} pad={false}>
            <ItemNew view={view} page={page} locale={locale} base={ofGroup} />
          </Pane>
        )}
        {pages.map(each => (
          <ItemList
            key={each.id}
            view={view}
            list={`form/pages/${each.id}/fields`}
            title={said(each.title, locale, each.id)}
            note={(field: Field) => nameOf(locale, 'kind', field.kind ?? 'text')}
            end={<PageLink view={view} page={each} />}
          />
        ))}
        {newPage}
      </Stack>
    </Zones>
  )
}

function ItemNew({
  view,
  page,
  locale,
  base,
}: {
  view: View
  page: Page
  locale: 'ar' | 'en'
  base?: string | undefined
}) {
  return (
    <NewItem
      view={view}
      list={{
        name: 'fields',
        title: 'list-questions',
        kinds: choicesOf(locale, 'kind', fieldKinds),
        asks: 'words',
      }}
      base={base ?? `form/pages/${page.id}/fields`}
      to={said(page.title, locale)}
    />
  )
}

function PageLink({ view, page }: { view: View; page: Page }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const href = `${url(addresses.designerPart, { draft: view.read.draft.id, part: 'form' }, { open: `form/pages/${page.id}` })}#edit`
  return (
    <LinkButton variant="plain" href={href} label={t('page-edit-named', { title: said(page.title, locale) })}>
      {t('page-edit')}
    </LinkButton>
  )
}

/** A page's questions to compare: order, words, kind, whether needed, when. */
function PageTable({ view, page }: { view: View; page: Page }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { content, draft } = view.read
  const subjects = vocabularyOf(content, { in: 'form' }, locale)
  const columns: Column<Field>[] = [
    {
      id: 'question',
      head: t('col-question'),
      heads: true,
      phone: 'line',
      cell: field => (
        <a
          href={`${url(addresses.designerPart, { draft: draft.id, part: 'form' }, { open: `form/pages/${page.id}/fields/${field.id}` })}#edit`}
        >
          {said(field.label, locale, field.id)}
        </a>
      ),
    },
    {
      id: 'kind',
      head: t('col-kind'),
      dim: true,
      cell: field => nameOf(locale, 'kind', field.kind ?? 'text'),
    },
    { id: 'needed', head: t('col-needed'), cell: field => t(field.optional ? 'no' : 'yes') },
    {
      id: 'when',
      head: t('col-when'),
      dim: true,
      cell: field => ruleInWords(field.when, { subjects, locale }),
    },
  ]
  const when = page.when === undefined ? undefined : ruleInWords(page.when, { subjects, locale })
  return (
    <Pane
      id={`page-${page.id}`}
      title={said(page.title, locale, page.id)}
      aside={when}
      end={<PageLink view={view} page={page} />}
      pad={false}
    >
      {(page.fields ?? []).length > 0 && (
        <Table
          caption={said(page.title, locale)}
          columns={columns}
          rows={page.fields ?? []}
          rowId={field => field.id ?? ''}
        />
      )}
      {view.writable && <ItemNew view={view} page={page} locale={locale} />}
    </Pane>
  )
}
