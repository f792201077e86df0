import { addresses } from '../../../lib/addresses.ts'
import type { IconName } from '../../../ui/index.ts'
import {
  Button,
  type ButtonVariant,
  Form,
  LinkButton,
  Note,
  Pane,
  Row,
  Stack,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type BulletinText, bulletinTexts } from '../strings.ts'
import type { View } from './bulletin.tsx'

type Act = { act: string; icon?: IconName; variant?: ButtonVariant; hotkey?: string }

/** What can be done with a bulletin where it stands, by whoever looks at it. */
export function ActsPane({ view }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const { bulletin, can } = view
  const { state, paused, returnedWhy, counts } = bulletin
  if (state === 'done' || state === 'stopped' || (!can.write && !can.review)) return null
  return (
    <Pane id="acts" title={t('acts')} icon="hand">
      <Stack gap="small">
        {returnedWhy && state === 'counted' && (
          <Note tone="honey" title={t('returned')}>
            <bdi>{returnedWhy}</bdi>
          </Note>
        )}
        {state === 'counted' && can.write && counts.recipients > 0 && (
          <p className="sm mut">{t('ask-sub', { who: t('ask-who') })}</p>
        )}
        {state === 'review' &&
          (can.decide ? <Decide view={view} /> : <p className="sm mut">{t('waits-own')}</p>)}
        <Row>
          {state === 'counted' && can.write && (
            <>
              {counts.recipients > 0 && (
                <Does view={view} act={{ act: 'ask', icon: 'check', hotkey: 'F9' }} />
              )}
              <Edit view={view} />
            </>
          )}
          {state === 'review' && can.write && (
            <Does view={view} act={{ act: 'take-back', variant: 'quiet' }} />
          )}
          {state === 'sending' && !paused && (
            <Does view={view} act={{ act: 'pause', icon: 'pause', variant: 'quiet' }} />
          )}
          {state === 'sending' && paused && <Does view={view} act={{ act: 'go-on', icon: 'turn' }} />}
          {state === 'sending' && <Does view={view} act={{ act: 'stop', variant: 'stop' }} />}
          {(state === 'counted' || state === 'counting') && can.write && (
            <Does view={view} act={{ act: 'drop', variant: 'plain' }} />
          )}
        </Row>
      </Stack>
    </Pane>
  )
}

function Decide({ view: { bulletin } }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const page = usePage()
  return (
    <LinkButton href={page.url(addresses.bulletinReview, { bulletin: bulletin.id })} icon="eye" hotkey="F9">
      {t('go-review')}
    </LinkButton>
  )
}

function Edit({ view: { bulletin } }: { view: View }) {
  const t = useTexts(bulletinTexts)
  const page = usePage()
  return (
    <LinkButton href={page.url(addresses.bulletinEdit, { bulletin: bulletin.id })} variant="quiet">
      {t('edit')}
    </LinkButton>
  )
}

function Does({ view: { bulletin }, act: { act, ...look } }: { view: View; act: Act }) {
  const t = useTexts(bulletinTexts)
  const page = usePage()
  return (
    <Form action={page.url(addresses.bulletin, { bulletin: bulletin.id })} hidden={{ act }} inline>
      <Button {...look}>{t(act as BulletinText)}</Button>
    </Form>
  )
}
