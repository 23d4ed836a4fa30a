// The options of a fetchmailrc by place, with what follows each name. Closed: an option that is not here does not parse.

/** What follows an option's name. */
export type Shape =
  | 'flag'
  | 'on'
  | 'string'
  | 'number'
  | 'strings'
  | 'numbers'
  | 'port'
  | 'protocol'
  | 'authentication'
  | 'envelope'
  | 'header';

export const globalShapes = {
  logfile: 'string',
  idfile: 'string',
  pidfile: 'string',
  daemon: 'number',
  postmaster: 'string',
  bouncemail: 'flag',
  spambounce: 'flag',
  softbounce: 'flag',
  properties: 'string',
  syslog: 'flag',
  invisible: 'flag',
  showdots: 'flag',
} as const satisfies Record<string, Shape>;
export const serverShapes = {
  aka: 'strings',
  via: 'string',
  localdomains: 'strings',
  protocol: 'protocol',
  principal: 'string',
  esmtpname: 'string',
  esmtppassword: 'string',
  uidl: 'flag',
  checkalias: 'flag',
  service: 'port',
  port: 'number',
  interval: 'number',
  auth: 'authentication',
  timeout: 'number',
  envelope: 'envelope',
  qvirtual: 'string',
  interface: 'string',
  monitor: 'string',
  plugin: 'string',
  plugout: 'string',
  dns: 'flag',
  tracepolls: 'flag',
  'bad-header': 'header',
} as const satisfies Record<string, Shape>;
export const userShapes = {
  password: 'string',
  folder: 'strings',
  smtphost: 'strings',
  fetchdomains: 'strings',
  smtpaddress: 'string',
  smtpname: 'string',
  antispam: 'numbers',
  mda: 'string',
  bsmtp: 'string',
  lmtp: 'on',
  preconnect: 'string',
  postconnect: 'string',
  keep: 'flag',
  flush: 'flag',
  limitflush: 'flag',
  fetchall: 'flag',
  rewrite: 'flag',
  forcecr: 'flag',
  stripcr: 'flag',
  pass8bits: 'flag',
  dropstatus: 'flag',
  dropdelivered: 'flag',
  mimedecode: 'flag',
  idle: 'flag',
  ssl: 'flag',
  sslkey: 'string',
  sslcert: 'string',
  sslproto: 'string',
  sslcertck: 'flag',
  sslcertfile: 'string',
  sslcertpath: 'string',
  sslcommonname: 'string',
  sslfingerprint: 'string',
  limit: 'number',
  warnings: 'number',
  fetchlimit: 'number',
  fetchsizelimit: 'number',
  fastuidl: 'number',
  batchlimit: 'number',
  expunge: 'number',
  properties: 'string',
} as const satisfies Record<string, Shape>;

export type GlobalName = keyof typeof globalShapes;
export type OptionName = keyof typeof serverShapes | keyof typeof userShapes;
