import { shrinkPhoto } from './_shrink.ts'
import { send } from './_tus.ts'

const running = new Set<Promise<void>>()

/** Settles when nothing is being sent; absent when nothing is. */
export function pendingUploads(): Promise<void> | undefined {
  return running.size > 0 ? Promise.all(running).then(() => undefined) : undefined
}

type Row = {
  fate: (word: string, tone: string) => void
  share: (share: number) => void
  note: (text: string) => void
  done: () => void
}

function addRow(box: HTMLElement, name: string): Row {
  const template = box.querySelector('template') as HTMLTemplateElement
  const row = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement
  const part = (kind: string) => row.querySelector<HTMLElement>(`[data-file=${kind}]`) as HTMLElement
  const bar = row.querySelector('rect')
  part('name').textContent = name
  box.querySelector('[data-sent]')?.append(row)
  return {
    fate(word, tone) {
      part('fate').textContent = word
      part('fate').className = `${tone} sm nb`
    },
    share(share) {
      bar?.setAttribute('width', String(share * 100))
      if (document.documentElement.dir === 'rtl') bar?.setAttribute('x', String(100 - share * 100))
    },
    note(text) {
      part('note').textContent = text
    },
    done() {
      bar?.parentElement?.remove()
      part('note').textContent = ''
    },
  }
}

async function upload(form: HTMLFormElement, box: HTMLElement, field: string, file: File): Promise<void> {
  const words = (box.querySelector('[data-chosen]') as HTMLElement).dataset
  const row = addRow(box, file.name)
  row.share(0)
  row.fate(words.sending ?? '', 'mut')
  const csrf = form.querySelector<HTMLInputElement>('[name=_csrf]')?.value
  try {
    const blob = await shrinkPhoto(file)
    const address = await send({
      blob,
      name: file.name,
      to: form.dataset.upload as string,
      memory: `shubbak.upload ${form.dataset.upload} ${field} ${file.name} ${file.size} ${file.lastModified}`,
      headers: csrf ? { 'X-CSRF-Token': csrf } : {},
      progress(share) {
        row.share(share)
        row.fate(`${words.sending} ${Math.round(share * 100)}%`, 'mut')
      },
      offline: () => row.note(words.offline ?? ''),
    })
    const hidden = document.createElement('input')
    hidden.type = 'hidden'
    hidden.name = `${field}.upload`
    hidden.value = decodeURIComponent(new URL(address).pathname.split('/').pop() ?? '')
    box.append(hidden)
    row.fate(words.arrived ?? '', 'ok-c')
    form.dispatchEvent(new Event('input'))
  } catch {
    row.fate(words.refused ?? '', 'stop-c')
  }
  row.done()
}

/** Sends a paper's pages as soon as they are chosen. Where this cannot be, the form carries the files itself. */
export function sendFiles(): void {
  if (!('localStorage' in window && 'fetch' in window)) return
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) {
    for (const box of form.querySelectorAll<HTMLElement>('[data-files]')) {
      const field = box.dataset.files as string
      for (const input of box.querySelectorAll<HTMLInputElement>('input[type=file]')) {
        input.addEventListener('change', () => {
          for (const file of input.files ?? []) {
            const job = upload(form, box, field, file).finally(() => running.delete(job))
            running.add(job)
          }
          input.value = ''
        })
      }
    }
  }
}
