import { figures } from './_change.ts'

/** Adds up notes and coins while they are counted. The server adds them again. */
export function sumCounts(): void {
  document.addEventListener('input', event => {
    const box = (event.target as HTMLElement).closest<HTMLElement>('[data-count]')
    const shown = box?.querySelector('[data-role=count-sum] bdi')
    if (!box || !shown) return
    let sum = 0
    for (const input of box.querySelectorAll<HTMLInputElement>('input[data-face]')) {
      const typed = input.value.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit =>
        String((digit.codePointAt(0) ?? 0) & 0xf),
      )
      sum += Number(/^\s*\d+\s*$/.test(typed) ? typed : 0) * Number(input.dataset.face)
    }
    shown.textContent = figures(sum, Number(box.dataset.digits))
  })
}
