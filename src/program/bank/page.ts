import type { Payment } from './book.ts'
import { words } from './words.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.codePointAt(0)};`)

const style = `
  :root { color-scheme: light }
  body { margin: 0; font: 1.05rem/1.7 system-ui, "Noto Sans Arabic", "DejaVu Sans", sans-serif; color: #1d2433; background: #eef1f6 }
  header { background: #1d3557; color: #fff; padding: 1rem 1.25rem }
  header b { font-size: 1.15rem }
  main { max-inline-size: 32rem; margin: 1.5rem auto; padding: 0 1.25rem }
  section { background: #fff; border: 1px solid #ccd3df; border-radius: .5rem; padding: 1.25rem }
  p { margin: 0 0 .75rem } .note { background: #fff6dc; border: 1px solid #e5cf85; border-radius: .5rem; padding: .75rem 1rem }
  dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: 0 0 1.25rem }
  dt { color: #5b6577 } dd { margin: 0; font-weight: 600 }
  form { display: grid; gap: .6rem }
  button, a.go { display: block; inline-size: 100%; box-sizing: border-box; text-align: start; font: inherit; min-block-size: 3rem; padding: .6rem 1rem;
    border: 1px solid #aab4c5; border-radius: .5rem; background: #fff; color: inherit; cursor: pointer; text-decoration: none }
  button small { display: block; color: #5b6577; line-height: 1.4 }
  button.main, a.go { background: #1d3557; border-color: #1d3557; color: #fff } button.main small { color: #d6deec }
  :focus-visible { outline: 3px solid #e0a100; outline-offset: 2px }`

function sheet(body: string): Response {
  const html = `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${words.title} · ${words.name}</title><style>${style}</style></head>
<body><header><b>${words.name}</b></header><main>${body}</main></body></html>`
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    },
  })
}

const facts = (of: Payment): string => `<dl>
<dt>${words.amount}</dt><dd><bdi>${escaped(of.amount)}</bdi> ${escaped(words.currencies[of.currency] ?? of.currency)}</dd>
<dt>${words.for}</dt><dd>${escaped(of.description)}</dd></dl>`

/** The page on which the payer chooses what the bank does. */
export function hostedPage(of: Payment): Response {
  if (of.outcome !== 'pending') return ended(of)
  const choices = Object.entries(words.choices).map(
    ([name, [verb, note]]) =>
      `<button name="choice" value="${name}"${name === 'pay' ? ' class="main"' : ''}><b>${verb}</b><small>${note}</small></button>`,
  )
  return sheet(`<p class="note">${words.demo}</p><section><h1>${words.title}</h1>${facts(of)}
<form method="post" action="/pay/${escaped(of.id)}">${choices.join('')}</form></section>`)
}

const ended = (of: Payment): Response =>
  sheet(`<section><h1>${words.over}: ${words.outcomes[of.outcome]}</h1>${facts(of)}
<p>${words.number} <bdi>${escaped(of.bankRef)}</bdi></p><a class="go" href="${escaped(of.returnUrl)}">${words.back}</a></section>`)

/** What the bank says of an address it did not sign up to. */
export const refusedPage = (why: 'wrong' | 'expired'): Response =>
  sheet(`<section><p>${words[why]}</p></section>`)
