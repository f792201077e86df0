/** certificates: what the town signs and anyone can verify. */
export { draftPaper, issueCertificate } from './actions.ts'
export { readCode } from './code.ts'
export { letterhead } from './letterhead.ts'
export type {
  Certificate,
  CertificateState,
  IssuedCertificate,
  IssueInput,
  Signer,
  Standing,
  TemplateName,
} from './model.ts'
export { townHead } from './paper/town.ts'
export { type CertificateAccess, certificateRoutes } from './routes.ts'
export {
  appointDeputy,
  asSignatory,
  endAuthority,
  giveAuthority,
  judgeSigning,
  requireAuthority,
  type SigningCase,
} from './signing/actions.ts'
export type { Authority, DocumentKind, SigningJudgement, SigningRefusal } from './signing/authority.ts'
export {
  type HandSigning,
  isAtHand,
  requireNoneAtHand,
} from './signing/by-hand.ts'
export { certificatesByIds, type OutputForm, type SignedPaper } from './signing/register.ts'
export { specimenPaper } from './specimen.ts'
export { type PrintedStatement, setStatement } from './statement.ts'
export { certificatesOfRequest, getCertificate } from './store.ts'
export { renderPdf } from './typst.ts'
