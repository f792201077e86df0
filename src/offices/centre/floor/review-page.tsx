import type { CompiledService } from '../../../kernel/definition/index.ts'
import { type Action, availableActs } from '../../../kernel/workflow/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  LongTextField,
  Note,
  Pane,
  PersonName,
  Row,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import { actionsOf, getRequest, performAct, type Request, whoIs } from '../../requests/index.ts'
import { filesToReview, type ToReview } from './review.ts'
import { floorText, floorTexts } from './strings.ts'

type View = { files: ToReview[]; at: ToReview; request: Request; service: CompiledService; actions: Action[] }

/** GET: the file at hand, the oldest first, with what was done on it. */
export async function showReview(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const { actor } = call.visitor
  const asked = call.params.task ?? call.query.task
  const view = await read(call, async tx => {
    const files = await filesToReview(tx, actor)
    const at = files.find(({ taskId }) => taskId === asked) ?? files[0]
    if (!at) return undefined
    const request = await getRequest(tx, at.requestId)
    const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
    await lookInto(
      call,
      tx,
      { ...seen, subjectId: request.id, cause: floorText('ar', 'review-title') },
      { kind: 'task' },
    )
    const { service } = (await catalogueOf(tx)).get(at.serviceCode, at.serviceVersion)
    return { files, at, request, service, actions: await actionsOf(tx, at.requestId) }
  })
  const title = floorText(call.locale, 'review-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={[...faults]}>
      {view ? <Review {...view} note={typedText(call, 'note')} faults={faults} /> : <NothingToReview />}
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: on to its end, or back with a word; then the next. */
export async function saveReview(call: Call): Promise<Response> {
  const taskId = idParam(call, 'task')
  const { actor } = call.visitor
  const returns = typedText(call, 'act') === 'return'
  const note = typedText(call, 'note').trim()
  const file = (await read(call, tx => filesToReview(tx, actor))).find(each => each.taskId === taskId)
  if (returns && note === '') return showReview(call, [{ field: 'note', code: 'reason-missing' }])
  try {
    const answer = await write(call, async tx => {
      const found = (await filesToReview(tx, actor)).find(each => each.taskId === taskId)
      if (!found) throw new NotFound('nothing-to-review')
      const { requestId } = found
      const request = await getRequest(tx, requestId)
      const { service } = (await catalogueOf(tx)).get(found.serviceCode, found.serviceVersion)
      const task = request.projection.tasks.find(({ id }) => id === taskId)
      const offered = availableActs(service, request.projection, await whoIs(tx, actor, request), task)
      const toStep = offered.find(({ name }) => name === 'return')?.needs.steps?.at(-1)
      await performAct(tx, call, {
        requestId,
        actor,
        taskId,
        note: note === '' ? undefined : note,
        ...(returns ? { name: 'return', data: toStep ? { toStep } : {} } : { name: 'approve' }),
      })
      return { redirect: url(call, addresses.review) }
    })
    const number = file?.number ?? ''
    flash(call, {
      text: floorText(call.locale, returns ? 'review-returned' : 'review-approved', { number }),
      tone: 'olive',
    })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showReview(call, error.faults)
    throw error
  }
}

function NothingToReview() {
  const t = useTexts(floorTexts)
  const { url } = usePage()
  return (
    <>
      <Crumbs links={[{ href: url(addresses.floor), label: t('back') }]} />
      <Head title={t('review-title')} sub={t('review-sub')} />
      <Empty title={t('review-none')} level={2}>
        {t('review-none-why')}
      </Empty>
    </>
  )
}

function Review({
  files,
  at,
  request,
  service,
  actions,
  note,
  faults,
}: View & { note: string; faults: readonly Fault[] }) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const written = actions.filter(action => action.note !== undefined)
  return (
    <>
      <Crumbs links={[{ href: url(addresses.floor), label: t('back') }]} />
      <Head
        title={`${local(service.definition.name)} ${at.number}`}
        sub={
          <span className="row">
            <PersonName>{at.applicant}</PersonName>
            <DateText value={at.openedAt} form="moment" />
            <span>{t('review-of', { at: files.indexOf(at) + 1, count: files.length })}</span>
          </span>
        }
        actions={
          <LinkButton
            variant="quiet"
            href={url(addresses.officeRequest, { id: at.requestId }, { task: at.taskId })}
          >
            {t('review-open')}
          </LinkButton>
        }
      />
      <Stack>
        {at.note && (
          <Note>
            <Written>{at.note}</Written>
          </Note>
        )}
        <Pane>
          <Form action={url(addresses.reviewAct, { task: at.taskId })}>
            <LongTextField
              name="note"
              label={t('review-note')}
              hint={t('review-note-hint')}
              optional
              value={note}
              maxLength={2000}
              fault={faultOf(faults, 'note')}
            />
            <Row>
              <Button icon="check" hotkey="KeyA" name="act" value="approve">
                {t('review-approve')}
              </Button>
              <Button variant="stop" icon="turn" hotkey="KeyR" name="act" value="return">
                {t('review-return')}
              </Button>
            </Row>
          </Form>
        </Pane>
        {request.frozen[locale].map((page, place) => (
          <Pane key={page.page} id={`answers-${place}`} title={page.page} pad={false}>
            <KeyValues
              kind="answers"
              pad
              pairs={page.items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
            />
          </Pane>
        ))}
        {written.length > 0 && (
          <Pane id="written" title={t('review-written')}>
            <ul className="lines">
              {written.map(action => (
                <li key={action.seq}>
                  <Written>{action.note ?? ''}</Written>
                  <small className="mut line-note">
                    <DateText value={action.at} form="moment" />
                  </small>
                </li>
              ))}
            </ul>
          </Pane>
        )}
      </Stack>
    </>
  )
}
