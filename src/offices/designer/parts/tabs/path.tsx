import { addresses } from '../../../../lib/addresses.ts'
import {
  Empty,
  LinkButton,
  Note,
  Pane,
  Stack,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { PathDrawing } from '../../diagram/path.tsx'
import { drawnSteps } from '../../diagram/steps.ts'
import { NewItem, PaneForm } from '../pane-form.tsx'
import { choicesOf, stepKinds } from '../panes/choices.ts'
import { partTexts } from '../strings.ts'
import type { View } from '../view.ts'
import { ItemList } from './item-list.tsx'

/** «المسار»: the path as a drawing and as a list, and the step that is opened. */
export function PathTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const local = useLocalized()
  const { read, desk, open, pane } = view
  const { content, draft } = read
  const steps = drawnSteps(desk)
  const time = content.guide?.time
  const at = (id: string) =>
    `${url(addresses.designerPart, { draft: draft.id, part: 'path' }, { open: `steps/${id}` })}#edit`
  return (
    <Stack>
      <Pane
        id="path"
        title={t('tab-path')}
        aside={t('path-sum', {
          count: steps.length,
          hours: hoursOf(content),
          time: time?.value ?? 0,
          unit: t(`unit-${time?.unit ?? 'workingDays'}`),
        })}
        end={
          <LinkButton variant="plain" icon="plus" href="#new-steps">
            {t('new-steps')}
          </LinkButton>
        }
        pad={false}
      >
        {steps.length > 0 && (
          <PathDrawing steps={steps} name={local(draft.name)} chosen={open.split('/')[1]} at={at} />
        )}
      </Pane>
      <Zones kind="wide">
        {pane ? (
          <PaneForm view={view} />
        ) : (
          <Empty title={t('path-choose')} level={2}>
            {t('path-choose-next')}
          </Empty>
        )}
        <Stack>
          <ItemList view={view} list="steps" title={t('list-steps')} />
          {view.writable && (
            <Pane id="new-steps" title={t('new-steps')} level={3} pad={false}>
              <NewItem
                view={view}
                list={{
                  name: 'steps',
                  title: 'list-steps',
                  kinds: choicesOf(locale, 'step', stepKinds),
                  asks: 'words',
                }}
                base="steps"
                label={t('step-name')}
              />
            </Pane>
          )}
          <Note small>{t('path-hint')}</Note>
        </Stack>
      </Zones>
    </Stack>
  )
}

function hoursOf({ steps }: View['read']['content']): number {
  const of = (step: NonNullable<typeof steps>[number]): number =>
    step.kind === 'payment'
      ? 0
      : Math.max(step.hours ?? 0, ...(step.opinions ?? []).map(opinion => opinion.hours ?? 0))
  return (steps ?? []).reduce((sum, step) => sum + of(step), 0)
}
