import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Locale } from '../../../../lib/localized.ts'
import { usePage, useTexts } from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

/** Under this name a page of a request is asked for what stands masked on it. */
export const showMasked = 'show'
/** The part of a request that stands masked: answers its service marks as sensitive. */
export const maskedPart = 'answers'

/** Questions of a service whose answers stand masked, as they are called on the page. */
export function maskedLabels({ definition }: CompiledService, locale: Locale): ReadonlySet<string> {
  const fields = [
    ...definition.form.pages.flatMap(page => page.fields),
    ...definition.steps.flatMap(step => [step, ...(step.opinions ?? [])].flatMap(each => each.fields ?? [])),
  ]
  return new Set(fields.filter(({ sensitive }) => sensitive).map(({ label }) => label[locale]))
}

/** An answer, or «•••» with the way to it: it is shown for a reason of its own, and the showing is written down by itself. */
export function AnswerValue({ view, label, value }: { view: RequestView; label: string; value: string }) {
  const t = useTexts(actTexts)
  const { url, locale } = usePage()
  if (view.unmasked || !maskedLabels(view.service, locale).has(label)) return <bdi>{value}</bdi>
  const { id } = view.request
  return (
    <>
      <span aria-hidden="true">{'\u2022\u2022\u2022'}</span>{' '}
      <a href={url(addresses.officeRequest, { id }, { task: view.task?.id, [showMasked]: maskedPart })}>
        {t('masked-show')}
      </a>
    </>
  )
}
