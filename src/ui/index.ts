export type { IconName } from './icons.tsx'
export {
  type ActorCard,
  type Flash,
  type Navigation,
  type NavLink,
  type Page,
  PageProvider,
  type RailLink,
  type TownCard,
  usePage,
} from './page.ts'
export { AppSquare } from './parts/app-square.tsx'
export { AskList } from './parts/ask-list.tsx'
export { BulkActs, type BulkActsProps, type BulkPart } from './parts/bulk.tsx'
export { Button, type ButtonVariant, LinkButton, ToolButton } from './parts/button.tsx'
export type { Bar, Figure, StackBar, TimeKept } from './parts/charts.tsx'
export { Bars, Figures, StackBars, Times } from './parts/charts.tsx'
export type { CheckState, PaperItem } from './parts/checks.tsx'
export { type CheckItem, CheckList, PaperList } from './parts/checks.tsx'
export {
  CheckField,
  ChoiceField,
  MultipleField,
  type Option,
  SegmentField,
  SelectField,
  YesNoField,
} from './parts/choice-fields.tsx'
export { CitizenLayout, Wrap } from './parts/citizen-layout.tsx'
export { type Found, FoundList } from './parts/command-bar.tsx'
export { Confirm } from './parts/confirm.tsx'
export { type CountRow, CountTable } from './parts/count.tsx'
export { AcknowledgementSlip, RequestSheet } from './parts/counter-sheets.tsx'
export { type DayColumn, DayColumns, DayColumnsKey } from './parts/day-columns.tsx'
export { DecisionForm } from './parts/decision.tsx'
export {
  AddForm,
  Beside,
  Fixed,
  Fold,
  FormulaBox,
  NameChips,
  OrderButtons,
  PickIn,
  PickInItem,
  RuleField,
  SentenceLine,
  Sentences,
  Tick,
  Ticks,
} from './parts/design.tsx'
export { type Door, Doors, type Kind, Kinds, LinkList, SearchBand, SearchBox } from './parts/doors.tsx'
export type { RuleProps, SumLineProps } from './parts/dues.tsx'
export { type DueLine, DuesList, DuesPanel, type DuesVerdict, RuleBox, SumLine } from './parts/dues.tsx'
export { type DateForm, DateText, Money, PersonName, PhoneText } from './parts/facts.tsx'
export { FaultText, type FieldFault, faultOf, fieldId, type LabelledFault } from './parts/fault.tsx'
export { FieldGroup, type FieldProps } from './parts/field.tsx'
export { FileAction, FileField, type SentFile } from './parts/files.tsx'
export {
  FilledLegend,
  type FilledPiece,
  FilledSms,
  type Filler,
  TextDifference,
} from './parts/filled-sms.tsx'
export { FORESEE_FIELD, Foreseen } from './parts/foreseen.tsx'
export { Form } from './parts/form.tsx'
export { FeeGate } from './parts/gate.tsx'
export {
  type Called,
  CalledNumbers,
  HallPage,
  NextNumbers,
  PurposeButtons,
  TurnCard,
  TurnSlip,
} from './parts/hall.tsx'
export { Crumbs, Head, Section } from './parts/head.tsx'
export type { HelpPictureName } from './parts/help-pictures.tsx'
export { HelpDoors, HelpSteps, type HelpTopic, HowLink, helpTopics, useTopicTitle } from './parts/how.tsx'
export { Icon } from './parts/icon.tsx'
export { type InboxRow, InboxTable } from './parts/inbox.tsx'
export { type KeyHint, KeyHints, KeySheet } from './parts/keys.tsx'
export { LedgerSheet } from './parts/ledger-sheet.tsx'
export { Listing, ListingField } from './parts/listing.tsx'
export {
  type Chip,
  FilterBar,
  Flag,
  KeyValues,
  Pager,
  type Pair,
  Segments,
  SelectLinks,
  type TabLink,
  Tabs,
  Tag,
} from './parts/lists.tsx'
export { LiveRegion, Written } from './parts/live-region.tsx'
export { Matrix, type MatrixRow } from './parts/matrix.tsx'
export { More } from './parts/more.tsx'
export { Empty, Note, Progress, Toast, type Tone } from './parts/note.tsx'
export { NoticeSheet } from './parts/notice-sheet.tsx'
export { OriginalSlip } from './parts/original-slip.tsx'
export { Columns, Pane, type PaneProps, Read, Row, Stack, Zones } from './parts/pane.tsx'
export {
  type PaidLine,
  ReceiptA5,
  type ReceiptProps,
  ReceiptSlip,
  Sheets,
} from './parts/paper.tsx'
export { PasskeyButton } from './parts/passkey.tsx'
export { PersonField } from './parts/person-field.tsx'
export { type Photo, Photos } from './parts/photos.tsx'
export { type Phrase, Phrases } from './parts/phrases.tsx'
export { type PickItem, PickList } from './parts/pick-list.tsx'
export { PinSlip } from './parts/pin-slip.tsx'
export { AddressField, type AddressLevel, MapPointField } from './parts/place-fields.tsx'
export { QrCode } from './parts/qr.tsx'
export type { CallItem } from './parts/requests.tsx'
export { CallList, CallPane, RequestList, type RequestRow } from './parts/requests.tsx'
export { Route, Stepper, type Stop } from './parts/route.tsx'
export { Count, Num, Say } from './parts/say.tsx'
export { ScanControl } from './parts/scan.tsx'
export { RootGroups, RootText, SealedLine, SealSheet } from './parts/seal-marks.tsx'
export { SecretSheet } from './parts/secret-sheet.tsx'
export { SheetPage, type SheetPageProps } from './parts/sheet-page.tsx'
export type { PaperLine } from './parts/slip.tsx'
export type { PhoneMessage } from './parts/sms.tsx'
export { PhoneMock, SmsBubble } from './parts/sms.tsx'
export { SmsEditor } from './parts/sms-editor.tsx'
export { StaffLayout } from './parts/staff-layout.tsx'
export { Clock, type ClockState, StateBadge, type StateId } from './parts/state.tsx'
export { type Column, Table } from './parts/table.tsx'
export { TablePane } from './parts/table-pane.tsx'
export {
  CodeField,
  DateField,
  LongTextField,
  MoneyField,
  NationalIdField,
  NumberField,
  PasswordField,
  PhoneField,
  TextField,
} from './parts/text-fields.tsx'
export type { ThreadItem } from './parts/thread.tsx'
export { Reply, Thread } from './parts/thread.tsx'
export { Verdict, type VerdictTone } from './parts/verdict.tsx'
export { DocumentViewer, type ViewerDocument, type ViewerPage } from './parts/viewer.tsx'
export { VisitBar } from './parts/visit-bar.tsx'
export { useLocalized, useRichTexts, useTexts, type Values } from './words.ts'
