/** A paper chosen or dropped is sent at once: the scanner's file goes in with one gesture. The button beside it serves without script. */
export function sendChosen(): void {
  document.addEventListener('change', event => {
    const input = event.target as HTMLInputElement
    const button = input.dataset?.sends && document.getElementById(input.dataset.sends)
    if (button && input.files?.length) input.form?.requestSubmit(button as HTMLButtonElement)
  })
}

/** A link to a sheet of the page prints that sheet: the address names it, and the style prints what the address names. */
export function printSheets(): void {
  document.addEventListener('click', event => {
    const link = (event.target as HTMLElement).closest?.<HTMLAnchorElement>('a[href^="#"]')
    const sheet = link && document.getElementById(link.hash.slice(1))
    if (sheet?.classList.contains('paper')) setTimeout(() => print(), 50)
  })
}

const PAUSE = 250

function mark(): string | undefined {
  const at = document.activeElement as HTMLInputElement | null
  if (!at) return undefined
  if (at.name && (at.type === 'radio' || at.type === 'checkbox')) {
    return `[name="${CSS.escape(at.name)}"][value="${CSS.escape(at.value)}"]`
  }
  return at.id ? `#${CSS.escape(at.id)}` : undefined
}

/** Shows the questions, papers and fees an answer brings up as soon as it is given. Nothing is swapped under somebody who types. */
export function followAnswers(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-follow]')) {
    let edits = 0
    let timer = 0
    const follow = async () => {
      const before = edits
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && name !== '_key') body.append(name, value)
      }
      await fetch(form.dataset.autosave as string, { method: 'POST', body, redirect: 'manual' })
      const response = await fetch(form.dataset.follow as string)
      if (!response.ok || edits !== before) return
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
      const focused = mark()
      for (const part of form.querySelectorAll<HTMLElement>('[data-part]')) {
        const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`)
        if (next) part.replaceChildren(...next.childNodes)
      }
      if (focused) form.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true })
    }
    const edited = () => {
      edits += 1
    }
    form.addEventListener('input', edited)
    // A chooser of files that is open must find its field again.
    form.addEventListener('click', event => {
      if ((event.target as HTMLElement).closest('.pickfile')) edited()
    })
    form.addEventListener('change', event => {
      const control = event.target as HTMLInputElement
      const decides = control.matches('select, [type=radio], [type=checkbox]')
      if (!decides || !control.closest('[data-part=questions]')) return
      clearTimeout(timer)
      timer = window.setTimeout(() => void follow().catch(() => undefined), PAUSE)
    })
  }
}
