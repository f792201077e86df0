import { inLocale } from '../lib/localized.ts'
import { toHtml } from '../ui/html.tsx'
import type { Assets } from './assets.ts'
import type { Composer } from './page.tsx'
import { doorText } from './strings.ts'

/** Where an installation holds several towns, its front page is their list; it belongs to none of them. */
export function showTowns(assets: Assets): Composer['townList'] {
  return (_house, towns, status) => {
    const title = doorText('ar', 'towns-title')
    const html = toHtml(
      <html lang="ar" dir="rtl">
        <head>
          <meta charSet="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>{title}</title>
          <link rel="stylesheet" href={assets.url('citizen.css')} />
        </head>
        <body>
          <main id="main" className="wrap read">
            <h1>{title}</h1>
            {towns.length === 0 && <p className="lead">{doorText('ar', 'towns-none')}</p>}
            <ul className="pane lines0">
              {towns.map(town => (
                <li key={town.id}>
                  <a href={`/~${town.slug}/`}>{inLocale(town.name, 'ar')}</a>
                </li>
              ))}
            </ul>
          </main>
        </body>
      </html>,
    )
    return new Response(`<!doctype html>${html}`, {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  }
}
