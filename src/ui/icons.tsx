/** The 72 pictures, drawn on a grid of 24 for right to left. Those in `pointing` turn round under left to right. */
export const icons = {
  back: <path d="m9.5 6 6 6-6 6" />,
  bell: <path d="M6 17v-6a6 6 0 0 1 12 0v6l1.5 2h-15zM10.5 21.8h3" />,
  bin: <path d="M6 8.5h12l-1 12H7zM4 8.5h16M9.5 5h5" />,
  bolt: <path d="M13.5 3 6 13.5h5L10.5 21 18 10.5h-5z" />,
  box: <path d="M3.5 4.5h17v4.5h-17zM5 9v11h14V9M10 13h4" />,
  build: <path d="M3.5 20.5h17M19 20.5V8h-7v12.5M12 12H6v8.5M14.8 11.5h1.5M14.8 15h1.5M8.5 15.5h1" />,
  cal: <path d="M4 6h16v14.5H4zM4 10.5h16M8 3.5V8M16 3.5V8" />,
  call: (
    <path d="M19.5 4.5h-4l-1.7 4 2.2 1.6a12 12 0 0 1-5.6 5.6l-1.6-2.2-4 1.7v4c8.80.9 15.6-5.9 14.7-14.7z" />
  ),
  cam: (
    <>
      <path d="M3.5 8h4L9 5.5h6L16.5 8h4v11.5h-17z" />
      <circle cx="12" cy="13.3" r="3.6" />
    </>
  ),
  cash: (
    <>
      <path d="M3 6.5h18v11H3z" />
      <circle cx="12" cy="12" r="2.6" />
      <path d="M6 12h0.01M18 12h0.01" />
    </>
  ),
  cert: (
    <>
      <path d="M10.5 20.5H4V4h16v9M8 8.5h8M8 12h4" />
      <circle cx="16.5" cy="16" r="3" />
      <path d="m15 18.5-0.7 4 2.2-1.3 2.2 1.3-0.7-4" />
    </>
  ),
  chart: <path d="M3.5 20.5h17M17.5 20v-6M12 20V5M6.5 20v-9" />,
  chat: <path d="M20 4.5H4v11.5h8l5 4.2V16h3z" />,
  check: <path d="m4.5 12.5 5 5 10-11" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5.3l-3.6 2" />
    </>
  ),
  desk: <path d="M3.5 12h17M5.5 12v8.5M18.5 12v8.5M8 12V4h8v8" />,
  dl: <path d="M12 3.5v11.5M7.5 10.5 12 15l4.5-4.5M4 20.5h16" />,
  doc: <path d="M18 21V3h-8L6 7v14zM10 3v4H6" />,
  docx: <path d="M18 14V3h-8L6 7v14h6M10 3v4H6M16 18l5 5m0-5-5 5" transform="translate(-1 -1)" />,
  dot: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle className="s" cx="12" cy="12" r="2.6" />
    </>
  ),
  down: <path d="m6 9.5 6 6 6-6" />,
  drop: <path d="M12 3.2c3.7 4.4 5.8 7.4 5.8 10.3a5.8 5.8 0 0 1-11.6 0c0-2.9 2.1-5.9 5.8-10.3z" />,
  eye: (
    <>
      <path d="M2.5 12c2.8-4.8 6-7 9.5-7s6.7 2.2 9.5 7c-2.8 4.8-6 7-9.5 7s-6.7-2.2-9.5-7z" />
      <circle cx="12" cy="12" r="3" />
    </>
  ),
  field: <path d="M3.5 7h17v10h-17zM17 10v4" />,
  filter: <path d="M4 6h16M7 12h10M10 18h4" />,
  full: <path d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5" />,
  fwd: <path d="m14.5 6-6 6 6 6" />,
  gap: <path d="M18 9V3h-8L6 7v2M10 3v4H6M6 13v1.5M6 18v3h3M13 21h2M18 18.5V21M18 13v1.5" />,
  go: <path d="M20 12H4M10 6l-6 6 6 6" />,
  grip: <path d="M9 6h0.01M15 6h0.01M9 12h0.01M15 12h0.01M9 18h0.01M15 18h0.01" strokeWidth="2.6" />,
  half: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path className="s" d="M12 3.5a8.5 8.5 0 0 1 0 17z" />
    </>
  ),
  hand: <path d="M4 20.5h16M6 20.5v-7h12v7M9 13.5V8a3 3 0 0 1 6 0v5.5" />,
  horn: <path d="M20 4.5v14.5L9.5 15H4.5V9h5zM8 15v5.5h3.5V16" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.7" />
      <path d="M12 11v5.2M12 7.7v0.2" />
    </>
  ),
  keyb: <path d="M2.5 6.5h19v11h-19zM6 10h0.01M9 10h0.01M12 10h0.01M15 10h0.01M18 10h0.01M8 14h8" />,
  lens: (
    <>
      <circle cx="13.5" cy="10.5" r="7" />
      <path d="m8.3 15.7-4.8 4.8M10.5 10.6l2.2 2.2 4-4.3" />
    </>
  ),
  link: (
    <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3L11.8 6.5M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2" />
  ),
  list: <path d="M16 6H4M16 12H4M16 18H4M20 6h0.01M20 12h0.01M20 18h0.01" />,
  lock: <path d="M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3" />,
  minus: <path d="M5 12h14" />,
  more: <path d="M5.5 12h0.01M12 12h0.01M18.5 12h0.01" strokeWidth="2.8" />,
  no: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="m9 9 6 6m0-6-6 6" />
    </>
  ),
  ok: (
    <>
      <circle className="s" cx="12" cy="12" r="9.4" />
      <path className="k" d="m7.8 12.3 3 3 5.6-6.2" />
    </>
  ),
  opinion: <path d="M20 4.5H4v11.5h8l5 4.2V16h3zM8 8.5h8M11 12h5" />,
  out: <path d="M3.5 20.5h17M5.5 20.5V10L12 5.5 18.5 10v10.5M9.5 20.5v-6h5v6M12 5.5V3" />,
  pause: (
    <>
      <circle cx="12" cy="12" r="8.7" />
      <path d="M9.7 9v6M14.3 9v6" />
    </>
  ),
  phone: <path d="M7.5 2.8h9v18.4h-9zM11 18.3h2" />,
  pin: (
    <>
      <path d="M12 21.2c4.3-5 6.6-8.2 6.6-11.3a6.6 6.6 0 0 0-13.2 0c0 3.1 2.3 6.3 6.6 11.3z" />
      <circle cx="12" cy="9.8" r="2.3" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  print: <path d="M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7z" />,
  receipt: <path d="M6 3v18l2-1.5 2 1.5 2-1.5 2 1.5 2-1.5 2 1.5V3zM9.5 8h5M9.5 12h5" />,
  refer: <path d="M20 5.5v4a5 5 0 0 1-5 5H4.5M9 10l-4.5 4.5L9 19" />,
  road: <path d="M8 3.5 4 20.5M16 3.5l4 17M12 4v3M12 10.5v3M12 17v3.5" />,
  route: (
    <>
      <circle cx="18" cy="5.5" r="2.5" />
      <circle cx="6" cy="18.5" r="2.5" />
      <path d="M15.5 5.5H9a3.25 3.25 0 0 0 0 6.5h6a3.25 3.25 0 0 1 0 6.5H8.5" />
    </>
  ),
  save: <path d="M5 12.5 10 17.5 19.5 7" />,
  scale: <path d="M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z" />,
  scan: <path d="M4 8.5V4h4.5M20 8.5V4h-4.5M4 15.5V20h4.5M20 15.5V20h-4.5M4 12h16" />,
  search: (
    <>
      <circle cx="13.5" cy="10.5" r="6.5" />
      <path d="m8.8 15.2-5.3 5.3" />
    </>
  ),
  settings: (
    <>
      <path d="M20 7.5h-3M11.5 7.5H4M20 16.5h-7.5M7 16.5H4" />
      <circle cx="14.2" cy="7.5" r="2.7" />
      <circle cx="9.8" cy="16.5" r="2.7" />
    </>
  ),
  shop: (
    <path d="M4 9.5 5.5 4h13L20 9.5M5.5 11.5v9h13v-9M4 9.5c0 2.7 4 2.7 4 0 0 2.7 4 2.7 4 0 0 2.7 4 2.7 4 0 0 2.7 4 2.7 4 0M10 20.5v-5h4v5" />
  ),
  snooze: (
    <>
      <circle cx="12" cy="13" r="7.5" />
      <path d="M12 9v4.2L9 15M4.5 4.5 2.5 7M19.5 4.5l2 2.5" />
    </>
  ),
  tel: <path d="M4 5h16v14H4zM4 6l8 7 8-7" />,
  ticket: <path d="M3.5 6.5h17v3.7a2 2 0 0 0 0 3.6v3.7h-17v-3.7a2 2 0 0 0 0-3.6zM9.5 7v10" />,
  turn: <path d="M19 12a7 7 0 1 1-2.2-5.1M17.5 3v4.2h-4.2" />,
  up: <path d="M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4 20.5h16" />,
  user: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c1-4.5 3.8-6.2 7.5-6.2s6.5 1.7 7.5 6.2" />
    </>
  ),
  users: (
    <>
      <circle cx="15" cy="8.5" r="3.5" />
      <path d="M8.5 20c0.8-4 3.2-5.7 6.5-5.7s5.7 1.7 6.5 5.7M8.3 5.3a3.3 3.3 0 0 0-0.6 6.2M2.5 18.5c0.5-2.7 1.8-4.2 4-4.7" />
    </>
  ),
  wallet: <path d="M20 8V5H5.5a2 2 0 0 0 0 4H21v11H5.5a2 2 0 0 1-2-2V7M8.5 14.5h0.01" />,
  warn: <path d="M12 4 2.8 20h18.4zM12 10v4.6M12 17.3v0.2" />,
  x: <path d="m6 6 12 12M18 6 6 18" />,
  zin: (
    <>
      <circle cx="13.5" cy="10.5" r="6.5" />
      <path d="m8.8 15.2-5.3 5.3M13.5 8v5M11 10.5h5" />
    </>
  ),
  zout: (
    <>
      <circle cx="13.5" cy="10.5" r="6.5" />
      <path d="m8.8 15.2-5.3 5.3M11 10.5h5" />
    </>
  ),
}

/** Name of a picture. */
export type IconName = keyof typeof icons

/** Pictures that point or fold, so that they follow the direction of reading. */
export const pointing: ReadonlySet<IconName> = new Set<IconName>([
  'fwd',
  'back',
  'go',
  'refer',
  'search',
  'chat',
  'doc',
])
