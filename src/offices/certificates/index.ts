/** certificates: what the town signs and anyone can verify. */
export { issueCertificate, reissueCertificate, revokeCertificate } from './actions.ts'
export {
  type Certificate,
  type CertificateState,
  type IssuedCertificate,
  type IssueInput,
  outgoingNumber,
  type Signer,
  type Standing,
  standingOn,
  type TemplateName,
  templateNames,
} from './model.ts'
export { type CertificateAccess, certificateRoutes } from './routes.ts'
export { certificatesOfPerson, certificatesOfRequest, getCertificate } from './store.ts'
export { hasTemplate, renderPdf } from './typst.ts'
