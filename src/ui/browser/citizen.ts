import { refreshOften } from './_every.ts'
import { focusFaults, guardSubmits, locatePoints, saveDrafts } from './_forms.ts'
import { pendingUploads, sendFiles } from './_uploads.ts'

document.documentElement.classList.add('js')
focusFaults()
guardSubmits(pendingUploads)
saveDrafts()
locatePoints()
sendFiles()
refreshOften()
