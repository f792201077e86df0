import type { Field, Proof, Step } from '../../../../kernel/definition/index.ts'
import { findStep, timesSentBack } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  DateText,
  FileField,
  Form,
  faultOf,
  LinkButton,
  Pane,
  Row,
  Say,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import { mostMegabytes } from '../../../archive/index.ts'
import { proofBox, proofsSince } from '../../proofs.ts'
import { valuesWhileTyped } from '../../step-questions.ts'
import { Question } from '../filing/field.tsx'
import { acceptOf } from '../filing/papers.tsx'
import { citizenTexts } from '../strings.ts'
import { boxText } from '../typed.ts'
import type { RequestSheet } from './request.tsx'
import { AnswersBefore, WorkShown } from './work-shown.tsx'

type Props = { sheet: RequestSheet; faults: Fault[]; typed: Typed }

/** What the town asks of the applicant now: a plain yes is one press, a no asks what is still wrong. Works without script. */
export function AnswerPane({ sheet, faults, typed }: Props) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { request, service } = sheet
  const { projection } = request
  const step = findStep(service, projection.step)
  if (!step) return null
  const [first] = step.fields ?? []
  const until = projection.tasks.findLast(task => task.step === step.id)?.dueAt
  const asksPlainly = first?.kind === 'yes-no' && boxText(typed, first.id) === undefined
  const times = timesSentBack(service, projection)
  return (
    <Pane id="answer" tone="honey" icon="chat" title={first ? local(first.label) : local(step.name)}>
      {times > 0 && (
        <p className="mb-s">
          <Say>{t('answer-times', { count: times })}</Say>
        </p>
      )}
      <AnswersBefore sheet={sheet} step={step} />
      <WorkShown sheet={sheet} step={step} />
      {asksPlainly && first ? (
        <PlainQuestion sheet={sheet} step={step} field={first} />
      ) : (
        <WholeAnswer sheet={sheet} faults={faults} typed={typed} step={step} />
      )}
      {until && (
        <p className="sm mut mt-s">
          {t('answer-until')} <DateText value={until} form="long" />. {t('answer-silence')}
        </p>
      )}
    </Pane>
  )
}

function PlainQuestion({ sheet, step, field }: { sheet: RequestSheet; step: Step; field: Field }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const { id } = sheet.request
  const opened = (answer: 'yes' | 'no') =>
    `${url(addresses.myRequest, { id }, { [field.id]: answer })}#answer`
  const holds = holdsFor(sheet, step, { [field.id]: 'yes' })
  const asksMore = [...(step.fields ?? []), ...(step.proofs ?? [])].some(
    part => part.id !== field.id && !part.optional && holds(part),
  )
  const no = (
    <LinkButton big variant="quiet" icon="x" href={opened('no')}>
      {t('answer-no')}
    </LinkButton>
  )
  if (asksMore) {
    return (
      <Row>
        <LinkButton big icon="check" href={opened('yes')}>
          {t('answer-yes')}
        </LinkButton>
        {no}
      </Row>
    )
  }
  return (
    <Form action={url(addresses.myRequestAnswer, { id })} hidden={{ [field.id]: 'yes' }}>
      <Row>
        <Button icon="check" big>
          {t('answer-yes')}
        </Button>
        {no}
      </Row>
    </Form>
  )
}

function WholeAnswer({ sheet, faults, typed, step }: Props & { step: Step }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, papers } = sheet
  const action = url(addresses.myRequestAnswer, { id: request.id })
  const [first, ...rest] = step.fields ?? []
  const plain = first?.kind === 'yes-no' ? first : undefined
  const asked = (plain ? rest : (step.fields ?? [])).filter(holdsFor(sheet, step, typed))
  const proofs = (step.proofs ?? []).filter(holdsFor(sheet, step, typed))
  const sent = proofsSince(papers, step, request.projection)
  return (
    <Form
      action={action}
      hidden={plain && { [plain.id]: boxText(typed, plain.id) }}
      files={proofs.length > 0}
    >
      {plain && (
        <p className="mb-s">
          <b>{t(boxText(typed, plain.id) === 'no' ? 'answer-no' : 'answer-yes')}</b>{' '}
          <a href={`${url(addresses.myRequest, { id: request.id })}#answer`}>{t('answer-change')}</a>
        </p>
      )}
      {/* Enter in a row sends, and never adds a row. */}
      {asked.some(({ kind }) => kind === 'group') && (
        <button className="vh" type="submit" tabIndex={-1} aria-hidden />
      )}
      {asked.map(field => (
        <Question
          key={field.id}
          field={field}
          name={field.id}
          raw={typed}
          faults={faults}
          town={sheet.formTown}
          grows={action}
        />
      ))}
      {proofs.map(proof => (
        <FileField
          key={proof.id}
          name={proofBox(proof.id)}
          label={local(proof.name)}
          hint={proof.hint ? local(proof.hint) : t('file-limit', { max: mostMegabytes })}
          optional={proof.optional}
          fault={faultOf(faults, proofBox(proof.id))}
          accept={acceptOf(proof.accept)}
          files={sent
            .filter(({ paperId }) => paperId === proof.id)
            .map(each => ({
              id: each.documentId,
              title: <bdi>{each.fileName}</bdi>,
              fate: 'arrived',
              href: url(addresses.document, { id: each.documentId }),
            }))}
        />
      ))}
      <Button icon="go" big>
        {t(plain && boxText(typed, plain.id) === 'no' ? 'answer-send-back' : 'answer-send')}
      </Button>
    </Form>
  )
}

/** Whether a question or proof is asked for, given what is typed so far. What was answered an earlier time is asked anew. */
function holdsFor(
  { service, values }: RequestSheet,
  step: Step,
  typed: Typed,
): (part: Field | Proof) => boolean {
  const now = valuesWhileTyped(service, step.fields ?? [], typed, values)
  return ({ when }) => service.holds(when, now)
}
