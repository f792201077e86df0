import { usePage } from '../page.ts'
import { Button } from './button.tsx'
import { Form } from './form.tsx'

/** The way out, for whoever is logged in. Leaving is a POST: a link could be followed by a program that only looks. */
export function LogOut() {
  const { logOut } = usePage().navigation
  if (!logOut) return null
  return (
    <Form action={logOut.href} inline>
      <Button variant="quiet">{logOut.label}</Button>
    </Form>
  )
}
