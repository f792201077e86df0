import { addresses } from '../../../../lib/addresses.ts'
import {
  type Column,
  Empty,
  Flag,
  Head,
  LinkButton,
  Num,
  Pane,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { StaffTabs } from '../../staffing/pages/tabs.tsx'
import { type Provider, providersOf } from '../providers.ts'
import { signOnTexts } from '../strings.ts'

/** GET: who else says who comes in. */
export async function showProviders(call: Call): Promise<Response> {
  const providers = await read(call, providersOf)
  return showPage(call, <ProvidersPage providers={providers} />)
}

function ProvidersPage({ providers }: { providers: Provider[] }) {
  const t = useTexts(signOnTexts)
  const page = usePage()
  const columns: Column<Provider>[] = [
    {
      id: 'name',
      head: t('list-name'),
      heads: true,
      phone: 'line' as const,
      cell: each => (
        <>
          <a href={page.url(addresses.signOnProvider, { provider: each.id })}>{each.name[page.locale]}</a>{' '}
          <small className="mut">
            <Num>{each.issuer}</Num>
          </small>
        </>
      ),
    },
    {
      id: 'for',
      head: t('list-for'),
      cell: each =>
        [each.forStaff && t('for-staff'), each.forCitizens && t('for-citizens')].filter(Boolean).join(' · '),
    },
    { id: 'state', head: t('list-state'), cell: each => <ProviderState isOn={each.isOn} /> },
  ]
  return (
    <StaffLayout title={t('title')}>
      <StaffTabs here="sign-on" />
      <Head
        title={t('title')}
        sub={t('sub')}
        actions={
          <LinkButton href={page.url(addresses.signOnProviderNew)} icon="plus">
            {t('new')}
          </LinkButton>
        }
      />
      {providers.length === 0 ? (
        <Empty title={t('none')} level={2} />
      ) : (
        <Pane id="providers" title={t('title')} icon="link" pad={false}>
          <Table caption={t('title')} columns={columns} rows={providers} rowId={each => each.id} />
        </Pane>
      )}
    </StaffLayout>
  )
}

/** Whether people come in by it. */
export function ProviderState({ isOn }: { isOn: boolean }) {
  const t = useTexts(signOnTexts)
  return (
    <Flag icon={isOn ? 'check' : 'pause'} tone={isOn ? 'olive' : 'honey'}>
      {t(isOn ? 'on' : 'off')}
    </Flag>
  )
}
