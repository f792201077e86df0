import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  CheckList,
  FaultText,
  FORESEE_FIELD,
  Fold,
  Foreseen,
  Form,
  faultOf,
  fieldId,
  NameChips,
  Pane,
  Row,
  SmsEditor,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { templateTexts } from '../strings.ts'
import { bodyInField, type WordsView } from './load.ts'
import { InHandPreview } from './preview-pane.tsx'

export type TypedWords = { body: string; note: string }

/** Longest a text may be typed, before its names are filled in. */
export const longestBody = 1000
export const longestNote = 500

type Props = { view: WordsView; faults: Fault[] | undefined; typed: TypedWords | undefined }

/** Where the words of an occasion are written; what they come to is shown while one types. */
export function Editor({ view, faults, typed }: Props) {
  const t = useTexts(templateTexts)
  const page = usePage()
  const { subject, versions, labels, open, can } = view
  // Whoever is asked to decide has that to do, and not to write.
  const isDeciding = open?.state === 'in-review' && can.review && can.second
  const examples = Object.fromEntries(
    subject.names.map(({ name, sample }) => [labels.get(name) ?? name, String(sample)]),
  )
  const hidden = { based: String(versions[0]?.version ?? 0), request: view.preview?.number }
  return (
    <Pane id="write" title={t(open ? 'write-anew' : 'write-title')} icon="doc">
      <Form
        action={page.url(addresses.messageTemplate, { of: subject.of, event: subject.event })}
        hidden={hidden}
      >
        <SmsEditor
          name="body"
          label={t('body')}
          hint={t('body-hint')}
          value={typed?.body ?? bodyInField(view)}
          fault={faultOf(faults, 'body')}
          examples={examples}
          exampleShown={false}
          tight
          price={view.price}
          maxLength={longestBody}
          rows={4}
        >
          <Chips view={view} />
        </SmsEditor>
        <Foreseen>
          <Findings view={view} />
          <InHandPreview view={view} />
          <Button variant="plain" name={FORESEE_FIELD} value="1" icon="eye">
            {t('show')}
          </Button>
        </Foreseen>
        <TextField
          name="note"
          label={t('note')}
          hint={t('note-hint')}
          value={typed?.note ?? open?.note}
          fault={faultOf(faults, 'note')}
          maxLength={longestNote}
          optional
        />
        <Row>
          <Button name="do" value="ask" icon="check" variant={isDeciding ? 'quiet' : 'main'}>
            {t('save-ask')}
          </Button>
          <Button name="do" value="draft" variant="quiet">
            {t('save-draft')}
          </Button>
        </Row>
      </Form>
    </Pane>
  )
}

/** The names that can be put in: those of the occasion first, answers behind a fold. */
function Chips({ view: { subject, labels } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  const shown = (names: typeof subject.names) => names.map(({ name }) => labels.get(name) ?? name)
  const isAnswer = ({ by }: (typeof subject.names)[number]) => subject.service && by === 'applicant'
  const usual = subject.names.filter(each => !isAnswer(each))
  const answers = subject.names.filter(isAnswer)
  const into = fieldId('body')
  return (
    <>
      {usual.length > 0 && <NameChips into={into} label={t('chips')} names={shown(usual)} />}
      {answers.length > 0 && (
        <Fold kind="rare" title={t('chips-more', { count: answers.length })}>
          <NameChips into={into} label={t('chips-more', { count: answers.length })} names={shown(answers)} />
        </Fold>
      )}
    </>
  )
}

/** What keeps the text from being sent, and what is only pointed out. */
export function Findings({ view: { findings, labels } }: { view: WordsView }) {
  const t = useTexts(templateTexts)
  if (findings.length === 0) return null
  return (
    <CheckList
      label={t('check-title')}
      items={findings.map(({ code, severity, values }, at) => ({
        id: `${code}-${at}`,
        state: severity === 'fault' ? ('missing' as const) : ('warn' as const),
        title: <FaultText fault={{ code, values: named(values, labels) }} />,
      }))}
    />
  )
}

/** Faults name a name as it is shown. */
export const named = (
  values: Readonly<Record<string, string | number>>,
  labels: ReadonlyMap<string, string>,
): Record<string, string | number> =>
  typeof values.name === 'string'
    ? { ...values, name: labels.get(values.name) ?? values.name }
    : { ...values }
