import type { ReactNode } from 'react'
import type { CompiledService } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  CitizenLayout,
  Head,
  LinkButton,
  PhoneText,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'

/** The town stopped this service while a form for it was being written. */
export const retiredPage = (service: CompiledService): ReactNode => <RetiredPage service={service} />

function RetiredPage({ service }: { service: CompiledService }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url, town } = usePage()
  return (
    <CitizenLayout title={t('retired-title')} unlisted>
      <div className="read">
        <Head title={t('retired-title')} />
        <p className="lead">{t('retired-text', { service: local(service.definition.name) })}</p>
        <p className="mut">
          {t('retired-ask')} <PhoneText value={town.phone} call />
        </p>
        <p className="row mt">
          <LinkButton href={url(addresses.services)}>{t('to-services')}</LinkButton>
          <LinkButton variant="plain" href={url(addresses.my)}>
            {t('to-my')}
          </LinkButton>
        </p>
      </div>
    </CitizenLayout>
  )
}
