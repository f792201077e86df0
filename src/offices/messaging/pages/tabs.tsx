import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Tabs } from '../../../ui/index.ts'
import { type Call, url } from '../../../web/call.ts'
import { proofText } from '../proof/strings.ts'

const tabs = [
  { id: 'list', address: addresses.messages, may: 'message.list' },
  { id: 'trouble', address: addresses.messagesTrouble, may: 'message.list' },
  { id: 'incoming', address: addresses.incoming, may: 'incoming.read' },
  { id: 'held', address: addresses.heldLetters, may: 'letter.review' },
  { id: 'post', address: addresses.messagesPost, may: 'message.list' },
  { id: 'numbers', address: addresses.doubtfulNumbers, may: 'number.list' },
  { id: 'templates', address: addresses.messageTemplates, may: 'template.read' },
  { id: 'providers', address: addresses.messageProviders, may: 'message.settings' },
  { id: 'figures', address: addresses.messagesFigures, may: 'message.list' },
] as const

/** The pages of the message office beside each other: those the reader may open. `counts` is what waits there. */
export function MessageTabs({
  call,
  current,
  counts = {},
}: {
  call: Call
  current: (typeof tabs)[number]['id']
  counts?: Partial<Record<(typeof tabs)[number]['id'], number>> | undefined
}) {
  const open = tabs.filter(tab => may(call.visitor.actor, tab.may))
  if (open.length < 2) return null
  return (
    <Tabs
      label={proofText(call.locale, 'tabs')}
      tabs={open.map(tab => ({
        label: proofText(call.locale, `tab-${tab.id}`),
        href: url(call, tab.address),
        current: tab.id === current,
        count: counts[tab.id] || undefined,
      }))}
    />
  )
}
