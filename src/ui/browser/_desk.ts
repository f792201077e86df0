/** Puts ready phrases into their field at the cursor; the list that serves without script steps aside. */
export function bindPhrases(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-phrases]')) {
    if (box.dataset.bound) continue
    box.dataset.bound = 'yes'
    const plain = box.querySelector<HTMLElement>('[data-noscript]')
    const list = box.querySelector<HTMLElement>('[data-withscript]')
    const chosen = plain?.querySelector('select')
    const field = document.getElementById(box.dataset.phrases ?? '') as HTMLTextAreaElement | null
    if (!plain || !list || !field) continue
    // What came back chosen from the server is written out, so that it is seen and sent once.
    if (chosen?.value && !field.value.includes(chosen.selectedOptions[0]?.text ?? '')) {
      insert(field, chosen.selectedOptions[0]?.text ?? '')
    }
    if (chosen) chosen.value = ''
    plain.hidden = true
    list.hidden = false
    list.addEventListener('click', event => {
      const text = (event.target as Element).closest<HTMLElement>('[data-phrase]')?.dataset.phrase
      if (text) insert(field, text)
    })
  }
}

function insert(field: HTMLTextAreaElement, text: string): void {
  const at = field.selectionStart ?? field.value.length
  const before = field.value.slice(0, at)
  const gap = before === '' || /\s$/.test(before) ? '' : '\n'
  field.setRangeText(gap + text, at, field.selectionEnd ?? at, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.focus()
}

/** Counts the ticked rows of a list beside its acts. */
export function countPicks(): void {
  document.addEventListener('change', event => {
    if (!(event.target as Element).matches('[data-pick]')) return
    const form = (event.target as HTMLInputElement).form
    const count = form?.querySelector<HTMLElement>('[data-bulk-count]')
    const number = form?.querySelectorAll('[data-pick]:checked').length ?? 0
    if (!count) return
    count.hidden = number === 0
    const place = count.querySelector('b')
    if (place) place.textContent = String(number)
  })
}
