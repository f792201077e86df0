import type { Step } from '../../../kernel/definition/index.ts'
import { renderAnswers, simulate } from '../../../kernel/form/index.ts'
import { requiredPapers } from '../../../kernel/papers/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { Conflict } from '../../../lib/errors.ts'
import {
  Columns,
  KeyValues,
  LinkButton,
  Money,
  Pane,
  PaperList,
  SelectLinks,
  Stack,
  Stepper,
  Tag,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { Facts, Guide, type Sheet } from '../../catalogue/index.ts'
import { Question, rawOf } from '../../requests/index.ts'
import { nameOf, partTexts } from '../parts/strings.ts'
import type { Tried } from '../record/load.ts'
import { exampleAnswers } from './example-answers.ts'

type Props = { tried: Tried; today: string }
type Trial = NonNullable<Tried['trial']>

/** The guide sheet, as the catalogue shows it. */
export function ServiceSheet({ sheet, summary }: { sheet: Sheet; summary: string }) {
  return (
    <Columns side={null}>
      <p className="lead">{summary}</p>
      <Facts sheet={sheet} />
      <Guide sheet={sheet} />
    </Columns>
  )
}

function standing({ trial }: Tried, today: string) {
  const { definition, service } = trial as Trial
  const facts = exampleAnswers(definition)
  const values = {
    capacity: definition.examples?.[0]?.capacity ?? definition.applicants[0] ?? 'principal',
    channel: definition.channels[0] ?? 'web',
    today,
  } as const
  const simulation = simulate(service, facts.answers, values)
  const rules = { ...values, answers: simulation.pruned, stepFields: facts.stepFields }
  return { definition, service, facts, simulation, rules }
}

/** A page of the form as a citizen fills it in, with the answers of the first example. */
export function CitizenForm({ tried, today, page: asked }: Props & { page: string | undefined }) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { service, simulation, rules } = standing(tried, today)
  const id = simulation.reachable.includes(asked ?? '') ? (asked ?? '') : (simulation.reachable[0] ?? '')
  const page = service.pages.find(each => each.id === id) ?? service.pages[0]
  if (!page) return null
  const at = simulation.reachable.indexOf(page.id)
  const to = (next: string) =>
    url(addresses.designerPreview, { draft: tried.read.draft.id, as: 'form' }, { page: next })
  const [before, after] = [simulation.reachable[at - 1], simulation.reachable[at + 1]]
  return (
    <div className="read">
      <Stepper step={at + 1} of={simulation.reachable.length} />
      <h2>{local(page.page.title)}</h2>
      {page.page.intro && <p className="lead">{local(page.page.intro)}</p>}
      {page.fields
        .filter(({ applies }) => applies(rules))
        .map(({ field }) => (
          <Question
            key={field.id}
            field={field}
            name={field.id}
            raw={rawOf(page, rules.answers, undefined)}
            faults={[]}
            town={tried.formTown}
          />
        ))}
      <p className="row">
        {after && (
          <LinkButton big href={to(after)}>
            {t('record-next')}
          </LinkButton>
        )}
        {before && (
          <LinkButton big variant="quiet" href={to(before)}>
            {t('preview-before')}
          </LinkButton>
        )}
      </p>
    </div>
  )
}

/** What a clerk has before them: the questions, the papers to take, the fee to collect. */
export function ClerkDesk({ tried, today }: Props) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { service, simulation, rules } = standing(tried, today)
  const fees = service.fees.filter(fee => fee.at === 'before-filing' && fee.applies(rules))
  return (
    <Zones kind="half">
      <Stack>
        {service.pages
          .filter(page => simulation.reachable.includes(page.id))
          .map(page => (
            <Pane key={page.id} id={`page-${page.id}`} title={local(page.page.title)}>
              {page.fields
                .filter(({ applies }) => applies(rules))
                .map(({ field }) => (
                  <Question
                    key={field.id}
                    field={field}
                    name={field.id}
                    raw={rawOf(page, rules.answers, undefined)}
                    faults={[]}
                    town={tried.formTown}
                  />
                ))}
            </Pane>
          ))}
      </Stack>
      <Stack>
        <Pane id="papers" title={t('tab-papers')}>
          <PaperList
            papers={requiredPapers(service, rules).map(paper => ({
              id: paper.id,
              title: local(paper.name),
              note: paper.hint && local(paper.hint),
              tag: paper.original ? t('note-original') : paper.optional ? t('note-optional') : undefined,
            }))}
          />
        </Pane>
        <Pane id="fee" title={t('preview-collect')} tone="honey">
          {fees.length === 0 ? (
            <p>{t('fees-none')}</p>
          ) : (
            <KeyValues
              pairs={fees.map(fee => ({
                term: local(fee.fee.name),
                value: <FeeAmount amount={() => fee.amount(rules)} />,
              }))}
            />
          )}
        </Pane>
      </Stack>
    </Zones>
  )
}

function FeeAmount({ amount }: { amount: () => Parameters<typeof Money>[0]['value'] }) {
  const t = useTexts(partTexts)
  try {
    return <Money value={amount()} strong />
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return <Tag>{t('preview-unknown')}</Tag>
  }
}

/** A task as whoever does the step sees it: what it is decided by, what is filled in, what may be done. */
export function OfficerDesk({ tried, today, step: asked }: Props & { step: string | undefined }) {
  const t = useTexts(partTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { definition, service, rules } = standing(tried, today)
  const step = definition.steps.find(each => each.id === asked) ?? definition.steps[0]
  if (!step) return null
  const items = renderAnswers(service, rules.answers, locale).flatMap(page => page.items)
  const labels = new Set(
    definition.form.pages.flatMap(page =>
      page.fields.flatMap(field => (step.reads?.includes(field.id) ? local(field.label) : [])),
    ),
  )
  const sorted = [
    ...items.filter(item => labels.has(item.label)),
    ...items.filter(item => !labels.has(item.label)),
  ]
  const office = tried.desk.offices.find(each => each.value === step.office)?.label ?? step.office
  return (
    <Stack>
      <SelectLinks
        label={t('preview-steps')}
        links={definition.steps.map(each => ({
          label: local(each.name),
          href: url(
            addresses.designerPreview,
            { draft: tried.read.draft.id, as: 'officer' },
            { step: each.id },
          ),
          current: each.id === step.id,
        }))}
      />
      <Zones kind="half">
        <Pane id="answers" title={t('preview-answers')} pad={false}>
          <KeyValues kind="answers" pad pairs={sorted.map(({ label, value }) => ({ term: label, value }))} />
        </Pane>
        <Pane id="task" title={local(step.name)} aside={`${office} · ${nameOf(locale, 'role', step.role)}`}>
          <StepQuestions tried={tried} step={step} />
          <p className="row">
            {step.acts.map(act => (
              <Tag key={act}>{nameOf(locale, 'act', act)}</Tag>
            ))}
          </p>
        </Pane>
      </Zones>
    </Stack>
  )
}

function StepQuestions({ tried, step }: { tried: Tried; step: Step }) {
  const local = useLocalized()
  const groups = [step, ...(step.opinions ?? [])]
  return groups.map(group => (
    <div key={group.id}>
      {group !== step && <h3 className="h-pane">{local(group.name)}</h3>}
      {(group.fields ?? []).map(field => (
        <Question key={field.id} field={field} name={field.id} raw={{}} faults={[]} town={tried.formTown} />
      ))}
    </div>
  ))
}
