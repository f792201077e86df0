import { messageVariables } from '../../../../kernel/definition/checks/variables.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { smsParts } from '../../../../lib/sms/index.ts'
import {
  Empty,
  Flag,
  Pane,
  PickIn,
  PickInItem,
  Stack,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { exampleOf } from '../engine/filled.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { exampleValues } from '../panes/messages.ts'
import { nameOf, partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

/** «الرسائل»: what is told on each occasion, with its length as it will be sent; and the reasons for refusing. */
export function MessagesTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { content, draft } = view.read
  const examples = exampleValues(content)
  const messages = (content.messages ?? {}) as Record<string, { ar?: string } | undefined>
  const events = Object.keys(messageVariables)
  const sorted = [...events.filter(event => messages[event]), ...events.filter(event => !messages[event])]
  return (
    <Zones kind="wide">
      <Stack>
        {view.pane ? (
          <PaneForm view={view} />
        ) : (
          <Empty title={t('messages-choose')} level={2}>
            {t('messages-choose-next')}
          </Empty>
        )}
      </Stack>
      <Stack>
        <Pane id="all-messages" title={t('list-messages')} level={3} pad={false}>
          <PickIn label={t('list-messages')}>
            {sorted.map(event => {
              const text = messages[event]?.ar
              const here = `messages/${event}`
              return (
                <PickInItem key={event} id={event} on={view.open === here}>
                  <a
                    href={`${url(addresses.designerPart, { draft: draft.id, part: 'messages' }, { open: here })}#edit`}
                    aria-current={view.open === here ? 'true' : undefined}
                  >
                    {nameOf(locale, 'event', event)}
                  </a>
                  <small>{text ? <Parts text={exampleOf(text, examples)} /> : t('message-none')}</small>
                </PickInItem>
              )
            })}
          </PickIn>
        </Pane>
        {draft.basedOn !== undefined && (
          <p className="sm">
            <a href={url(addresses.messageTemplates, {}, { service: draft.code })}>{t('messages-town')}</a>
          </p>
        )}
        <ItemList view={view} list="grounds" title={t('list-grounds')} empty={t('grounds-none')} />
        {view.writable && (
          <Pane id="new-ground" title={t('new-grounds')} level={3} pad={false}>
            <NewItem
              view={view}
              list={{ name: 'grounds', title: 'list-grounds', asks: 'words' }}
              base="grounds"
            />
          </Pane>
        )}
      </Stack>
    </Zones>
  )
}

/** How long a message is, and what it costs. */
function Parts({ text }: { text: string }) {
  const t = useTexts(partTexts)
  const { parts, units } = smsParts(text)
  if (parts === 1) return <>{t('message-units', { count: units, parts })}</>
  return (
    <Flag icon="warn" tone={parts > 2 ? 'sumac' : 'honey'}>
      {t('message-units', { count: units, parts })}
    </Flag>
  )
}
