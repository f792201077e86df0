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
      for (const sheet of viewer.querySelectorAll<HTMLElement>('.sheet')) {
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
      show()
    })
  }
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
