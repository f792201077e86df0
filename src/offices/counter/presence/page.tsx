import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CodeField,
  Form,
  faultOf,
  Head,
  LinkButton,
  Pane,
  Read,
  Row,
  Stack,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { CounterLayout } from '../layout.tsx'
import { presenceTexts } from './strings.ts'

export type PresenceView = {
  personId: string
  /** The code that was sent; undefined where none could be. */
  codeId: string
  /** The page that was asked for. */
  back: string
  faults: Fault[]
}

/** Where the code is typed that came to the person's telephone. It names nobody: the file is not open yet. */
export function PresencePage({ view }: { view: PresenceView }) {
  const t = useTexts(presenceTexts)
  const { url } = usePage()
  const { personId, codeId, back, faults } = view
  return (
    <CounterLayout title={t('title')} faults={faults}>
      <Read>
        <Head title={t('title')} sub={t('sub')} />
        <Pane id="code">
          <Form
            action={url(addresses.counterPresence, { person: personId })}
            hidden={{ back, code_id: codeId }}
          >
            <Stack>
              <CodeField
                name="code"
                label={t('code')}
                hint={t('code-hint')}
                fault={faultOf(faults, 'code')}
              />
              <Row>
                <Button icon="eye" name="do" value="check">
                  {t('open')}
                </Button>
                <Button variant="quiet" name="do" value="send" formNoValidate>
                  {t('again')}
                </Button>
                <LinkButton href={back} variant="plain" hotkey="Escape">
                  {t('reason')}
                </LinkButton>
              </Row>
            </Stack>
          </Form>
        </Pane>
      </Read>
    </CounterLayout>
  )
}
