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
        { address: addresses.lookReview, id: 'reasons', may: 'look.review' } as const,
        { address: addresses.lookPresence, id: 'presence', may: 'look.review' } as const,
        { address: addresses.lookRows, id: 'rows', may: 'look.review' } as const,
        { address: addresses.lookQuestions, id: 'questions', may: 'look.review' } as const,
        { address: addresses.releases, id: 'releases', may: 'look.approve' } as const,
      ]
        .filter(each => may(actor, each.may))
        .map(each => ({ href: url(each.address), label: t(`tab-${each.id}`), current: each.id === current }))}
    />
  )
}
