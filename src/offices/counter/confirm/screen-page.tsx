import { renderAnswers } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  Form,
  Head,
  KeyValues,
  LinkButton,
  Pane,
  PersonName,
  Row,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Case, serviceOf } from '../case/open.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'
import { fingerprint } from './confirmed.ts'
import { confirmTexts } from './strings.ts'

/** The request as it will be filed, for the applicant's own eyes; it prints as the sheet they sign. */
export function ScreenPage({ of }: { of: Case }) {
  const t = useTexts(confirmTexts)
  const counter = useTexts(counterTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { draft, simulation } = of.form
  const answers = renderAnswers(serviceOf(of), simulation.pruned, locale).flatMap(page => page.items)
  const papers = of.papers.filter(({ given }) => given.length > 0).map(({ paper }) => local(paper.name))
  return (
    <CounterLayout title={t('screen-title')}>
      <Head title={t('screen-title')} sub={local(serviceOf(of).definition.name)} />
      <div className="read">
        <p className="no-print mb-s">{t('screen-lead')}</p>
        <Pane id="answers">
          <KeyValues
            kind="answers"
            pairs={[
              {
                term: t('screen-who'),
                value: (
                  <>
                    <PersonName>{of.person.displayName}</PersonName> · {counter(`capacity-${draft.capacity}`)}
                  </>
                ),
              },
              ...of.parties.map(party => ({
                term: counter(`capacity-${party.capacity}`),
                value: <PersonName>{party.name}</PersonName>,
              })),
              ...answers.map(item => ({ term: item.label, value: item.value })),
              ...(papers.length > 0
                ? [{ term: t('screen-papers'), value: papers.join(counter('comma')) }]
                : []),
            ]}
          />
        </Pane>
        <Form
          action={url(addresses.counterDraftScreen, { draft: draft.id })}
          hidden={{ of: fingerprint(draft) }}
        >
          <div className="mt no-print">
            <Row>
              <Button big icon="check" name="how" value="screen">
                {t('screen-right')}
              </Button>
              <Button variant="quiet" name="how" value="sheet">
                {t('screen-sheet')}
              </Button>
              <LinkButton href={`${url(addresses.counterDraft, { draft: draft.id })}#filing`} variant="plain">
                {t('screen-back')}
              </LinkButton>
            </Row>
          </div>
        </Form>
        <p className="mt">{t('screen-sign')}</p>
      </div>
    </CounterLayout>
  )
}
