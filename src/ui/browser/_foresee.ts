const PAUSE = 350

/** Keeps what is said of a form's outcome in step with what is typed: the message that will be sent, letter by letter as it will be. */
export function followForms(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-foreseen]')) {
    const form = place.closest('form')
    if (!form || place.dataset.bound) continue
    place.dataset.bound = 'yes'
    for (const button of place.querySelectorAll<HTMLElement>('[name=_foresee]')) button.hidden = true
    let timer = 0
    let asked = 0
    const ask = async () => {
      asked += 1
      const mine = asked
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && name !== 'password' && name !== 'code') body.append(name, value)
      }
      body.set('_foresee', '1')
      const response = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
      if (!response.ok || mine !== asked) return
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
      const next = fresh.querySelector('[data-foreseen]')
      if (!next) return
      for (const button of next.querySelectorAll<HTMLElement>('[name=_foresee]')) button.hidden = true
      place.replaceChildren(...next.childNodes)
    }
    const later = () => {
      clearTimeout(timer)
      timer = window.setTimeout(() => void ask().catch(() => undefined), PAUSE)
    }
    form.addEventListener('input', later)
    form.addEventListener('change', later)
  }
}
