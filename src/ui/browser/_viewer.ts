/** Zoom, turn and full screen of papers. */
export function bindViewers(): void {
  for (const viewer of document.querySelectorAll<HTMLElement>('[data-viewer]')) {
    const tools = viewer.querySelector<HTMLElement>('[data-tools]')
    if (!tools || viewer.dataset.bound) continue
    viewer.dataset.bound = 'yes'
    tools.hidden = false
    let zoom = 1
    let turn = 0
    const show = () => {
      viewer.dataset.zoom = String(zoom)
      viewer.dataset.turn = String(turn)
      for (const sheet of viewer.querySelectorAll<HTMLElement>('.leaf')) {
        // A turned picture keeps the room of the unturned one: give it what it is missing.
        const missing = turn % 180 === 0 ? 0 : Math.max(0, (sheet.offsetWidth - sheet.offsetHeight) / 2)
        sheet.style.marginBlock = missing ? `${missing + 16}px` : ''
      }
    }
    tools.addEventListener('click', event => {
      const tool = (event.target as Element).closest<HTMLElement>('[data-tool]')?.dataset.tool
      if (tool === 'zoom-in') zoom = Math.min(4, zoom + 1)
      if (tool === 'zoom-out') zoom = Math.max(0, zoom - 1)
      if (tool === 'turn') turn = (turn + 90) % 360
      if (tool === 'full')
        void (document.fullscreenElement ? document.exitFullscreen() : viewer.requestFullscreen())
      if (tool === 'note') viewer.toggleAttribute('data-noting')
      else show()
    })
    viewer.addEventListener('click', event => {
      const leaf = (event.target as Element).closest<HTMLElement>('.leaf')
      if (!leaf || !viewer.hasAttribute('data-noting')) return
      event.preventDefault()
      viewer.removeAttribute('data-noting')
      pointAt(leaf, pointOn(leaf, event, turn))
    })
  }
}

type Point = { x: number; y: number }

/** Where on the page as it was scanned, in thousandths from its top left corner, however it is turned now. */
function pointOn(leaf: HTMLElement, { clientX, clientY }: MouseEvent, turn: number): Point {
  const seen = leaf.getBoundingClientRect()
  const across = (clientX - seen.left) / seen.width
  const down = (clientY - seen.top) / seen.height
  const turned: Record<number, [number, number]> = {
    0: [across, down],
    90: [down, 1 - across],
    180: [1 - across, 1 - down],
    270: [1 - down, across],
  }
  const [x, y] = turned[turn] ?? [across, down]
  const thousandth = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000)
  return { x: thousandth(x), y: thousandth(y) }
}

/** Puts the place into the form for a note, shows it on the page, and asks for the words. */
function pointAt(leaf: HTMLElement, { x, y }: Point): void {
  const box = document.querySelector<HTMLDetailsElement>('[data-note-form]')
  const field = (name: string) =>
    box?.querySelector<HTMLInputElement | HTMLTextAreaElement>(`[name="note.${name}"]`)
  if (!box) return
  box.open = true
  const put = (name: string, value: string) => {
    const input = field(name)
    if (input) input.value = value
  }
  put('x', String(x))
  put('y', String(y))
  put('place', '')
  put('page', leaf.dataset.page ?? '1')
  for (const old of document.querySelectorAll('.pins.new')) old.remove()
  const pin = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  pin.setAttribute('class', 'pins new')
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle')
  dot.setAttribute('cx', `${x / 10}%`)
  dot.setAttribute('cy', `${y / 10}%`)
  dot.setAttribute('r', '9')
  pin.append(dot)
  leaf.append(pin)
  field('text')?.focus()
}

/** Files dropped on a field are files chosen in it. */
export function bindDrops(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-drop]')) {
    const input = box.querySelector<HTMLInputElement>('input[type=file]:not([capture])')
    if (!input) continue
    box.addEventListener('dragover', event => {
      event.preventDefault()
      box.classList.add('over')
    })
    box.addEventListener('dragleave', () => box.classList.remove('over'))
    box.addEventListener('drop', event => {
      event.preventDefault()
      box.classList.remove('over')
      if (!event.dataTransfer?.files.length) return
      input.files = event.dataTransfer.files
      input.dispatchEvent(new Event('change', { bubbles: true }))
    })
  }
}
