import { expect, test } from 'vitest'
import { toHtml } from '../html.tsx'
import type { Page } from '../page.ts'
import { usePage } from '../page.ts'
import { Written } from './written.tsx'

let times = 0
function Where() {
  const { locale, town } = usePage()
  times += 1
  return (
    <>
      <b>{town.name[locale]}</b> &amp; {town.phone}
    </>
  )
}

const at = (locale: 'ar' | 'en', phone: string): Partial<Page> => ({
  locale,
  town: { name: { ar: 'عين', en: '<Ain>' }, phone } as Page['town'],
})
const html = (by: Partial<Page>) => toHtml(<Written as="p" className="by" part={Where} by={by} />)

test('a part that is alike on many pages is written once for all it depends on', () => {
  expect(html(at('en', '1'))).toBe('<p class="by"><b>&lt;Ain&gt;</b> &amp; 1</p>')
  expect(html(at('en', '1'))).toBe(html(at('en', '1')))
  expect(times).toBe(1)
  expect(html(at('en', '2'))).toContain('2')
  expect(html(at('ar', '2'))).toContain('عين')
  expect(times).toBe(3)
})

test('a part cannot know what it was not given', () => {
  expect(() => toHtml(<Written as="p" part={Where} by={{ locale: 'ar' }} />)).toThrow()
})
