import { FileField, faultOf, useLocalized, useTexts } from '../../../../ui/index.ts'
import { mostMegabytes } from '../../../archive/index.ts'
import { type FieldsProps, NoteField } from './fields.tsx'
import { actTexts } from './strings.ts'

/** What was missing and has been handed over at the office. */
export function SupplyFields(props: FieldsProps) {
  const { view, shown } = props
  const t = useTexts(actTexts)
  const local = useLocalized()
  return (
    <>
      {view.request.projection.missingPapers.map(({ id, words }) => {
        const paper = view.service.definition.papers.find(each => each.id === id)
        return (
          <FileField
            key={id}
            name={`paper.${id}`}
            label={paper ? local(paper.name) : id}
            hint={words || undefined}
            limit={t('file-limit', { megabytes: mostMegabytes })}
            fault={faultOf(shown.faults, `paper.${id}`)}
            noCamera
            multiple
          />
        )
      })}
      <NoteField {...props} />
    </>
  )
}
