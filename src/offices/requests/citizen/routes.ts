import type { AccessName } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { idParam, url, write } from '../../../web/call.ts'
import { acts, citizen, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { discardDraft } from '../drafts.ts'
import { ownerOf } from './citizen.ts'
import { autosave, showDraftPage, takeDraftPage } from './filing/page.tsx'
import { papersBytes, showPapers, takePapers } from './filing/papers.tsx'
import { showStart, startDraft } from './filing/start.tsx'
import { fileDraft, showSummary } from './filing/summary.tsx'
import { showFront } from './front.tsx'
import { showAcknowledgement } from './mine/acknowledgement.tsx'
import { showDues } from './mine/dues.tsx'
import { showMessages } from './mine/heard.tsx'
import { showHome } from './mine/home.tsx'
import { letterAgain, sendLetter } from './mine/letters.tsx'
import { showMine } from './mine/list.tsx'
import { showRequest } from './mine/request.tsx'
import { showWithdraw, supplyPapers, withdraw } from './mine/supply.tsx'
import { takeAnswer } from './mine/take-answer.ts'
import { showTrack, showTracked, track } from './track/pages.tsx'

const own = nothing('shows people their own')
const draft = nothing('a form in hand is its writer’s own until it is filed')

/** A page the citizen reads about themselves. */
const page = (address: Route['address'], handle: Route['handle'], mine?: AccessName, audit = own): Route =>
  route({ method: 'get', address, access: citizen(mine), audit, handle })

/** The citizen's pages: filing, following, and what the town knows and said. */
export const citizenRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.front,
    access: everyone('the front page; a citizen’s own requests only for that citizen'),
    audit: own,
    handle: showFront,
  }),
  page(addresses.my, showHome),
  page(addresses.myRequests, showMine, 'request.read'),
  page(addresses.myRequest, showRequest, 'request.read'),
  page(addresses.myRequestReceipt, showAcknowledgement, 'request.read'),
  page(addresses.myRequestWithdraw, showWithdraw, 'request.act'),
  page(addresses.myDues, showDues, 'dues.read'),
  page(addresses.myMessages, showMessages),
  route({
    method: 'post',
    address: addresses.myRequestPapers,
    access: citizen('request.act'),
    audit: acts('request.supply-papers'),
    bodyLimit: papersBytes,
    handle: supplyPapers,
  }),
  route({
    method: 'post',
    address: addresses.myRequestAnswer,
    access: citizen('request.act'),
    audit: acts('request.answer'),
    bodyLimit: papersBytes,
    handle: takeAnswer,
  }),
  route({
    method: 'post',
    address: addresses.myRequestLetters,
    access: citizen('request.act'),
    audit: acts('request.letter-written'),
    bodyLimit: papersBytes,
    handle: sendLetter,
  }),
  page(addresses.myRequestLetters, letterAgain, 'request.act'),
  route({
    method: 'post',
    address: addresses.myRequestWithdraw,
    access: citizen('request.act'),
    audit: acts('request.withdraw'),
    handle: withdraw,
  }),
  page(addresses.startDraft, showStart, 'request.file', draft),
  page(addresses.draftPage, showDraftPage, 'request.file', draft),
  page(addresses.draftPapers, showPapers, 'request.file', draft),
  page(addresses.draftSummary, showSummary, 'request.file', draft),
  route({
    method: 'post',
    address: addresses.startDraft,
    access: citizen('request.file'),
    audit: draft,
    handle: startDraft,
  }),
  route({
    method: 'post',
    address: addresses.draftPage,
    access: citizen('request.file'),
    audit: draft,
    handle: takeDraftPage,
  }),
  route({
    method: 'post',
    address: addresses.draftSave,
    access: citizen('request.file'),
    audit: draft,
    handle: autosave,
  }),
  route({
    method: 'post',
    address: addresses.draftPapers,
    access: citizen('request.file'),
    audit: acts('document.uploaded'),
    bodyLimit: papersBytes,
    handle: takePapers,
  }),
  route({
    method: 'post',
    address: addresses.draftSummary,
    access: citizen('request.file'),
    audit: acts('request.file'),
    handle: fileDraft,
  }),
  route({
    method: 'post',
    address: addresses.draftDiscard,
    access: citizen('request.file'),
    audit: draft,
    handle: call =>
      write(call, async tx => {
        await discardDraft(tx, idParam(call, 'draft'), ownerOf(call))
        return { redirect: url(call, addresses.my) }
      }),
  }),
  route({
    method: 'get',
    address: addresses.track,
    access: everyone('asks for a code first'),
    audit: nothing('shows nothing of anybody'),
    handle: showTrack,
  }),
  route({
    method: 'post',
    address: addresses.track,
    access: everyone('sends a code to the telephone of the request, or reads it back', {
      house: 'a request is found by its number, and shown after a code to its telephone',
    }),
    audit: nothing('shows nothing of anybody; the code’s message is written down'),
    handle: track,
  }),
  route({
    method: 'get',
    address: addresses.trackLink,
    access: everyone('whoever holds the link sees the state, and nothing personal', {
      house: 'the token of the link opens the state of its request',
    }),
    audit: nothing('shows nothing personal'),
    handle: showTracked,
  }),
]
