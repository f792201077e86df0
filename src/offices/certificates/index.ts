/** certificates: what the town signs and anyone can verify. */
export { issueCertificate } from './actions.ts'
export type {
  Certificate,
  CertificateState,
  IssuedCertificate,
  IssueInput,
  Signer,
  Standing,
  TemplateName,
} from './model.ts'
export { type CertificateAccess, certificateRoutes } from './routes.ts'
export { certificatesOfRequest, getCertificate } from './store.ts'
export { renderPdf } from './typst.ts'
