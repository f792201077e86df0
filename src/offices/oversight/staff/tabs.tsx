import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Tabs, usePage, useTexts } from '../../../ui/index.ts'
import type { Call } from '../../../web/call.ts'
import { oversightTexts } from '../strings.ts'

/** The pages of whoever looks after the lookers. */
export function LookTabs({
  call,
  current,
}: {
  call: Call
  current: 'reasons' | 'presence' | 'rows' | 'questions' | 'releases'
}) {
  const t = useTexts(oversightTexts)
  const { url } = usePage()
  const { actor } = call.visitor
  return (
    <Tabs
      label={t('tabs')}
      tabs={[
        { address: addresses.lookReview, may: 'look.review', id: 'reasons' } as const,
        { address: addresses.lookPresence, may: 'look.review', id: 'presence' } as const,
        { address: addresses.lookRows, may: 'look.review', id: 'rows' } as const,
        { address: addresses.lookQuestions, may: 'look.review', id: 'questions' } as const,
        { address: addresses.releases, may: 'look.approve', id: 'releases' } as const,
      ]
        .filter(each => may(actor, each.may))
        .map(each => ({ href: url(each.address), label: t(`tab-${each.id}`), current: each.id === current }))}
    />
  )
}
