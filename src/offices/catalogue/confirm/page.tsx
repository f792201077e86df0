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
import type { Doubt } from './store.ts'
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
  const codes = [...new Set(view.doubts.map(({ code }) => code))]
  const done = view.doubts.filter(({ confirmed }) => confirmed).length
  const waits = (code: string) => view.doubts.some(each => each.code === code && !each.confirmed)
  const ordered = [...codes.filter(waits), ...codes.filter(code => !waits(code))]
  return (
    <StaffLayout title={t('title')} faults={view.faults}>
      <Crumbs links={[{ label: t('back'), href: url(addresses.manage) }]} />
      <Head title={t('title')} sub={t('sub')} />
      <p className="row">
        <b>
          <Say>{t('progress', { done, all: view.doubts.length })}</Say>
        </b>
        <a href={url(addresses.manage)}>{t('fees')}</a>
      </p>
      {done === view.doubts.length ? (
        <Empty level={2} title={t('all-done')}>
          {t('all-done-next')}
        </Empty>
      ) : (
        <Stack>
          {ordered.map(code => (
            <ServicePane key={code} code={code} view={view} />
          ))}
        </Stack>
      )}
    </StaffLayout>
  )
}

function ServicePane({ code, view }: { code: string; view: ConfirmView }) {
  const t = useTexts(confirmTexts)
  const local = useLocalized()
  const own = view.doubts.filter(each => each.code === code)
  const left = own.filter(({ confirmed }) => !confirmed).length
  const [first] = own
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

function Line({ doubt, view }: { doubt: Doubt; view: ConfirmView }) {
  const t = useTexts(confirmTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { code, assumption, confirmed } = doubt
  const key = `${code}/${assumption.item}`
  const words = local(assumption.words)
  return (
    <>
      <Say>{assumption.item === 'time' ? t('time-is', { time: words }) : words}</Say>
      {confirmed && (
        <small className="mut line-note">
          <Say>{t('confirmed', { ground: confirmed.ground })}</Say>
        </small>
      )}
      {!confirmed &&
        view.mayWrite &&
        (view.open === key ? (
          <Form action={url(addresses.manageConfirm)} hidden={{ code, item: assumption.item }}>
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
            <a href={`${url(addresses.manageConfirm, {}, { open: key })}#${code}`}>{t('confirm')}</a>
          </small>
        ))}
    </>
  )
}
