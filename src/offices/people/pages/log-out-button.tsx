import { addresses } from '../../../lib/addresses.ts'
import { Button, Form, usePage } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { peopleTexts } from '../strings.ts'

/** The way out, for the pages of whoever is logged in. Leaving is a POST: a link could be followed by a program that only looks. */
export function LogOutButton() {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <Form action={page.url(addresses.logOut)} inline>
      <Button variant="plain">{t('log-out')}</Button>
    </Form>
  )
}
