import { addresses } from '../../../../lib/addresses.ts'
import { Tabs, usePage, useTexts } from '../../../../ui/index.ts'
import { staffingTexts } from '../strings.ts'

/** The administrator's pages about who comes in, beside each other. */
export function StaffTabs({ here }: { here: 'staff' | 'keys' | 'sign-on' }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  return (
    <Tabs
      label={t('title')}
      tabs={[
        { label: t('title'), href: page.url(addresses.staffList), current: here === 'staff' },
        { label: t('tab-keys'), href: page.url(addresses.manageKeys), current: here === 'keys' },
        { label: t('tab-sign-on'), href: page.url(addresses.signOnProviders), current: here === 'sign-on' },
      ]}
    />
  )
}
