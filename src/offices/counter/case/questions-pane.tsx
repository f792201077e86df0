import { addresses } from '../../../lib/addresses.ts'
import { formatMoney } from '../../../lib/money.ts'
import {
  Button,
  ChoiceField,
  FaultText,
  LinkButton,
  Note,
  Pane,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { Question } from '../../requests/index.ts'
import { CapacityTerms, OtherParties } from '../parties/pane.tsx'
import { counterTexts } from '../strings.ts'
import { boxesOf, type ShownPage } from './form.ts'
import { serviceOf } from './open.ts'
import type { CaseView } from './page.tsx'

type Props = { view: CaseView; shown: ShownPage[]; save: string }

/** Step 3: the service and every question it asks, one page under the other. */
export function QuestionsPane({ view, shown, save }: Props) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const { of } = view
  const complete = of.form.simulation.missing.length === 0 && of.faults.length === 0
  return (
    <Pane
      id="service"
      title={t('service')}
      step={{ number: 3, state: complete ? 'met' : 'now' }}
      end={
        <LinkButton
          href={`${url(addresses.counterPerson, { person: of.person.id })}#services`}
          variant="plain"
          hotkey="F4"
        >
          {t('service-change')}
        </LinkButton>
      }
    >
      <Facts view={view} />
      <div data-part="questions">
        <Capacity view={view} />
        <CapacityTerms view={view} />
        <input
          type="hidden"
          name="_shown"
          value={shown.flatMap(page => page.fields.map(({ id }) => id)).join(' ')}
        />
        {shown.map(page => (
          <Questions key={page.id} page={page} view={view} />
        ))}
        <OtherParties view={view} />
        <div className="mt-s">
          <Button variant="quiet" formAction={save}>
            {t('save')}
          </Button>
        </div>
      </div>
    </Pane>
  )
}

function Facts({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { locale } = usePage()
  const { guide } = serviceOf(of).definition
  const fees = [...of.fees.items, ...of.laterFees.items].map(item => formatMoney(item.amount, locale))
  const { unit, value, budget } = guide.time
  const facts = [budget ? t('time-budget') : t(`time-${unit}`, { count: value }), ...fees]
  return <p className="sm mut">{facts.join(' · ')}</p>
}

function Capacity({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { applicants } = serviceOf(of).definition
  if (applicants.length < 2) return null
  return (
    <div className="mt-s">
      <ChoiceField
        name="capacity"
        label={t('capacity')}
        value={of.form.draft.capacity}
        columns={2}
        tight
        options={applicants.map(each => ({ value: each, label: t(`capacity-${each}`) }))}
      />
    </div>
  )
}

function Questions({ page, view: { of, faults } }: { page: ShownPage; view: CaseView }) {
  const local = useLocalized()
  const raw = boxesOf(of.form, of.known)
  const known = new Set(faults.map(({ field }) => field))
  const all = [...faults, ...of.faults.filter(({ field }) => !known.has(field))]
  return (
    <div className="question-group">
      <h3>{local(page.title)}</h3>
      {page.fields.map(field => (
        <div key={field.id} className="question">
          <Question field={field} name={field.id} raw={raw} faults={all} town={of.town} />
          {of.warnings
            .filter(warning => warning.field.split('.', 1)[0] === field.id)
            .map(warning => (
              <Note key={warning.field} tone="honey" small>
                <FaultText fault={warning} />
              </Note>
            ))}
        </div>
      ))}
    </div>
  )
}
