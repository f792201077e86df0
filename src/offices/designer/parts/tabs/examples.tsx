import type { ServiceDefinition } from '../../../../kernel/definition/index.ts'
import { type Branch, type ExampleRun, runExamples } from '../../../../kernel/examples/index.ts'
import { FeelError } from '../../../../kernel/feel/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  CheckList,
  Empty,
  Flag,
  Fold,
  Form,
  LinkButton,
  Note,
  Pane,
  PickIn,
  PickInItem,
  Stack,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../../ui/index.ts'
import { Outcome } from '../../record/page.tsx'
import { vocabularyOf } from '../../sentences/vocabulary.ts'
import { ruleInWords } from '../../sentences/words.ts'
import { partTexts } from '../strings.ts'
import { partOf, type View } from '../view.ts'
import { placeOf } from './place-of.ts'

/** «الأمثلة»: every case run at once, what differed, which ways none of them takes. */
export function ExamplesTab({ view }: { view: View }) {
  const t = useTexts(partTexts)
  const { url } = usePage()
  const { definition, draft } = view.read
  const ran = definition && run(definition)
  const record = view.writable && (
    <LinkButton icon="plus" href={url(addresses.designerRecord, { draft: draft.id })}>
      {t('record-new')}
    </LinkButton>
  )
  if (!definition || !ran)
    return (
      <Empty title={t('record-unready')} level={2}>
        {t('record-unready-next')}
      </Empty>
    )
  const passed = ran.examples.filter(example => !example.halt && example.differs.length === 0).length
  const untaken = ran.branches.filter(branch => !branch.taken)
  return (
    <Zones kind="wide">
      <Stack>
        <Note
          tone={passed === ran.examples.length && untaken.length === 0 && passed > 0 ? 'olive' : 'honey'}
          title={t('examples-sum', { passed, count: ran.examples.length })}
        >
          {untaken.length > 0 ? t('examples-untaken', { count: untaken.length }) : t('examples-whole')}
        </Note>
        {ran.examples.length === 0 && (
          <Empty title={t('examples-none')} level={2} action={record}>
            {t('examples-none-next')}
          </Empty>
        )}
        {ran.examples.length > 0 && (
          <Pane id="cases" title={t('tab-examples')} level={2} pad={false} end={record}>
            <PickIn label={t('tab-examples')}>
              {ran.examples.map(example => (
                <OneExample key={example.id} view={view} definition={definition} run={example} />
              ))}
            </PickIn>
          </Pane>
        )}
      </Stack>
      <Untaken view={view} branches={untaken} />
    </Zones>
  )
}

function run(definition: ServiceDefinition) {
  try {
    return runExamples(definition)
  } catch (error) {
    if (error instanceof FeelError) return undefined
    throw error
  }
}

/** One case: whether it came as expected; what came, and the way to accept that. */
function OneExample({
  view,
  definition,
  run,
}: {
  view: View
  definition: ServiceDefinition
  run: ExampleRun
}) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { draft } = view.read
  const example = definition.examples?.find(each => each.id === run.id)
  const good = !run.halt && run.differs.length === 0
  const name = example ? local(example.name) : run.id
  return (
    <PickInItem id={run.id}>
      <Flag icon={good ? 'ok' : 'warn'} tone={good ? 'olive' : 'sumac'}>
        <b>{name}</b>
      </Flag>
      <small>
        {run.halt
          ? t('example-halt', { reason: run.halt.reason })
          : run.differs.length > 0
            ? t('example-differs', {
                what: run.differs.map(key => t(`came-${key}`)).join(locale === 'ar' ? '، ' : ', '),
              })
            : t('example-good')}
      </small>
      <Fold kind="rare" title={t('example-came')} open={!good}>
        <Outcome definition={definition} came={run.came} />
        {view.writable && (
          <Form
            action={url(addresses.designerPart, { draft: draft.id, part: 'examples' })}
            hidden={{ revision: String(draft.revision) }}
            inline
            label={name}
          >
            {!good && !run.halt && (
              <Button variant="quiet" name="do" value={`accept:${run.id}`} icon="check">
                {t('example-accept')}
              </Button>
            )}
            <Button
              variant="plain"
              name="do"
              value={`drop:${run.id}`}
              icon="bin"
              label={t('example-drop-named', { name })}
            >
              {t('remove')}
            </Button>
          </Form>
        )}
      </Fold>
    </PickInItem>
  )
}

/** Ways none of the cases takes, each with the place of its condition. */
function Untaken({ view, branches }: { view: View; branches: readonly Branch[] }) {
  const t = useTexts(partTexts)
  const { url, locale } = usePage()
  const { content, draft } = view.read
  const speech = { subjects: vocabularyOf(content, { in: 'work' }, locale), locale }
  return (
    <Pane id="untaken" title={t('untaken')} level={2} pad={false}>
      {branches.length === 0 ? (
        <CheckList items={[{ id: 'none', state: 'ok', title: t('untaken-none') }]} />
      ) : (
        <CheckList
          label={t('untaken')}
          items={branches.map((branch, number) => {
            const place = placeOf(
              content,
              branch.path
                .map(part => (typeof part === 'number' ? `[${part}]` : `.${part}`))
                .join('')
                .replace(/^\./, ''),
            )
            const side = branch.side.way
            return {
              id: String(number),
              state: 'warn' as const,
              title: place?.words ?? '',
              note:
                'at' in branch.side
                  ? t(side === 'then' ? 'side-then' : 'side-else')
                  : t(side === 'holds' ? 'side-holds' : 'side-fails', {
                      rule: ruleInWords(branch.rule, speech),
                    }),
              action: place && (
                <a
                  href={`${url(addresses.designerPart, { draft: draft.id, part: partOf(place.open) }, { open: place.open })}#edit`}
                >
                  {t('go')}
                </a>
              ),
            }
          })}
        />
      )}
    </Pane>
  )
}
