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

/** Finds again what is in hand once its part was swapped, and puts the caret back where it stood. */
function inHand(): (form: HTMLElement) => void {
  const at = document.activeElement as HTMLInputElement | null
  const isChoice = at?.type === 'radio' || at?.type === 'checkbox'
  const named = at?.name && isChoice
  const mark = named
    ? `[name="${CSS.escape(at.name)}"][value="${CSS.escape(at.value)}"]`
    : at?.id && `#${CSS.escape(at.id)}`
  const [from, to] = isChoice ? [] : [at?.selectionStart, at?.selectionEnd]
  return form => {
    const again = mark && form.querySelector<HTMLInputElement>(mark)
    if (!again || again === document.activeElement) return
    again.focus({ preventScroll: true })
    if (typeof from === 'number') again.setSelectionRange?.(from, to ?? from)
  }
}

/** Shows the questions, papers and fees an answer brings up as soon as it is given. Nothing is swapped under somebody who types. */
export function followAnswers(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-follow]')) {
    let edits = 0
    let timer = 0
    let isOwed = false
    let isChoosing = false
    const later = () => {
      clearTimeout(timer)
      isOwed = true
      timer = window.setTimeout(() => void follow().catch(() => undefined), PAUSE)
    }
    const follow = async () => {
      if (isChoosing) return
      const before = edits
      const body = new URLSearchParams()
      for (const [name, value] of new FormData(form)) {
        if (typeof value === 'string' && name !== '_key') body.append(name, value)
      }
      await fetch(form.dataset.autosave as string, { method: 'POST', body, redirect: 'manual' })
      const response = await fetch(form.dataset.follow as string)
      const text = await response.text()
      // Between this line and the swap nothing can be typed; whoever typed before it is followed when they pause.
      if (!response.ok || edits !== before || isChoosing) return
      isOwed = false
      const fresh = new DOMParser().parseFromString(text, 'text/html')
      const takeUp = inHand()
      for (const part of form.querySelectorAll<HTMLElement>('[data-part]')) {
        const next = fresh.querySelector(`[data-part="${part.dataset.part}"]`)
        if (next) part.replaceChildren(...next.childNodes)
      }
      takeUp(form)
    }
    form.addEventListener('input', () => {
      edits += 1
      isChoosing = false
      if (isOwed) later()
    })
    // A chooser of files that is open must find its field again; whoever answers a question or chose a file has closed it.
    form.addEventListener('click', event => {
      if ((event.target as HTMLElement).closest('.pickfile')) isChoosing = true
    })
    form.addEventListener('cancel', () => {
      isChoosing = false
      if (isOwed) later()
    })
    form.addEventListener('change', event => {
      const control = event.target as HTMLInputElement
      const decides = control.matches('select, [type=radio], [type=checkbox]')
      if (decides && control.closest('[data-part=questions]')) later()
    })
  }
}
