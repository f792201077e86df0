import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Localized } from '../../../../lib/localized.ts'
import {
  Button,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  Num,
  Pane,
  PersonName,
  SmsBubble,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import type { Call } from '../../../../web/call.ts'
import { MessageTabs } from '../../../messaging/index.ts'
import { letterTexts } from '../words.ts'
import { heldField } from './acts.ts'
import type { HeldLetter } from './store.ts'

export type HeldPageProps = {
  call: Call
  letters: HeldLetter[]
  writers: ReadonlyMap<string, { name: Localized }>
  reviewed: boolean
  /** What was wrong with the decision on one of them. */
  on?: string | undefined
  faults?: readonly Fault[] | undefined
  note?: string | undefined
}

/** `/office/messages/held/letters`: what staff wrote and a second person has not read yet. */
export function HeldPage(props: HeldPageProps) {
  const { call, letters, reviewed } = props
  const t = useTexts(letterTexts)
  return (
    <StaffLayout title={t('held-title')} faults={props.faults}>
      <Stack>
        <MessageTabs call={call} current="held" counts={{ held: letters.length }} />
        <Head title={t('held-title')} sub={t('held-lead')} />
        {letters.length === 0 && (
          <Empty title={t('held-empty-title')}>{t(reviewed ? 'held-empty' : 'held-empty-off')}</Empty>
        )}
        {letters.map(letter => (
          <HeldPane key={letter.id} letter={letter} {...props} />
        ))}
        <Rule call={call} reviewed={reviewed} />
      </Stack>
    </StaffLayout>
  )
}

function HeldPane({ letter, call, writers, on, faults, note }: HeldPageProps & { letter: HeldLetter }) {
  const t = useTexts(letterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { actor } = call.visitor
  const isOwn = actor.kind === 'staff' && actor.staffId === letter.by
  const writer = writers.get(letter.by)
  const action = url(addresses.heldLetter, { letter: letter.id })
  const faulty = on === letter.id
  return (
    <Pane
      id={`letter-${letter.id}`}
      icon="chat"
      title={
        <>
          {t('held-request')}{' '}
          <a href={`${url(addresses.officeRequest, { id: letter.requestId })}#letters`}>
            <Num>{letter.number}</Num>
          </a>
        </>
      }
    >
      <p className="sm mut">
        <PersonName>{letter.applicant.name}</PersonName>
        {' · '}
        {t('held-by')} {writer && <bdi>{local(writer.name)}</bdi>}
        {' · '}
        <DateText value={letter.at} form="moment" />
      </p>
      {letter.message?.body.includes(letter.text) !== true && (
        <p>
          <Written>{letter.text}</Written>
        </p>
      )}
      {letter.message && <SmsBubble text={letter.message.body} />}
      {isOwn ? (
        <Note small>{t('held-own')}</Note>
      ) : (
        <>
          <Form action={action} hidden={{ [heldField.go]: 'yes' }}>
            <p className="mt-s">
              <Button icon="go">{t('held-let-go')}</Button>
            </p>
          </Form>
          <details className="mt-s" open={faulty}>
            <summary>{t('held-send-back')}</summary>
            <Form action={action}>
              <LongTextField
                name={heldField.note}
                label={t('held-why')}
                hint={t('held-why-hint')}
                rows={2}
                maxLength={500}
                value={faulty ? note : ''}
                fault={faulty ? faultOf(faults, heldField.note) : undefined}
              />
              <Button variant="quiet">{t('held-send-back')}</Button>
            </Form>
          </details>
        </>
      )}
    </Pane>
  )
}

/** The town's rule, for whoever keeps the settings of messages. */
function Rule({ call, reviewed }: Pick<HeldPageProps, 'call' | 'reviewed'>) {
  const t = useTexts(letterTexts)
  const { url } = usePage()
  if (!may(call.visitor.actor, 'message.settings')) return null
  return (
    <Pane id="rule" icon="settings" title={t('rule-title')}>
      <p className="mb-s">{t(reviewed ? 'rule-on' : 'rule-off')}</p>
      <Form action={url(addresses.heldRule)} hidden={{ reviewed: reviewed ? 'no' : 'yes' }}>
        <Button variant="quiet">{t(reviewed ? 'rule-turn-off' : 'rule-turn-on')}</Button>
      </Form>
    </Pane>
  )
}
