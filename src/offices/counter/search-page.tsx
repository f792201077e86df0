import type { ReactNode } from 'react'
import { addresses } from '../../lib/addresses.ts'
import { formatMoney } from '../../lib/money.ts'
import {
  Button,
  DateText,
  Empty,
  Form,
  FoundList,
  Head,
  KeyHints,
  LinkButton,
  Pane,
  PersonName,
  Stack,
  Table,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../ui/index.ts'
import { requestNumber } from '../requests/index.ts'
import { useFound } from './found.tsx'
import { CounterLayout } from './layout.tsx'
import { originalTexts } from './originals/strings.ts'
import type { SearchView, Waiting } from './search.tsx'
import { counterTexts } from './strings.ts'

/** `/counter`: who stands at the window, and what waits there. */
export function SearchPage({ view }: { view: SearchView }) {
  const t = useTexts(counterTexts)
  const originals = useTexts(originalTexts)
  const { url } = usePage()
  const { text, waiting } = view
  const waits = waiting.begun.length + waiting.unpaid.length + waiting.handovers.length > 0
  return (
    <CounterLayout title={t('counter')} bar={false}>
      <Head
        title={t('counter')}
        actions={
          view.mayRegister && (
            <>
              <LinkButton href={url(addresses.counterOriginals)} variant="plain" icon="box">
                {originals('title')}
              </LinkButton>
              <LinkButton
                href={url(addresses.counterRegister, {}, { q: text })}
                variant="quiet"
                icon="plus"
                hotkey="Alt+KeyN"
              >
                {t('register')}
              </LinkButton>
            </>
          )
        }
      />
      <Stack>
        <Pane>
          <Form action={url(addresses.counter)} method="get" label={t('search-label')}>
            <div className="find-row">
              <TextField
                name="q"
                label={t('search-label')}
                hint={t('search-hint')}
                value={text}
                type="search"
                inputMode="search"
                autoFocus={text === ''}
                hotkey="F2"
                tight
              />
              <Button icon="search">{t('search-do')}</Button>
            </div>
          </Form>
        </Pane>
        {text !== '' && <Results view={view} />}
        {waits ? (
          <Zones kind="third">
            <Begun waiting={waiting} />
            {view.mayTake && <Unpaid waiting={waiting} />}
            {view.mayFile && <Handovers waiting={waiting} />}
          </Zones>
        ) : (
          text === '' && (
            <Empty level={2} title={t('nothing-waits')}>
              {t('nothing-waits-next')}
            </Empty>
          )
        )}
      </Stack>
      <KeyHints
        hints={[
          { keys: 'F2', label: t('key-search') },
          { keys: ['ArrowUp', 'ArrowDown'], label: t('key-move') },
          { keys: 'Enter', label: t('key-open') },
          { keys: 'Alt+KeyN', label: t('register') },
        ]}
      />
    </CounterLayout>
  )
}

function Results({ view }: { view: SearchView }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const groups = useFound(view)
  const { text, mayRegister } = view
  if (groups.length > 0) return <FoundList groups={groups} />
  return (
    <Empty
      title={t('found-none', { text })}
      level={2}
      action={
        mayRegister && (
          <LinkButton href={url(addresses.counterRegister, {}, { q: text })} icon="plus">
            {t('register')}
          </LinkButton>
        )
      }
    >
      {t('found-none-next')}
    </Empty>
  )
}

function Begun({ waiting }: { waiting: Waiting }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Pane id="begun" title={t('begun')} icon="doc" aside={count(waiting.begun)} pad={false}>
      {waiting.begun.length === 0 ? (
        <p className="pad mut">{t('begun-none')}</p>
      ) : (
        <Table
          caption={t('begun')}
          rows={waiting.begun}
          rowId={line => line.id}
          columns={[
            {
              id: 'who',
              head: t('person'),
              heads: true,
              phone: 'line',
              cell: line => (
                <Line
                  href={url(addresses.counterDraft, { draft: line.id })}
                  name={line.person}
                  note={
                    line.mine
                      ? line.service
                      : `${line.service} · ${t('begun-by', { name: local(line.startedBy) })}`
                  }
                />
              ),
            },
            {
              id: 'when',
              head: t('when'),
              phone: 'end',
              dim: true,
              cell: line => <DateText value={line.updatedAt} form="moment" />,
            },
          ]}
        />
      )}
    </Pane>
  )
}

function Unpaid({ waiting }: { waiting: Waiting }) {
  const t = useTexts(counterTexts)
  const { url, locale } = usePage()
  return (
    <Pane id="unpaid" title={t('unpaid')} icon="cash" aside={count(waiting.unpaid)} pad={false}>
      {waiting.unpaid.length === 0 ? (
        <p className="pad mut">{t('unpaid-none')}</p>
      ) : (
        <Table
          caption={t('unpaid')}
          rows={waiting.unpaid}
          rowId={line => line.id}
          columns={[
            {
              id: 'who',
              head: t('person'),
              heads: true,
              phone: 'line',
              cell: line => (
                <Line
                  href={url(addresses.counterCollect, { id: line.id })}
                  name={line.person}
                  note={`${line.service} ${requestNumber(line)}`}
                />
              ),
            },
            {
              id: 'amount',
              head: t('amount'),
              tight: true,
              phone: 'end',
              cell: line => line.open.map(each => <p key={each.currency}>{formatMoney(each, locale)}</p>),
            },
          ]}
        />
      )}
    </Pane>
  )
}

function Handovers({ waiting }: { waiting: Waiting }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  return (
    <Pane id="handovers" title={t('handovers')} icon="hand" aside={count(waiting.handovers)} pad={false}>
      {waiting.handovers.length === 0 ? (
        <p className="pad mut">{t('handovers-none')}</p>
      ) : (
        <Table
          caption={t('handovers')}
          rows={waiting.handovers}
          rowId={line => line.taskId}
          columns={[
            {
              id: 'who',
              head: t('person'),
              heads: true,
              phone: 'line',
              cell: line => (
                <Line
                  href={url(addresses.officeRequest, { id: line.requestId })}
                  name={line.applicant}
                  note={`${line.service} ${requestNumber(line)}`}
                />
              ),
            },
            {
              id: 'when',
              head: t('since'),
              phone: 'end',
              dim: true,
              cell: line => <DateText value={line.openedAt} />,
            },
          ]}
        />
      )}
    </Pane>
  )
}

const count = (lines: readonly unknown[]): ReactNode => (lines.length > 0 ? lines.length : undefined)

function Line({ href, name, note }: { href: string; name: string; note: string }) {
  return (
    <>
      <a href={href}>
        <PersonName>{name}</PersonName>
      </a>
      <small className="line-note dim">{note}</small>
    </>
  )
}
