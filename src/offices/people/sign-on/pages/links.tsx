import { addresses } from '../../../../lib/addresses.ts'
import type { Localized } from '../../../../lib/localized.ts'
import { LinkButton, Note, usePage, useTexts } from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { carried, type Wish } from '../../pages/destination.ts'
import { providersOf } from '../providers.ts'
import { signOnTexts } from '../strings.ts'
import { leftProvider } from './end.ts'

/** What a log-in page offers besides its own way. */
export type Offered = {
  providers: { id: string; name: Localized }[]
  /** By whom the visitor had come in before they left here a moment ago. */
  left: { id: string; name: Localized } | undefined
}

/** The providers by which these people may come in. */
export async function offeredSignOn(call: Call, kind: 'staff' | 'citizen'): Promise<Offered> {
  const all = await read(call, providersOf)
  const left = leftProvider(call)
  return {
    providers: all
      .filter(each => each.isOn && (kind === 'staff' ? each.forStaff : each.forCitizens))
      .map(({ id, name }) => ({ id, name })),
    left: all.find(({ id }) => id === left?.id),
  }
}

/** Links to the providers; nothing where there are none. */
export function SignOnLinks({
  kind,
  offered,
  wish,
}: {
  kind: 'staff' | 'citizen'
  offered: Offered
  wish: Wish
}) {
  const t = useTexts(signOnTexts)
  const page = usePage()
  const address = kind === 'staff' ? addresses.staffSignOn : addresses.citizenSignOn
  if (offered.providers.length === 0 && !offered.left) return null
  return (
    <>
      {offered.left && (
        <div className="mb-s">
          <Note small>
            {t('leave-too', { name: offered.left.name[page.locale] })}{' '}
            <a href={page.url(addresses.signOnLeave, { provider: offered.left.id })}>{t('leave-there')}</a>
          </Note>
        </div>
      )}
      <div className="row mb-s">
        {offered.providers.map(({ id, name }) => (
          <LinkButton
            key={id}
            href={page.url(address, { provider: id }, carried(wish))}
            variant="quiet"
            icon="out"
          >
            {t('enter-by', { name: name[page.locale] })}
          </LinkButton>
        ))}
      </div>
    </>
  )
}
