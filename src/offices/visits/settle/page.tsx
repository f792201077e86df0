import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Columns,
  Empty,
  Form,
  Head,
  KeyValues,
  LinkButton,
  Num,
  Pane,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { Typed } from '../../../web/call.ts'
import type { Ground, Purpose, VisitRules } from '../model.ts'
import type { WindowNow } from '../store.ts'
import { visitTexts } from '../strings.ts'
import { SettingForm } from './forms.tsx'
import { ruleNames } from './read.ts'

export type SettingsView = {
  windows: WindowNow[]
  purposes: Purpose[]
  grounds: Ground[]
  rules: VisitRules
  edit: string
  faults: readonly Fault[]
  /** As typed, when it comes back. */
  typed: Typed | undefined
}

/** `/manage/windows`. */
export function SettlePage({ view }: { view: SettingsView }) {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('settings')} faults={view.faults}>
      <Head title={t('settings')} sub={t('settings-sub')} />
      {view.purposes.length === 0 ? (
        <Empty
          title={t('settings-empty')}
          level={2}
          action={
            <Form action={url(addresses.manageWindows)} inline>
              <Button>{t('settings-usual')}</Button>
            </Form>
          }
        >
          {t('settings-empty-next')}
        </Empty>
      ) : (
        <Columns side={view.edit !== '' && <SettingForm view={view} />}>
          <Stack>
            <Windows view={view} />
            <Purposes view={view} />
            <Grounds view={view} />
            <Rules view={view} />
          </Stack>
        </Columns>
      )}
    </StaffLayout>
  )
}

function Change({ edit, label }: { edit: string; label: string }) {
  const { url } = usePage()
  return (
    <LinkButton href={url(addresses.manageWindows, {}, { edit })} variant="plain">
      {label}
    </LinkButton>
  )
}

function Windows({ view: { windows, purposes } }: { view: SettingsView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const names = new Map(purposes.map(each => [each.code, local(each.name)]))
  return (
    <Pane
      id="windows"
      title={t('windows')}
      pad={false}
      end={<Change edit="window:new" label={t('window-new')} />}
    >
      <Table
        caption={t('windows')}
        rows={windows}
        rowId={each => String(each.number)}
        columns={[
          { id: 'name', head: t('window'), heads: true, cell: each => local(each.name) },
          {
            id: 'serves',
            head: t('serves'),
            phone: 'line',
            cell: each => each.purposes.map(code => names.get(code) ?? code).join(t('comma')),
          },
          { id: 'state', head: t('state'), cell: each => t(each.open ? 'is-open' : 'is-closed') },
          {
            id: 'change',
            head: <span className="vh">{t('change')}</span>,
            phone: 'end',
            cell: each => <Change edit={`window:${each.number}`} label={t('change')} />,
          },
        ]}
      />
    </Pane>
  )
}

function Purposes({ view: { purposes } }: { view: SettingsView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  return (
    <Pane
      id="purposes"
      title={t('purposes')}
      pad={false}
      end={<Change edit="purpose:new" label={t('purpose-new')} />}
    >
      <Table
        caption={t('purposes')}
        rows={purposes}
        rowId={each => each.code}
        columns={[
          {
            id: 'name',
            head: t('purpose'),
            heads: true,
            cell: each => (
              <>
                <b>{each.letter}</b> {local(each.name)}
              </>
            ),
          },
          {
            id: 'promise',
            head: t('promise'),
            cell: each => t('minutes', { count: each.promiseMinutes }),
          },
          { id: 'state', head: t('state'), cell: each => t(each.open ? 'is-open' : 'is-closed') },
          {
            id: 'change',
            head: <span className="vh">{t('change')}</span>,
            phone: 'end',
            cell: each => <Change edit={`purpose:${each.code}`} label={t('change')} />,
          },
        ]}
      />
    </Pane>
  )
}

function Grounds({ view: { grounds } }: { view: SettingsView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  return (
    <Pane
      id="grounds"
      title={t('grounds')}
      aside={t('grounds-sub')}
      pad={false}
      end={<Change edit="ground:new" label={t('ground-new')} />}
    >
      <Table
        caption={t('grounds')}
        rows={grounds}
        rowId={each => each.code}
        columns={[
          { id: 'name', head: t('ground'), heads: true, cell: each => local(each.name) },
          { id: 'state', head: t('state'), cell: each => t(each.open ? 'is-open' : 'is-closed') },
          {
            id: 'change',
            head: <span className="vh">{t('change')}</span>,
            phone: 'end',
            cell: each => <Change edit={`ground:${each.code}`} label={t('change')} />,
          },
        ]}
      />
    </Pane>
  )
}

function Rules({ view: { rules } }: { view: SettingsView }) {
  const t = useTexts(visitTexts)
  return (
    <Pane id="rules" title={t('rules')} end={<Change edit="rules" label={t('change')} />}>
      <KeyValues
        pairs={ruleNames.map(name => ({ term: t(`rule-${name}`), value: <Num>{rules[name]}</Num> }))}
      />
    </Pane>
  )
}
