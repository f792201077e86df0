import { addresses } from '../../src/lib/addresses.ts'
import { partNames } from '../../src/offices/designer/parts/view.ts'
import type { Life } from './life.ts'
import type { OfficesLife } from './life-offices.ts'
import type { Post } from './town.ts'
import { type Stop, stop } from './walk.ts'

/** Addresses of the offices that show no page of their own. */
export const besidesOffices = [
  // pictures and files
  addresses.documentPage,
  addresses.signDraft,
  addresses.importRejects,
  addresses.designerTextFile,
  addresses.designerVersionText,
  addresses.myUsages,
  addresses.correctionPaper,
  addresses.destructionPaper,
  // files of a copy: asked for by a form, after the PIN
  addresses.myDataFile,
  addresses.counterDataFile,
  // one look, and the question about it: the journey of the nosy clerk walks them
  addresses.myLookQuestion,
  addresses.lookQuestion,
  // they answer a form, and lead back to where it stands
  addresses.officeBulk,
  addresses.deskPhrases,
  addresses.deskPhraseRemove,
  addresses.deskAbsences,
  addresses.deskAbsenceEnd,
  addresses.officeNotes,
  addresses.officeNoteRemove,
  addresses.officeLetters,
  addresses.heldLetter,
  addresses.myRequestLetters,
  addresses.myRate,
  addresses.signConfirm,
  addresses.signBack,
  addresses.staffAppoint,
  addresses.staffAppointmentEnd,
  addresses.staffFormHand,
  addresses.staffProposalHalf,
  addresses.securityPassword,
  addresses.securityPasskeys,
  addresses.securityPasskeyRemove,
  addresses.securityCodes,
  addresses.securitySessions,
  addresses.deskDelegations,
  addresses.deskDelegationEnd,
  addresses.manageKeyRevoke,
  addresses.retentionReview,
  addresses.destructionMinutes,
  addresses.destructionDecide,
  addresses.destructionStop,
  addresses.legalHoldEnd,
  addresses.manageConsentEnd,
  addresses.signOnProviderSwitch,
  // they lead to a provider of single sign-on, and back
  addresses.staffSignOn,
  addresses.staffSignOnBack,
  addresses.citizenSignOn,
  addresses.citizenSignOnBack,
  addresses.signOnLeave,
  // programs of providers call them
  addresses.messageReport,
  addresses.messageIncoming,
  // walked in their own journeys, where there is something in them
  addresses.staffFirst,
  addresses.staffProposal,
  addresses.handedForm,
  addresses.signOnProvider,
  addresses.staffReturn,
  addresses.messageTemplates,
  addresses.messageTemplate,
  addresses.messageTemplateReview,
  addresses.bulletins,
  addresses.bulletinNew,
  addresses.bulletin,
  addresses.bulletinEdit,
  addresses.bulletinReview,
]

/** The pages of the message office, with one message, one provider and one text in it. */
const messageOffice = ({ message, provider, text }: OfficesLife['said']): Stop[] => [
  stop(addresses.lookReview, {}),
  stop(addresses.lookPresence, {}),
  stop(addresses.lookRows, {}),
  stop(addresses.lookQuestions, {}),
  stop(addresses.releases, {}),
  stop(addresses.messages, {}),
  stop(addresses.messagesTrouble, {}),
  stop(addresses.messagesPost, {}),
  stop(addresses.messagesFigures, {}),
  stop(addresses.messagesExport, {}),
  stop(addresses.messageProviders, {}),
  stop(addresses.messageProviderNew, {}),
  stop(addresses.messageQuiet, {}),
  stop(addresses.message, { id: message }),
  stop(addresses.messageProvider, { provider }),
  stop(addresses.messageProviderSettings, { provider }),
  stop(addresses.incomingText, { id: text }),
]

/** Pages of a citizen who wrote to the management. */
export const citizenOfficeStops = (
  { requests }: Life,
  { contact, copy, correction }: OfficesLife,
): Stop[] => [
  stop(addresses.myData, {}),
  stop(addresses.myDataCopy, { copy }),
  stop(addresses.myCorrect, {}),
  stop(addresses.myCorrection, { correction }),
  stop(addresses.myContactThread, { id: contact }),
  stop(addresses.myRequest, { id: requests.referred }),
  stop(addresses.myComplaint, {}),
]

/** Pages of the staff beside the requests themselves, by post. */
export const officeStops = ({ requests, certificate, person }: Life, offices: OfficesLife) => {
  const { imports } = offices
  const { draft } = offices.writing
  return {
    engineer: [
      stop(addresses.myDesk, {}),
      stop(addresses.officePapers, { id: requests.referred }),
      stop(addresses.officeRequest, { id: requests.referred }),
      stop(addresses.outings, {}),
    ],
    clerk: [
      stop(addresses.handPaper, { id: offices.handPaper }),
      stop(addresses.counterData, { person: person.id }),
      stop(addresses.counterCorrect, { person: person.id }),
      stop(addresses.corrections, {}),
      stop(addresses.correction, { correction: offices.correction }),
    ],
    mayor: [
      stop(
        addresses.signReport,
        {},
        { signed: certificate.id, refused: `${requests.unsigned}~no-authority-to-sign` },
      ),
    ],
    manager: [
      stop(addresses.heldLetters, {}),
      ...messageOffice(offices.said),
      stop(addresses.floorAssign, { task: offices.task }),
      stop(addresses.floorOvertaking, { id: requests.done }),
      stop(addresses.contact, { id: offices.contact }),
      stop(addresses.complaint, { id: offices.complaint }),
    ],
    treasurer: [
      stop(addresses.imports, {}),
      stop(addresses.importNew, {}),
      stop(addresses.importSource, { source: imports.source }),
      stop(addresses.importLink, { source: imports.linked }),
      stop(addresses.importDecisions, { source: imports.source }),
      stop(addresses.importRun, { run: imports.run }),
      stop(addresses.importReading, { run: imports.unread }),
      stop(addresses.importRows, { run: imports.run }),
    ],
    admin: [
      stop(addresses.manageRights, {}),
      stop(addresses.destructionAct, { act: offices.destruction }),
      stop(addresses.destructionList, { act: offices.destruction }, { state: 'excluded' }),
      stop(addresses.officeKeys, {}),
      stop(addresses.staffList, {}),
      stop(addresses.staffList, {}, { show: 'left' }),
      stop(addresses.staffNew, {}),
      stop(addresses.staffApprovers, {}),
      stop(addresses.staffMember, { staff: offices.colleague }),
      stop(addresses.staffReset, { staff: offices.colleague }),
      stop(addresses.staffLeave, { staff: offices.colleague }),
      stop(addresses.manageKeys, {}),
      stop(addresses.signOnProviders, {}),
      stop(addresses.signOnProviderNew, {}),
      stop(addresses.mySecurity, {}),
      stop(addresses.securityApp, {}),
      stop(addresses.staffConfirm, {}),
      stop(addresses.signatories, {}),
      stop(addresses.signatoryDeputy, { id: offices.authority }),
      stop(addresses.signatoryEnd, { id: offices.deputy }),
      stop(addresses.designerFees, { key: 'clearanceCompany' }, { from: '2020-01-01' }),
    ],
    designer: [
      stop(addresses.designer, {}),
      stop(addresses.designer, {}, { state: 'draft' }),
      stop(addresses.designerNew, {}),
      stop(addresses.designerImport, {}),
      stop(addresses.designerService, { code: 'FIN-01' }),
      stop(addresses.designerCompare, { code: 'FIN-01' }, { from: offices.writing.from, to: 'draft' }),
      stop(addresses.designerNational, { code: 'ADM-05' }),
      stop(addresses.designerDraft, { draft }),
      stop(addresses.designerHistory, { draft }),
      stop(addresses.designerText, { draft }),
      ...partNames.map(part => stop(addresses.designerPart, { draft, part })),
      ...['sheet', 'form', 'clerk', 'officer'].map(as => stop(addresses.designerPreview, { draft, as })),
      stop(addresses.designerRecord, { draft }),
    ],
  } satisfies Partial<Record<Post, Stop[]>>
}

const nowhere = '00000000-0000-7000-8000-000000000000'
const leadingNowhere: OfficesLife = {
  task: nowhere,
  contact: nowhere,
  complaint: nowhere,
  authority: nowhere,
  deputy: nowhere,
  handPaper: nowhere,
  correction: nowhere,
  copy: nowhere,
  destruction: nowhere,
  colleague: nowhere,
  writing: { draft: nowhere, from: 1 },
  imports: { source: nowhere, linked: nowhere, run: nowhere, unread: nowhere },
  said: { message: nowhere, provider: nowhere, text: nowhere },
}

/** All stops of the offices, to be counted and not walked. */
export const countedOfficeStops = (life: Life): Stop[] => [
  ...citizenOfficeStops(life, leadingNowhere),
  ...Object.values(officeStops(life, leadingNowhere)).flat(),
]
