import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Empty,
  Form,
  faultOf,
  Head,
  Pane,
  Say,
  Stack,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Doubt, everywhere } from './store.ts'
import { confirmTexts } from './strings.ts'

export type ConfirmView = {
  doubts: readonly Doubt[]
  mayWrite: boolean
  /** Which one is being confirmed: CODE/ITEM. */
  open: string
  typed: string
  faults: readonly Fault[]
}

/** `/manage/confirm`: what the services assume of the town, service by service. */
export function ConfirmPage({ view }: { view: ConfirmView }) {
  const t = useTexts(confirmTexts)
  const { url } = usePage()
  const { shared, own } = sorted(view.doubts)
  const codes = [...new Set(own.map(({ code }) => code))]
  const all = [...shared.map(({ doubt }) => doubt), ...own]
  const done = all.filter(({ confirmed }) => confirmed).length
  const waits = (code: string) => own.some(each => each.code === code && !each.confirmed)
  const ordered = [...codes.filter(waits), ...codes.filter(code => !waits(code))]
  return (
    <StaffLayout title={t('title')} faults={view.faults}>
      <Crumbs links={[{ label: t('back'), href: url(addresses.manage) }]} />
      <Head title={t('title')} sub={t('sub')} />
      <p className="row">
        <b>
          <Say>{t('progress', { done, all: all.length })}</Say>
        </b>
        <a href={url(addresses.manage)}>{t('fees')}</a>
      </p>
      {done === all.length ? (
        <Empty level={2} title={t('all-done')}>
          {t('all-done-next')}
        </Empty>
      ) : (
        <Stack>
          {shared.length > 0 && <SharedPane shared={shared} view={view} />}
          {ordered.map(code => (
            <ServicePane key={code} own={own.filter(each => each.code === code)} view={view} />
          ))}
        </Stack>
      )}
    </StaffLayout>
  )
}

type Shared = { doubt: Doubt; services: number }

/** What several services assume in the same words is confirmed once for all of them. */
function sorted(doubts: readonly Doubt[]): { shared: Shared[]; own: Doubt[] } {
  const together = new Map<string, Doubt[]>()
  for (const doubt of doubts) {
    const { item, words } = doubt.assumption
    const key = item === 'time' ? `${doubt.code} time` : `${item} ${words.ar}`
    together.set(key, [...(together.get(key) ?? []), doubt])
  }
  const groups = [...together.values()]
  return {
    shared: groups.flatMap(each => {
      const doubt = each.find(({ confirmed }) => !confirmed) ?? each[0]
      return each.length > 1 && doubt
        ? [{ doubt: { ...doubt, code: everywhere }, services: each.length }]
        : []
    }),
    own: groups.flatMap(each => (each.length === 1 ? each : [])),
  }
}

function SharedPane({ shared, view }: { shared: readonly Shared[]; view: ConfirmView }) {
  const t = useTexts(confirmTexts)
  return (
    <Pane id="shared" title={t('shared')}>
      <ul className="lines">
        {shared.map(({ doubt, services }) => (
          <li key={`${doubt.assumption.item} ${doubt.assumption.words.ar}`}>
            <Line doubt={doubt} view={view} note={t('in-services', { count: services })} />
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function ServicePane({ own, view }: { own: readonly Doubt[]; view: ConfirmView }) {
  const t = useTexts(confirmTexts)
  const local = useLocalized()
  const left = own.filter(({ confirmed }) => !confirmed).length
  const [first] = own
  const code = first?.code ?? ''
  return (
    <Pane
      id={code}
      title={`${first ? local(first.name) : ''} ${code}`}
      end={left > 0 && t('waiting', { count: left })}
    >
      <ul className="lines">
        {own.map(doubt => (
          <li key={doubt.assumption.item}>
            <Line doubt={doubt} view={view} />
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function Line({ doubt, view, note }: { doubt: Doubt; view: ConfirmView; note?: string }) {
  const t = useTexts(confirmTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { code, assumption, confirmed } = doubt
  const key = `${code}/${assumption.item}`
  const words = local(assumption.words)
  return (
    <>
      <Say>{assumption.item === 'time' ? t('time-is', { time: words }) : words}</Say>
      {note && (
        <small className="mut line-note">
          <Say>{note}</Say>
        </small>
      )}
      {confirmed && (
        <small className="mut line-note">
          <Say>{t('confirmed', { ground: confirmed.ground })}</Say>
        </small>
      )}
      {!confirmed &&
        view.mayWrite &&
        (view.open === key ? (
          <Form
            action={url(addresses.manageConfirm)}
            hidden={{ code, item: assumption.item, words: assumption.words.ar }}
          >
            <TextField
              name="ground"
              label={t('ground')}
              hint={t('ground-hint')}
              maxLength={120}
              value={view.typed}
              fault={faultOf(view.faults, 'ground')}
            />
            <Button>{t('confirm')}</Button>
          </Form>
        ) : (
          <small className="line-note">
            <a
              href={`${url(addresses.manageConfirm, {}, { open: key })}#${code === everywhere ? 'shared' : code}`}
            >
              {t('confirm')}
            </a>
          </small>
        ))}
    </>
  )
}
