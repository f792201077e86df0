import type { Step } from '../../../kernel/definition/index.ts'
import {
  Button,
  Fold,
  SelectField,
  TextField,
  Ticks,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { everyStep } from '../parts/panes/choices.ts'
import { partTexts } from '../parts/strings.ts'
import { ActForm } from './act-form.tsx'
import type { Tried } from './load.ts'
import type { Standing } from './page.tsx'

/** Acts a designer needs to try; the rest belongs to the day's work. */
const others = ['ask-papers', 'reject', 'return', 'appoint', 'missed'] as const

/** What else may be done on a step: stopping for a paper, refusing, sending back. */
export function Others({ tried, standing, step }: { tried: Tried; standing: Standing; step: Step }) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const { definition } = tried.trial as NonNullable<Tried['trial']>
  const may = others.filter(act => step.acts.includes(act) && act !== 'appoint')
  if (may.length === 0) return null
  const papers = definition.papers.map(paper => ({ value: paper.id, label: local(paper.name) }))
  const grounds = (definition.grounds ?? []).map(ground => ({ value: ground.id, label: local(ground.words) }))
  const earlier = everyStep(definition, locale).slice(
    0,
    definition.steps.findIndex(each => each.id === step.id),
  )
  return (
    <Fold kind="rare" title={t('record-others')}>
      <ActForm tried={tried} standing={standing} step={step.id} label={t('record-others')}>
        {may.includes('ask-papers') && papers.length > 0 && (
          <>
            <Ticks
              name="papers"
              id="f-papers"
              legend={t('record-which-papers')}
              options={papers}
              values={[]}
            />
            <Button variant="quiet" name="do" value="ask-papers">
              {t('do-ask')}
            </Button>
          </>
        )}
        {may.includes('reject') && (
          <>
            {grounds.length > 0 && (
              <SelectField
                name="ground"
                label={t('record-ground')}
                options={grounds}
                value={grounds[0]?.value}
              />
            )}
            <TextField name="note" label={t('record-note')} optional />
            <Button variant="stop" name="do" value="reject">
              {t('do-reject')}
            </Button>
          </>
        )}
        {may.includes('return') && earlier.length > 0 && (
          <>
            <SelectField name="to" label={t('record-to')} options={earlier} value={earlier.at(-1)?.value} />
            <Button variant="quiet" name="do" value="return">
              {t('do-return')}
            </Button>
          </>
        )}
        {may.includes('missed') && (
          <Button variant="quiet" name="do" value="missed">
            {t('do-missed')}
          </Button>
        )}
      </ActForm>
    </Fold>
  )
}
