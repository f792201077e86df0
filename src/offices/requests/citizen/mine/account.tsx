import { addresses } from '../../../../lib/addresses.ts'
import { Note, Pane, usePage, useTexts } from '../../../../ui/index.ts'
import { citizenTexts } from '../strings.ts'

/** What somebody keeps of their account: devices, mandates, the PIN, how they are reached. */
export function Account() {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  return (
    <Pane id="account" title={t('account-title')} icon="user">
      <ul className="lines">
        <li>
          <a href={url(addresses.myData)}>{t('to-data')}</a>
        </li>
        <li>
          <a href={url(addresses.myMandates)}>{t('to-mandates')}</a>
        </li>
        <li>
          <a href={url(addresses.myDevices)}>{t('to-devices')}</a>
        </li>
        <li>
          <a href={url(addresses.citizenPin)}>{t('to-pin')}</a>
        </li>
        <li>
          <a href={url(addresses.myContactDetails)}>{t('to-contact-details')}</a>
        </li>
      </ul>
    </Pane>
  )
}

/** Said to whoever registered themselves, until a clerk has seen their card. */
export function NotSeenYet() {
  const t = useTexts(citizenTexts)
  return (
    <Note tone="honey" title={t('claimed-title')}>
      {t('claimed')}
    </Note>
  )
}
