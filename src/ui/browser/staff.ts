import { computeChange } from './_change.ts'
import { sumCounts } from './_count.ts'
import { followAnswers, printSheets, sendChosen } from './_counter.ts'
import { bindDesigner } from './_designer.ts'
import { bindPhrases, countPicks } from './_desk.ts'
import { followForms } from './_foresee.ts'
import { focusFaults, guardSubmits, locatePoints, saveDrafts } from './_forms.ts'
import { bindKeys } from './_keys.ts'
import { listenLive } from './_live.ts'
import { bindSms } from './_sms.ts'
import { pendingUploads, sendFiles } from './_uploads.ts'
import { bindDrops, bindViewers } from './_viewer.ts'

document.documentElement.classList.add('js')
focusFaults()
guardSubmits(pendingUploads)
saveDrafts()
locatePoints()
sendFiles()
bindKeys()
bindViewers()
bindDrops()
bindPhrases()
bindDesigner()
bindSms()
countPicks()
computeChange()
sumCounts()
listenLive()
followForms()
sendChosen()
printSheets()
followAnswers()
