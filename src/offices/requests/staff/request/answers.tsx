import type {
  CompiledPage,
  CompiledService,
  Field,
  Answers as Given,
} from '../../../../kernel/definition/index.ts'
import { type ReadPage, renderAnswers } from '../../../../kernel/form/index.ts'
import type { Locale, Localized } from '../../../../lib/localized.ts'
import { DateText, KeyValues, Pane, type PaneProps, usePage, useTexts } from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import { AnswerValue } from './masked.tsx'
import { actTexts } from './strings.ts'

type Place = { view: RequestView; order: PaneProps['order'] }

/** Questions and answers as they were read on submission. */
export function Answers({ view, order }: Place) {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const { frozen, filedAt } = view.request
  return (
    <Pane
      id="answers"
      title={t('answers')}
      end={<DateText value={filedAt} form="dense" />}
      pad={false}
      order={order}
    >
      <Pages pages={frozen[locale]} view={view} />
    </Pane>
  )
}

/** What officers found on the way: the fields of their steps. */
export function Findings({ view, order }: Place) {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const pages = findingsOf(view.service, view.request.projection.stepFields, locale)
  if (pages.length === 0) return null
  return (
    <Pane id="findings" title={t('findings')} pad={false} order={order}>
      <Pages pages={pages} view={view} />
    </Pane>
  )
}

/** What was written in the request, without a frame of its own. */
export function AnswerPages({ view }: Pick<Place, 'view'>) {
  const { locale } = usePage()
  return <Pages pages={view.request.frozen[locale]} view={view} />
}

function Pages({ pages, view }: { pages: ReadPage[]; view: RequestView }) {
  return (
    <>
      {pages.map(({ page, items }) => (
        <div className="bound" key={page}>
          <KeyValues
            kind="answers"
            pad
            pairs={items.map(item => ({ term: item.label, value: <AnswerValue view={view} {...item} /> }))}
          />
        </div>
      ))}
    </>
  )
}

/** Officers' fields in words: each step that has some is read as a page of its own. */
export function findingsOf(service: CompiledService, fields: Given, locale: Locale): ReadPage[] {
  const pages = service.definition.steps
    .flatMap(step => [step, ...(step.opinions ?? [])])
    .filter(step => step.fields && step.fields.length > 0)
    .map(({ id, name, fields = [] }) => asPage(id, name, fields))
  return renderAnswers({ ...service, pages }, fields, locale)
}

/** Some answers in words, in the order they are named: of the form and of the officers. */
export function namedAnswers(
  { definition, ...service }: CompiledService,
  known: Given,
  ids: readonly string[],
  locale: Locale,
): ReadPage['items'] {
  const fields: Field[] = [
    ...definition.form.pages.flatMap(page => page.fields),
    ...definition.steps.flatMap(step => [step, ...(step.opinions ?? [])].flatMap(each => each.fields ?? [])),
  ]
  const named = ids.flatMap(id => fields.find(field => field.id === id) ?? [])
  const pages = [asPage('named', { ar: '', en: '' }, named)]
  return renderAnswers({ ...service, definition, pages }, known, locale).flatMap(({ items }) => items)
}

const always = (): boolean => true

const asPage = (id: string, title: Localized, fields: Field[]): CompiledPage => ({
  id,
  page: { id, title, fields },
  applies: always,
  fields: fields.map(field => ({ id: field.id, field, applies: always })),
})
