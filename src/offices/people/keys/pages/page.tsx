import { addresses } from '../../../../lib/addresses.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  type Column,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  MultipleField,
  Pane,
  Stack,
  StaffLayout,
  Table,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { type Call, read, typedList, typedText } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import type { StaffMember } from '../../model.ts'
import { staffById } from '../../offices.ts'
import { StaffTabs } from '../../staffing/pages/tabs.tsx'
import { keyScopes } from '../scopes.ts'
import { type ApiKey, apiKeys } from '../store.ts'
import { type KeyText, keyTexts } from '../strings.ts'

type View = {
  keys: ApiKey[]
  makers: ReadonlyMap<string, StaffMember>
  faults: readonly Fault[]
  name: string
  scopes: readonly string[]
}

/** GET: all keys, and the form of another. */
export async function showKeys(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const { keys, makers } = await read(call, async tx => {
    const keys = await apiKeys(tx)
    return {
      keys,
      makers: await staffById(
        tx,
        keys.flatMap(({ madeBy }) => madeBy ?? []),
      ),
    }
  })
  const view = { keys, makers, faults, name: typedText(call, 'name'), scopes: typedList(call, 'scopes') }
  return showPage(call, <KeysPage {...view} />, faults.length > 0 ? 422 : 200)
}

function KeysPage(view: View) {
  const t = useTexts(keyTexts)
  return (
    <StaffLayout title={t('title')} faults={view.faults}>
      <StaffTabs here="keys" />
      <Head title={t('title')} sub={t('sub')} />
      <Zones kind="wide">
        <Stack>{view.keys.length === 0 ? <Empty title={t('none')} level={2} /> : <Keys {...view} />}</Stack>
        <NewKey {...view} />
      </Zones>
    </StaffLayout>
  )
}

function Keys({ keys, makers }: View) {
  const t = useTexts(keyTexts)
  const page = usePage()
  const columns: Column<ApiKey>[] = [
    {
      id: 'name',
      head: t('list-name'),
      heads: true,
      phone: 'line' as const,
      cell: key => <bdi>{key.name}</bdi>,
    },
    {
      id: 'scopes',
      head: t('list-scopes'),
      phone: 'line' as const,
      dim: true,
      cell: key => (
        <ul className="lines sm">
          {key.scopes.map(scope => (
            <li key={scope}>{scopeText(scope) in keyTexts.ar ? t(scopeText(scope)) : scope}</li>
          ))}
        </ul>
      ),
    },
    {
      id: 'made',
      head: t('list-made'),
      cell: key => (
        <>
          <DateText value={key.createdAt} form="plain" />{' '}
          <small className="mut">
            {key.madeBy ? makers.get(key.madeBy)?.name[page.locale] : t('by-command')}
          </small>
        </>
      ),
    },
    {
      id: 'used',
      head: t('list-used'),
      cell: key => (key.usedAt ? <DateText value={key.usedAt} form="near" /> : t('list-unused')),
    },
    {
      id: 'revoke',
      head: <span className="vh">{t('list-act')}</span>,
      phone: 'end' as const,
      cell: key =>
        key.revokedAt ? (
          <span className="mut">{t('revoked', { date: shortDate(key.revokedAt, page) })}</span>
        ) : (
          <Form action={page.url(addresses.manageKeyRevoke, { key: key.id })} inline>
            <Button variant="plain" label={t('revoke-of', { name: key.name })}>
              {t('revoke')}
            </Button>
          </Form>
        ),
    },
  ]
  return (
    <Pane id="keys" title={t('title')} icon="link" pad={false}>
      <Table caption={t('title')} columns={columns} rows={keys} rowId={key => key.id} />
    </Pane>
  )
}

const scopeText = (scope: string) => `scope-${scope}` as KeyText

function NewKey({ name, scopes, faults }: View) {
  const t = useTexts(keyTexts)
  const page = usePage()
  return (
    <Pane id="new" title={t('new-title')} icon="plus">
      <Form action={page.url(addresses.manageKeys)}>
        <TextField
          name="name"
          label={t('form-name')}
          value={name}
          fault={faultOf(faults, 'name')}
          maxLength={80}
        />
        <MultipleField
          name="scopes"
          label={t('form-scopes')}
          values={scopes}
          fault={faultOf(faults, 'scopes')}
          options={keyScopes.map(value => ({ value, label: t(`scope-${value}`), hint: value }))}
        />
        <Button>{t('form-add')}</Button>
      </Form>
    </Pane>
  )
}
