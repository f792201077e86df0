import { shrinkPhoto } from './_shrink.ts'
import { Refused, type Sent, send } from './_tus.ts'

/** When the small picture of a paper is ready, as a rule. */
const DRAWN = 1500

const running = new Set<Promise<void>>()

/** Settles when nothing is being sent; absent when nothing is. */
export function pendingUploads(): Promise<void> | undefined {
  return running.size > 0 ? Promise.all(running).then(() => undefined) : undefined
}

type Row = {
  fate: (word: string, tone: string) => void
  share: (share: number) => void
  note: (text: string) => void
  done: (sent?: Sent) => void
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
    done(sent) {
      bar?.parentElement?.remove()
      part('note').textContent = ''
      if (!sent?.thumbnail) return
      const picture = new Image()
      picture.className = 'thumb'
      picture.alt = ''
      picture.onload = () => row.querySelector('.thumb')?.replaceWith(picture)
      // The picture is drawn after the paper has arrived; until then the plain sheet stands.
      const { thumbnail } = sent
      setTimeout(() => {
        picture.src = thumbnail
      }, DRAWN)
    },
  }
}

async function upload(form: HTMLFormElement, box: HTMLElement, to: string, file: File): Promise<void> {
  const field = box.dataset.files as string
  const words = (box.querySelector('[data-chosen]') as HTMLElement).dataset
  const row = addRow(box, file.name)
  row.share(0)
  row.fate(words.sending ?? '', 'mut')
  const csrf = form.querySelector<HTMLInputElement>('[name=_csrf]')?.value
  try {
    const sent = await send({
      blob: await shrinkPhoto(file),
      name: file.name,
      to,
      memory: `shubbak.upload ${to} ${file.name} ${file.size} ${file.lastModified}`,
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
    hidden.value = sent.id
    box.append(hidden)
    row.fate(words.arrived ?? '', 'ok-c')
    row.done(sent)
    form.dispatchEvent(new Event('input'))
  } catch (error) {
    row.fate(words.refused ?? '', 'stop-c')
    row.done()
    if (!(error instanceof Refused)) return
    const faults = JSON.parse(words.faults ?? '{}') as Record<string, string>
    row.note((faults[error.fault] ?? '').replace('{max}', error.limit))
  }
}

/** Makes photographs small that go with their form: over a weak net they are nine tenths of the waiting. */
async function shrinkChosen(input: HTMLInputElement): Promise<void> {
  const chosen = [...(input.files ?? [])]
  if (!('DataTransfer' in window) || chosen.length === 0) return
  const kept = new DataTransfer()
  for (const file of chosen) {
    const small = await shrinkPhoto(file)
    kept.items.add(small === file ? file : new File([small], file.name, { type: small.type }))
  }
  input.files = kept.files
}

/** Says which files were chosen, where they go with the form. */
function nameChosen(box: HTMLElement): void {
  box.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) {
      const job = shrinkChosen(target).finally(() => running.delete(job))
      running.add(job)
    }
    const inputs = [...box.querySelectorAll<HTMLInputElement>('input[type=file]')]
    const names = inputs.flatMap(input => [...(input.files ?? [])].map(file => file.name))
    const place = box.querySelector('[data-chosen]')
    if (place) place.textContent = names.join(' \u00b7 ')
  })
}

/** Sends a paper's pages as soon as they are chosen. Where this cannot be, the form carries the files itself. */
export function sendFiles(): void {
  if (!('localStorage' in window && 'fetch' in window)) return
  for (const box of document.querySelectorAll<HTMLElement>('[data-files]')) {
    const form = box.closest('form')
    const to = box.dataset.upload ?? form?.dataset.upload
    if (form && !to) nameChosen(box)
    if (!form || !to) continue
    for (const input of box.querySelectorAll<HTMLInputElement>('input[type=file]')) {
      input.addEventListener('change', () => {
        for (const file of input.files ?? []) {
          const job = upload(form, box, to, file).finally(() => running.delete(job))
          running.add(job)
        }
        input.value = ''
      })
    }
  }
}
