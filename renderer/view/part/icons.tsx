// The icon set: 16px grid, stroke only, one meaning an icon.
import type { ReactNode } from 'react';

export const icons = {
  brand: (
    <>
      <circle cx="8" cy="8" r="6.6" />
      <path d="M8 3.6v5.6M5.6 7 8 9.4 10.4 7M5 11.8h6" />
    </>
  ),
  inbox: <path d="M2.5 9.5 4.2 3.5h7.6l1.7 6v3h-11zM2.5 9.5h3.2l.9 1.5h2.8l.9-1.5h3.2" />,
  draft: <path d="M9.8 3.4 12.6 6.2 6 12.8 2.8 13.2 3.2 10zM8.4 4.8l2.8 2.8" />,
  sent: <path d="M13.5 2.5 2.5 6.9l4.5 2.1 2.1 4.5zM13.5 2.5 7 9" />,
  trash: <path d="M2.8 4.5h10.4M6 4.5V2.8h4v1.7M4.2 4.5l.7 8.7h6.2l.7-8.7" />,
  flag: <path d="M4 14V2.5M4 3h8l-2 2.8 2 2.7H4" />,
  'flag-set': (
    <>
      <path fill="currentColor" stroke="none" d="M4 3h8l-2 2.8 2 2.7H4z" />
      <path d="M4 14V2.5M4 3h8l-2 2.8 2 2.7H4" />
    </>
  ),
  attachment: <path d="m12.8 7.4-5 5a2.7 2.7 0 0 1-3.8-3.8l5.3-5.3a1.8 1.8 0 0 1 2.6 2.6l-5.2 5.2a.9.9 0 0 1-1.3-1.3l4.6-4.6" />,
  reply: <path d="M6 4 2.5 7.5 6 11M2.5 7.5h6.7a4.3 4.3 0 0 1 4.3 4.3v.7" />,
  'reply-all': <path d="M4.7 4 1.5 7.5 4.7 11M8.4 4 5.2 7.5 8.4 11M5.2 7.5h5a4.3 4.3 0 0 1 4.3 4.3v.7" />,
  forward: <path d="m10 4 3.5 3.5L10 11M13.5 7.5H6.8a4.3 4.3 0 0 0-4.3 4.3v.7" />,
  trace: (
    <>
      <circle cx="3.2" cy="11.5" r="1.7" />
      <circle cx="8" cy="4.5" r="1.7" />
      <circle cx="12.8" cy="11.5" r="1.7" />
      <path d="m4.2 10.1 2.8-4.2M9 5.9l2.8 4.2" />
    </>
  ),
  code: <path d="M5.2 4.5 1.8 8l3.4 3.5M10.8 4.5 14.2 8l-3.4 3.5" />,
  text: <path d="M3 4.5h10M3 8h10M3 11.5h6" />,
  archive: <path d="M2.5 3.5h11v3h-11zM3.5 6.5v6.2h9V6.5M6.5 9h3" />,
  folder: <path d="M2 12.5v-9h4l1.5 1.8H14v7.2z" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.3" />
      <path d="m10.2 10.2 3.4 3.4" />
    </>
  ),
  compose: <path d="M7.5 3H3v10h10V8.5M12 2.6l1.4 1.4L8 9.4 6.2 9.8 6.6 8z" />,
  fetch: <path d="M13.2 8a5.2 5.2 0 0 1-9.4 3M2.8 8a5.2 5.2 0 0 1 9.4-3M12.4 2.4v2.8H9.6M3.6 13.6v-2.8h2.8" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  down: <path d="m4 6.2 4 4 4-4" />,
  right: <path d="m6.2 4 4 4-4 4" />,
  bounce: <path d="M5 3 2 6l3 3M2 6h7.6a3.7 3.7 0 0 1 0 7.4H6" />,
  quarantine: <path d="M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9" />,
  problem: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 5v3.6M8 10.9v.1" />
    </>
  ),
  station: <path d="M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.1M5 11h.1M8.5 5h2.5M8.5 11h2.5" />,
  route: <path d="M2 8h3.5c2 0 2-4 4-4H14M5.5 8c2 0 2 4 4 4H14M12 2l2 2-2 2M12 10l2 2-2 2" />,
  domain: (
    <>
      <circle cx="8" cy="8" r="5.6" />
      <path d="M2.6 6.4h10.8M2.6 9.6h10.8M8 2.4c-3 3-3 8.2 0 11.2M8 2.4c3 3 3 8.2 0 11.2" />
    </>
  ),
  user: (
    <>
      <circle cx="8" cy="5.3" r="2.6" />
      <path d="M2.9 13.3c.5-3 2.5-4.3 5.1-4.3s4.6 1.3 5.1 4.3" />
    </>
  ),
  cloud: <path d="M4.6 12.5a2.9 2.9 0 0 1-.3-5.8 3.9 3.9 0 0 1 7.5.6 2.6 2.6 0 0 1-.2 5.2z" />,
  unread: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle fill="currentColor" stroke="none" cx="8" cy="8" r="2.2" />
    </>
  ),
  wait: <path d="M4 2.5h8M4 13.5h8M5 2.5v2.2L8 8l3-3.3V2.5M5 13.5v-2.2L8 8l3 3.3v2.2" />,
  clean: <path d="M8 2 13 3.8v3.9c0 3-2 5.2-5 6.3-3-1.1-5-3.3-5-6.3V3.8zM5.7 8l1.7 1.7 3-3.2" />,
  suspicious: <path d="M8 2.6 14.2 13.2H1.8zM8 6.8v2.9M8 11.5v.1" />,
  infected: <path d="M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM6 6l4 4M10 6l-4 4" />,
  'not-scanned': (
    <>
      <circle cx="8" cy="8" r="5.7" strokeDasharray="2.3 2.18" />
      <path d="M5.8 8h4.4" />
    </>
  ),
  lock: <path d="M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2" />,
  macro: <path d="M3.5 1.9h6l3 3v9.2h-9zM6.8 7.2 5.3 9l1.5 1.8M9.2 7.2 10.7 9l-1.5 1.8" />,
  image: (
    <>
      <path d="M2.5 3h11v10h-11zM2.5 11l3.2-3.2 2.6 2.6 1.7-1.7 3.5 3.3" />
      <circle cx="10.4" cy="5.9" r=".9" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  check: <path d="m3 8.5 3.3 3.3L13 4.8" />,
  ok: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="m5.4 8.2 1.9 1.9 3.4-3.8" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="m6 6 4 4M10 6l-4 4" />
    </>
  ),
  pending: <circle cx="8" cy="8" r="5.7" />,
  copy: <path d="M5.5 5.5h8v8h-8zM3 10.5H2.5v-8h8V3" />,
  info: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="M8 7.4v3.6M8 5v.1" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  minimise: <path d="M3 8h10" />,
  maximise: <path d="M3.5 3.5h9v9h-9z" />,
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  file: <path d="M3.5 1.9h6l3 3v9.2h-9zM9.5 1.9v3h3" />,
  pdf: <path d="M3.5 1.9h6l3 3v9.2h-9zM9.5 1.9v3h3M5.8 8.5h4.4M5.8 11h2.9" />,
  save: <path d="M8 2.5v7.7M4.8 7 8 10.2 11.2 7M3 13.3h10" />,
  import: <path d="M3 9.5v4h10v-4M8 2.5v7.7M4.8 7 8 10.2 11.2 7" />,
  external: <path d="M9.5 2.5h4v4M13.5 2.5 8 8M11 9.5v4H2.5V5h4" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  play: <path d="M4.5 3v10l8.5-5z" />,
  table: <path d="M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.7h11M6.5 3v10" />,
  chart: <path d="M2.5 13.5h11M4.5 13.5V9M8 13.5V3M11.5 13.5V6.5" />,
  more: <path d="M3.5 8h.1M8 8h.1M12.5 8h.1" strokeWidth="2" />,
  boundary: (
    <>
      <path d="M8 1.8v12.4" strokeDasharray="2 2" />
      <path d="M3 5.5v5M13 5.5v5M3 8h2.2M10.8 8H13" />
    </>
  ),
  settings: (
    <>
      <path d="M3 4.5h6M12 4.5h1M3 11.5h1M7 11.5h6" />
      <circle cx="10.5" cy="4.5" r="1.5" />
      <circle cx="5.5" cy="11.5" r="1.5" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.6" />
      <path d="m6.9 9.1 6-6M10.5 5.5l2 2" />
    </>
  ),
  alias: <path d="M3 12.5V9a3 3 0 0 1 3-3h7M10 3l3 3-3 3" />,
  'catch-all': <path d="M2.5 3h11L9.5 8v5l-3-1.5V8z" />,
  mailbox: <path d="M2.5 4h11v8.5h-11zM2.5 4.5 8 9l5.5-4.5" />,
  left: <path d="m9.8 4-4 4 4 4" />,
  undo: <path d="M6 3 2.5 6.5 6 10M2.5 6.5h6.8a3.8 3.8 0 0 1 0 7.6H7" />,
  junk: (
    <>
      <circle cx="8" cy="8" r="5.7" />
      <path d="m4 4 8 8" />
    </>
  ),
  print: <path d="M4.5 6V2.5h7V6M4.5 11h-2V6h11v5h-2M4.5 9.5h7v4h-7z" />,
  filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
  keyboard: <path d="M1.8 4h12.4v8H1.8zM4.5 6.8h.1M7 6.8h.1M9.5 6.8h.1M11.8 6.8h.1M5 9.4h6" />,
  calendar: <path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3" />,
  log: <path d="M3 2.5h10v11H3zM5.5 5.5h5M5.5 8h5M5.5 10.5h3" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof icons;
