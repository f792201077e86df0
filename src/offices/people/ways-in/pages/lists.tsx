import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  type Column,
  DateText,
  Form,
  Pane,
  Table,
  Tag,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { OpenLogIn } from '../mine.ts'
import type { Passkey } from '../passkey-store.ts'
import { wayTexts } from '../strings.ts'
import { deviceName } from './device.ts'

/** Where somebody is logged in, this page's own log-in first; each can be ended, and all others at once. */
export function LogIns({ logIns, here }: { logIns: readonly OpenLogIn[]; here: string }) {
  const t = useTexts(wayTexts)
  const page = usePage()
  const sorted = [...logIns].sort((a, b) => Number(b.id === here) - Number(a.id === here))
  const columns: Column<OpenLogIn>[] = [
    {
      id: 'device',
      head: t('log-ins-device'),
      heads: true,
      cell: each => (
        <>
          <bdi>{deviceName(page.locale, each.device)}</bdi>{' '}
          {each.id === here && <Tag>{t('log-ins-this')}</Tag>}
        </>
      ),
    },
    { id: 'how', head: t('log-ins-how'), dim: true, cell: each => t(howKey(each)) },
    {
      id: 'since',
      head: t('log-ins-since'),
      cell: each => <DateText value={each.since} form="moment" />,
    },
    {
      id: 'until',
      head: t('log-ins-until'),
      phone: 'hide' as const,
      dim: true,
      cell: each => <DateText value={each.until} form="moment" />,
    },
    {
      id: 'end',
      head: <span className="vh">{t('log-ins-act')}</span>,
      phone: 'end' as const,
      cell: each =>
        each.id !== here && (
          <Form
            action={page.url(addresses.securitySessions)}
            hidden={Object.fromEntries([['log-in', each.id]])}
            inline
          >
            <Button
              variant="plain"
              label={t('log-ins-end-of', { device: deviceName(page.locale, each.device) })}
            >
              {t('log-ins-end')}
            </Button>
          </Form>
        ),
    },
  ]
  return (
    <Pane
      id="log-ins"
      title={t('log-ins-title')}
      icon="users"
      pad={false}
      footer={
        sorted.length > 1 ? (
          <Form action={page.url(addresses.securitySessions)} inline>
            <Button variant="stop">{t('log-ins-end-all')}</Button>
          </Form>
        ) : (
          <span className="sm mut">{t('log-ins-only')}</span>
        )
      }
    >
      <Table caption={t('log-ins-title')} columns={columns} rows={sorted} rowId={each => each.id} />
    </Pane>
  )
}

function howKey({ how }: OpenLogIn) {
  return how === 'pin' ? 'how-' : (`how-${how}` as const)
}

/** The keys somebody has. */
export function Passkeys({ keys }: { keys: readonly Passkey[] }) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <ul className="check">
      {keys.map(key => (
        <li key={key.id}>
          <span />
          <div>
            <span className="strong">
              <bdi>{key.name}</bdi>
            </span>{' '}
            <Tag>{t(key.synced ? 'passkey-synced' : 'passkey-one')}</Tag>
            <small>
              {t('passkey-added-at')} <DateText value={key.addedAt} form="plain" />
              {' · '}
              {key.usedAt ? (
                <>
                  {t('passkey-used-at')} <DateText value={key.usedAt} form="moment" />
                </>
              ) : (
                t('passkey-unused')
              )}
            </small>
          </div>
          <Form action={page.url(addresses.securityPasskeyRemove, { key: key.id })} inline>
            <Button variant="plain" label={t('passkey-remove-of', { name: key.name })}>
              {t('passkey-remove')}
            </Button>
          </Form>
        </li>
      ))}
    </ul>
  )
}
