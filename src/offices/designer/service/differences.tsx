import type { Difference, ServiceDefinition } from '../../../kernel/definition/index.ts'
import { compareServices } from '../../../kernel/definition/index.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/transaction.ts'
import { Empty, Pane, Stack, useLocalized, useTexts } from '../../../ui/index.ts'
import { officesOf } from '../../people/index.ts'
import { designerTexts } from '../strings.ts'

/** What makes one text of another, in words, with the town's own names. */
export async function differencesOf(
  tx: Read,
  before: ServiceDefinition,
  after: ServiceDefinition,
): Promise<Difference[]> {
  const offices = new Map((await officesOf(tx)).map(({ code, name }): [string, Localized] => [code, name]))
  return compareServices(before, after, { offices })
}

/** Differences under the parts they belong to. */
export function Differences({ of }: { of: readonly Difference[] }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  if (of.length === 0)
    return (
      <Empty title={t('same')} level={2}>
        {t('same-next')}
      </Empty>
    )
  const parts = [...Map.groupBy(of, each => each.part)]
  return (
    <Stack>
      {parts.map(([part, differences]) => (
        <Pane
          key={part}
          id={`of-${part}`}
          title={t(`part-${part}`)}
          end={t('differences', { count: differences.length })}
        >
          <ul>
            {differences.map(each => (
              <li key={each.path.join('/') + each.kind}>
                <bdi>{local(each.words)}</bdi>
              </li>
            ))}
          </ul>
        </Pane>
      ))}
    </Stack>
  )
}
