const fieldOf = (box: HTMLElement): HTMLTextAreaElement | null =>
  document.getElementById(box.dataset.insertInto ?? '') as HTMLTextAreaElement | null

/** Names are put into a text at the cursor. */
function insertNames(): void {
  document.addEventListener('click', event => {
    const chip = (event.target as Element).closest<HTMLElement>('[data-insert]')
    const box = chip?.closest<HTMLElement>('[data-insert-into]')
    const field = box && fieldOf(box)
    if (!chip || !field) return
    field.setRangeText(chip.dataset.insert ?? '', field.selectionStart, field.selectionEnd, 'end')
    field.dispatchEvent(new Event('input', { bubbles: true }))
    field.focus()
  })
}

/** A choice that changes what is asked next to it brings the new form at once; without script a button does. */
function reshapeAtOnce(): void {
  document.addEventListener('change', event => {
    const select = event.target as HTMLSelectElement
    if (!/\.(subject|test)$/.test(select.name ?? '')) return
    const shape = select.closest<HTMLElement>('[data-shape]')
    const form = select.form
    if (!shape || !form) return
    const name = shape.id.replace(/^f-/, '')
    void reshape(form, `${name}!same`, select.name)
  })
  document.addEventListener('click', event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name=reshape]')
    if (!button?.form) return
    event.preventDefault()
    void reshape(button.form, button.value, undefined)
  })
}

async function reshape(form: HTMLFormElement, order: string, from: string | undefined): Promise<void> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  body.set('reshape', order)
  const place = order.split('!')[0] ?? ''
  const response = await fetch(form.action.split('#', 1).join(), { method: 'POST', body, redirect: 'manual' })
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  const now = document.getElementById(`f-${place}`)
  const next = fresh.getElementById(`f-${place}`)
  if (!now || !next) return
  now.replaceWith(next)
  const selects = [...next.querySelectorAll<HTMLElement>('select, input:not([type=hidden]), textarea')]
  const at = from === undefined ? -1 : selects.findIndex(each => (each as HTMLSelectElement).name === from)
  const empty = selects.find(
    each =>
      (each as HTMLSelectElement).value === '' && /\.(subject|base)$/.test((each as HTMLSelectElement).name),
  )
  ;(at >= 0 ? (selects[at + 1] ?? selects[at]) : (empty ?? selects[selects.length - 2]))?.focus()
}

/** What is wrong with a formula is said while it is typed. */
function checkFormulas(): void {
  let timer = 0
  document.addEventListener('input', event => {
    const box = event.target as HTMLTextAreaElement
    const address = box.dataset?.check
    if (!address) return
    clearTimeout(timer)
    timer = window.setTimeout(async () => {
      const body = new URLSearchParams({ formula: box.value, currency: box.dataset.currency ?? '' })
      const response = await fetch(address, { method: 'POST', body })
      const answer = box.parentElement?.querySelector<HTMLElement>('[data-check-answer]')
      if (response.ok && answer) answer.textContent = ((await response.json()) as { wrong: string }).wrong
    }, 350)
  })
}

/** Items of a list are dragged to another place; the arrows and the place's own field do the same. */
function dragItems(): void {
  let dragged: HTMLElement | undefined
  for (const item of document.querySelectorAll<HTMLElement>('[data-drag-list] > [data-drag]')) {
    if (item.closest('form')) item.draggable = true
  }
  const itemAt = (event: Event) =>
    (event.target as Element).closest?.<HTMLElement>('[data-drag-list] > [data-drag]')
  document.addEventListener('dragstart', event => {
    dragged = itemAt(event) ?? undefined
    dragged?.classList.add('drag-on')
  })
  document.addEventListener('dragover', event => {
    const over = itemAt(event)
    if (!dragged || !over || over.parentElement !== dragged.parentElement) return
    event.preventDefault()
    for (const each of over.parentElement?.children ?? [])
      each.classList.toggle('drop-here', each === over && over !== dragged)
  })
  document.addEventListener('drop', event => {
    const over = itemAt(event)
    const form = over?.closest('form')
    if (!dragged || !over || !form || over === dragged) return
    event.preventDefault()
    const input = document.createElement('input')
    Object.assign(input, {
      type: 'hidden',
      name: 'do',
      value: `put:${dragged.dataset.drag}:before:${over.dataset.drag}`,
    })
    form.append(input)
    form.requestSubmit()
  })
  document.addEventListener('dragend', () => {
    dragged?.classList.remove('drag-on')
    for (const each of document.querySelectorAll('.drop-here')) each.classList.remove('drop-here')
    dragged = undefined
  })
}

/** What makes the designer quick; every page of it does without. */
export function bindDesigner(): void {
  if (!document.querySelector('[data-shape], [data-drag-list], [data-sms]')) return
  insertNames()
  reshapeAtOnce()
  checkFormulas()
  dragItems()
}
