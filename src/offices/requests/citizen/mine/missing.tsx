import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  DateText,
  FileField,
  Form,
  faultOf,
  HowLink,
  Pane,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { mostMegabytes } from '../../../archive/index.ts'
import { acceptOf } from '../filing/papers.tsx'
import { citizenTexts } from '../strings.ts'
import type { RequestSheet } from './request.tsx'

/** The name of a missing paper's box. */
export const missingBox = (paperId: string): string => `paper.${paperId}`

/** What the request lacks, with the place to send it from. */
export function Missing({ sheet, faults }: { sheet: RequestSheet; faults: Fault[] }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, service, papers } = sheet
  const { missingPapers } = request.projection
  return (
    <Pane id="missing" tone="stop" icon="gap" title={t('missing-papers', { count: missingPapers.length })}>
      <HowLink topic="paper" />
      <Form action={url(addresses.myRequestPapers, { id: request.id })} files>
        {missingPapers.map(missing => {
          const paper = service.definition.papers.find(each => each.id === missing.id)
          const name = missingBox(missing.id)
          const sent = papers.filter(each => each.paperId === missing.id && each.at > missing.askedAt)
          return (
            <FileField
              key={missing.id}
              name={name}
              label={paper ? local(paper.name) : missing.words}
              hint={
                <>
                  {missing.words !== '' && <bdi>{missing.words} </bdi>}
                  {t('asked-at')} <DateText value={missing.askedAt} form="moment" />
                  {t('stop')} {t('file-limit', { max: mostMegabytes })}
                </>
              }
              fault={faultOf(faults, name)}
              multiple
              accept={acceptOf(paper?.accept ?? ['pdf', 'jpeg', 'png', 'heic'])}
              files={sent.map(each => ({
                id: each.documentId,
                title: <bdi>{each.fileName}</bdi>,
                fate: 'arrived',
                href: url(addresses.document, { id: each.documentId }),
              }))}
              upload={url(
                addresses.uploads,
                {},
                { purpose: 'request', request: request.id, paper: missing.id },
              )}
            />
          )
        })}
        <Button icon="go">{t('missing-send')}</Button>
        <p className="sm mut mt-s">{t('missing-clock')}</p>
      </Form>
    </Pane>
  )
}
