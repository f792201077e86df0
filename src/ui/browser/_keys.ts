const FIELD =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=file]), textarea, select, [contenteditable]'

/* Keys by place: an Arabic layout sends other letters from the same place. */
function nameOf(event: KeyboardEvent): string {
  const code = event.code.replace(/^Numpad(?=\d$)/, 'Digit').replace('NumpadEnter', 'Enter')
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${code}`
}

const shown = (element: HTMLElement): boolean =>
  element.getClientRects().length > 0 && !(element as HTMLButtonElement).disabled

function press(element: HTMLElement): void {
  if (element.matches(FIELD)) {
    element.focus()
    if (element instanceof HTMLInputElement) element.select()
  } else {
    element.click()
  }
}

function moveRow(step: 1 | -1): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-rows] [data-row]')].filter(shown)
  if (rows.length === 0) return false
  const at = rows.findIndex(row => row.classList.contains('sel'))
  const next =
    rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (step === 1 ? 0 : rows.length - 1) : at + step))]
  for (const row of rows) row.classList.toggle('sel', row === next)
  next?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
  return true
}

/** The chosen row, opened with what its list binds to this key. */
function openToAct(name: string): boolean {
  const row = document.querySelector<HTMLElement>('[data-rows][data-acts] [data-row].sel')
  const list = row?.closest<HTMLElement>('[data-acts]')
  const act = list && (JSON.parse(list.dataset.acts ?? '{}') as Record<string, string>)[name]
  const link = row?.querySelector<HTMLAnchorElement>('a[href]')
  if (!act || !link) return false
  const address = new URL(link.href)
  address.searchParams.set('act', act)
  location.href = address.href
  return true
}

/** Ticks the chosen row, or unticks it. */
function pickRow(): boolean {
  const box = document.querySelector<HTMLInputElement>('[data-row].sel [data-pick]')
  box?.click()
  return box !== null
}

function goToStep(number: string): boolean {
  const step = document.querySelector<HTMLElement>(`[data-step="${number}"]`)
  if (!step) return false
  step.scrollIntoView({ block: 'nearest' })
  const inside = (what: string) => [...step.querySelectorAll<HTMLElement>(what)].find(shown)
  const first = inside('input:not([type=hidden]), textarea, select') ?? inside('button, a[href], summary')
  first?.focus()
  if (first instanceof HTMLInputElement && first.matches(FIELD)) first.select()
  return true
}

/** Binds every `data-key` of the page; letters act only outside fields, and all can be turned off. */
export function bindKeys(): void {
  if (document.body.dataset.shortcuts === 'off') return
  document.addEventListener('keydown', event => {
    if (event.isComposing || event.repeat || event.defaultPrevented) return
    const name = nameOf(event)
    const field = (event.target as HTMLElement).closest?.<HTMLElement>(FIELD)
    const free = /^(F\d+|Ctrl\+|Alt\+)/.test(name)
    if (field && name === 'Escape') {
      field.blur()
      return
    }
    // In a field these keys take back what was typed there.
    if (field && (!free || /^Ctrl\+Key[ZY]$/.test(name))) return
    if (event.shiftKey && name !== 'Slash') return
    const target = [...document.querySelectorAll<HTMLElement>(`[data-key="${CSS.escape(name)}"]`)].find(shown)
    let done = false
    if (target) {
      press(target)
      done = true
    } else if (openToAct(name)) done = true
    else if (name === 'KeyX') done = pickRow()
    else if (name === 'ArrowDown') done = moveRow(1)
    else if (name === 'ArrowUp') done = moveRow(-1)
    else if (/^Alt\+Digit\d$/.test(name)) done = goToStep(name.slice(-1))
    else if (name === 'Slash' && event.shiftKey) {
      document.querySelector('.keys')?.scrollIntoView({ block: 'center' })
      done = true
    }
    if (done) event.preventDefault()
  })
}
