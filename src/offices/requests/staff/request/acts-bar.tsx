import type { ReactNode } from 'react'
import { may } from '../../../../kernel/access/index.ts'
import type { ActName, Field, Step } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  type ButtonVariant,
  Form,
  type IconName,
  LinkButton,
  More,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import type { RequestPageProps } from './page.tsx'
import { field } from './read-act.ts'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'

const completing: readonly ActName[] = [
  'approve',
  'sign',
  'run-effect',
  'hand-over',
  'opine',
  'record',
  'appoint',
  'refer-back',
]

/** The act that finishes what lies before the reader. */
export const mainAct = ({ acts }: Pick<RequestView, 'acts'>): ActName | undefined =>
  acts.find(({ name, disabledBecause }) => completing.includes(name) && !disabledBecause)?.name

/** Acts that stop the request: never filled. */
export const stops: readonly ActName[] = ['ask-papers', 'reject', 'withdraw']

type Look = { icon: IconName; variant: ButtonVariant; hotkey?: string }

const looks: Partial<Record<ActName, Look>> = {
  answer: { icon: 'chat', variant: 'quiet', hotkey: 'KeyA' },
  appoint: { icon: 'cal', variant: 'quiet' },
  missed: { icon: 'no', variant: 'quiet' },
  'ask-papers': { icon: 'gap', variant: 'stop', hotkey: 'KeyS' },
  refer: { icon: 'refer', variant: 'quiet', hotkey: 'KeyR' },
  defer: { icon: 'snooze', variant: 'quiet', hotkey: 'KeyZ' },
}

/** In the bar, in this order; what is seldom needed stands behind the dots. */
const inBar = ['answer', 'appoint', 'missed', 'ask-papers', 'refer', 'defer'] as const
const behindDots = ['return', 'supply-papers', 'reject', 'reopen', 'withdraw'] as const
const icons: Partial<Record<ActName, IconName>> = {
  return: 'turn',
  'supply-papers': 'doc',
  reject: 'no',
  reopen: 'back',
  withdraw: 'x',
}

/** What this person may do now: the same table that the server refuses by. */
export function ActsBar(props: RequestPageProps) {
  const { view, act } = props
  const t = useTexts(actTexts)
  const { url } = usePage()
  // One filled button on a page: that of the form that lies open.
  const fillsPane = act !== undefined && !stops.includes(act)
  const open = view.acts.filter(({ disabledBecause }) => !disabledBecause)
  const offers = (name: ActName) => open.some(each => each.name === name)
  const main = mainAct(view)
  const to = (act: string) => `${actAddress(url, view, act)}#act`
  const pay = open.find(({ name }) => name === 'pay')
  return (
    <>
      {main && (
        <LinkButton
          href={to(main)}
          variant={fillsPane ? 'quiet' : 'main'}
          icon={
            main === 'sign' ? 'cert' : main === 'appoint' ? 'cal' : main === 'opine' ? 'opinion' : 'check'
          }
          hotkey="KeyA"
        >
          <MainLabel {...props} act={main} />
        </LinkButton>
      )}
      {!main && offers('take') && <TakeButton view={view} variant="main" />}
      {pay?.needs.settle !== 'exception' && pay && (
        <LinkButton href={url(addresses.counterCollect, { id: view.request.id })} icon="cash">
          {t('act-collect')}
        </LinkButton>
      )}
      {inBar
        .filter(name => offers(name) && name !== main)
        .map(name => (
          <LinkButton key={name} href={to(name)} {...looks[name]}>
            {t(name === 'appoint' && view.task?.appointment ? 'act-reappoint' : `act-${name}`)}
          </LinkButton>
        ))}
      {offers('refer') && (
        <LinkButton href={to('opinion')} icon="opinion" variant="quiet" hotkey="KeyO">
          {t('act-opinion')}
        </LinkButton>
      )}
      <More label={t('more-acts')}>
        {main && offers('take') && <TakeButton view={view} variant="plain" />}
        {behindDots.filter(offers).map(name => (
          <LinkButton key={name} href={to(name)} variant="plain" icon={icons[name]}>
            {t(`act-${name}`)}
          </LinkButton>
        ))}
        {pay?.needs.settle && pay.needs.settle !== 'receipt' && (
          <LinkButton href={to('pay')} variant="plain" icon="scale">
            {t('act-except')}
          </LinkButton>
        )}
        <LinkButton
          href={url(addresses.officeRequestSheet, { id: view.request.id })}
          variant="plain"
          icon="print"
        >
          {t('act-sheet')}
        </LinkButton>
        {view.who.kind === 'staff' && may(view.who, 'request.close-to') && (
          <LinkButton
            href={url(addresses.requestClosing, { id: view.request.id })}
            variant="plain"
            icon="lock"
          >
            {t('act-close-to')}
          </LinkButton>
        )}
        {view.rights['person.read'] && (
          <LinkButton
            href={url(addresses.person, { person: view.request.applicantId })}
            variant="plain"
            icon="user"
          >
            {t('act-person')}
          </LinkButton>
        )}
      </More>
    </>
  )
}

/** Where an act on this request opens. */
export const actAddress = (
  url: ReturnType<typeof usePage>['url'],
  { request, task }: Pick<RequestView, 'request' | 'task'>,
  act: string,
  more: Record<string, string> = {},
): string => url(addresses.officeRequest, { id: request.id }, { act, task: task?.id, ...more })

/** «وافق، إلى مكتب رئيس البلدية»: the verb, and where it leads when another office is next. */
export function MainLabel({ act, view, leadsTo }: RequestPageProps & { act: ActName }): ReactNode {
  const t = useTexts(actTexts)
  const local = useLocalized()
  // A step that must show what was done is a work, not a judgement.
  const step = stepInHand(view)
  const kind = step && 'kind' in step ? step.kind : undefined
  const isWork = act === 'approve' && view.service.definition.steps.some(isShownBy(view.task?.step))
  const verb = t(
    act === 'refer-back' && view.task?.purpose === 'information'
      ? 'act-seen'
      : act === 'approve' && kind === 'site-visit'
        ? 'act-report'
        : act === 'approve' && kind === 'committee'
          ? 'act-session'
          : act === 'appoint' && view.task?.appointment
            ? 'act-reappoint'
            : isWork
              ? 'act-work-done'
              : `act-${act as 'approve'}`,
  )
  const fills = act === 'approve' || act === 'run-effect' || act === 'opine' || act === 'record'
  const missing = fills ? missingFields(view) : []
  if (missing.length > 2) return t('act-fill-count', { verb, count: missing.length })
  if (missing.length > 0) {
    return t('act-fill', {
      verb,
      fields: missing.map(({ label }) => local(label).replace(/(?<![؟?:])[؟?:]+$/, '')).join(t('comma')),
    })
  }
  const next = leadsTo?.step
  const office = next && next.office !== view.task?.office ? view.offices.get(next.office) : undefined
  return office && act === 'approve' ? t('act-to', { verb, office: local(office.name) }) : verb
}

const isShownBy =
  (id: string | undefined) =>
  (step: Step): boolean =>
    step.id === id && (step.proofs ?? []).some(({ optional }) => !optional)

/** What this step wants filled in before it is approved, and is not yet. */
function missingFields(view: RequestView): Field[] {
  const { service, task, request, surroundings } = view
  if (task?.purpose !== 'step' && task?.purpose !== 'branch') return []
  const step = stepInHand(view)
  const given = request.projection.stepFields
  const values = surroundings.values(given)
  return (step?.fields ?? []).filter(
    each => !each.optional && given[each.id] === undefined && service.holds(each.when, values),
  )
}

function TakeButton({ view, variant }: { view: RequestView; variant: ButtonVariant }) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  return (
    <Form
      action={url(addresses.officeAct, { id: view.request.id, act: 'take' })}
      hidden={{ [field.task]: view.task?.id }}
      inline
    >
      <Button variant={variant} icon="hand">
        {t(view.task?.assignee ? 'act-take-over' : 'act-take')}
      </Button>
    </Form>
  )
}
