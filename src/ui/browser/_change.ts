/** Minor units of what was typed, with either kind of digits; absent when it is not an amount. */
export function minorUnits(typed: string, digits: number): number | undefined {
  const text = typed
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/\u066b/g, '.')
    .replace(/[,\u066c\u060c\s]/g, '')
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text)
  if (!match || text === '' || text === '.' || (match[2] ?? '').length > digits) return undefined
  return Number((match[1] ?? '') + (match[2] ?? '').padEnd(digits, '0'))
}

/** Figures for people: 1,711.10. */
export function figures(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\B(?=(\d{3})+\.)/g, ',')
}

/** What goes back to the payer, while the clerk types what was received. The server computes it again. */
export function computeChange(): void {
  document.addEventListener('input', event => {
    const received = event.target as HTMLInputElement
    if (received.dataset?.role !== 'received') return
    const gate = received.closest<HTMLElement>('[data-change]')
    const shown = gate?.querySelector('[data-role=change] bdi')
    if (!gate || !shown) return
    const digits = Number(gate.dataset.digits)
    const total = minorUnits(gate.dataset.total ?? '', digits)
    const got = minorUnits(received.value, digits)
    const short = got === undefined || total === undefined || got < total
    shown.textContent = short ? '\u2013' : figures(got - total, digits)
  })
}
