import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import type { FieldProps } from './field.tsx'
import { Form } from './form.tsx'
import { Row } from './pane.tsx'
import { LongTextField } from './text-fields.tsx'

export type DecisionFormProps = {
  action: string
  hidden: Record<string, string | undefined>
  label: string
  /** A word to whoever wrote it. */
  note: FieldProps & { rows?: number | undefined; maxLength: number }
  approve: ReactNode
  giveBack: ReactNode
  /** What else is decided with it: from which day. */
  children?: ReactNode
}

/** What a second person decides on what another wrote. The button pressed comes as `do`: `approve` or `return`. */
export function DecisionForm(props: DecisionFormProps) {
  const { action, hidden, label, note, approve, giveBack, children } = props
  return (
    <Form action={action} hidden={hidden} label={label}>
      {children}
      <LongTextField {...note} />
      <Row>
        <Button name="do" value="approve" icon="check">
          {approve}
        </Button>
        <Button name="do" value="return" variant="quiet" icon="back">
          {giveBack}
        </Button>
      </Row>
    </Form>
  )
}
