// The makers of Received lines: the words each is known by, and what it writes otherwise than RFC 5321.
// To add one: an entry here, and a line with its expected fields in test/fixture/trace/maker/.
import type { Clauses } from './clauses.js';
import type { ReceivedLine } from './received.js';

export interface Maker {
  readonly name: string;
  /** Tried in order over the unfolded value; the first that matches is the maker. */
  readonly key: RegExp;
  readonly mend?: (value: string, clauses: Clauses) => Partial<ReceivedLine>;
}

export const makers: readonly Maker[] = [
  { name: 'todoku', key: /\bwith (?:POP3|IMAP)S? \(Todoku-[\w.-]+/i },
  { name: 'fetchmail', key: /\(fetchmail-[\w.+-]+|\bby \S+ \[\S+\] with \S+ \(fetchmail/i },
  { name: 'getmail', key: /\bgetmail[v\d]/i, mend: getmail },
  { name: 'mpop', key: /\(mpop-\d/ },
  { name: 'fdm', key: /\(fdm \d|\bby \S+ with \S+ \(fdm\b/ },
  { name: 'gmail-api', key: /\bby gmailapi\.google\.com\b/ },
  {
    name: 'gmail',
    key: /\bby (?:mx\.google\.com|smtp\.gmail\.com|[\w-]+\.google\.com)\b|\(version=TLS1_\d cipher=\S+ bits=\d+\/\d+\)|^by (?:10\.|2002:a)[\w.:]+ with SMTP id /,
  },
  { name: 'office365', key: /\bby \S+\.(?:outlook|exchangelabs|protection\.outlook)\.com\b.*\bwith (?:Microsoft SMTP Server|HTTPS|mapi)/i },
  { name: 'exchange', key: /\bwith (?:Microsoft SMTP Server|mapi id)\b/i },
  { name: 'iis-smtpsvc', key: /\bwith (?:Microsoft SMTPSVC|mail pickup service)/i, mend: pickup },
  { name: 'exchange-ims', key: /\bwith Internet Mail Service \(|\(Microsoft Exchange Internet Mail Service/i },
  { name: 'dovecot', key: /\bwith LMTPS?A?\b(?: \(.{1,200}?\))? id [A-Za-z0-9+/]{16,40}={0,2} \(envelope-from </ },
  { name: 'cyrus', key: /\(Cyrus v?[\w.-]+/i },
  { name: 'zimbra', key: /\(LHLO \S+\)/ },
  { name: 'amavis', key: /\(amavis/i },
  { name: 'opensmtpd', key: /\(OpenSMTPD\)/ },
  { name: 'stalwart', key: /\(Stalwart (?:SMTP|Mail|LMTP)?/ },
  { name: 'postfix-pickup', key: /\((?:[\w-]*Postfix[\w-]*), from userid \d+\)/i },
  { name: 'postfix', key: /\([\w. -]*Postfix\b/i },
  {
    name: 'exim',
    key: /\(Exim \d|\bwith (?:local|esmtp|smtp|asmtp|esmtps|esmtpsa|esmtpa|spam-scanned)\b.* \(Exim\b|\bid [\w]{6}-[\w]{6,11}-[\w]{2,4}\b/i,
    mend: eximTls,
  },
  { name: 'mdaemon', key: /\(MDaemon[\w.\s]/i },
  { name: 'domino', key: /\((?:Lotus Domino|IBM Domino|HCL Domino|Lotus SMTP MTA)/i },
  { name: 'communigate', key: /\(CommuniGate Pro/i },
  { name: 'courier', key: /\(TLS: [\w./]+,\d+bits,|\bid [\dA-F]{8,16}\.[\dA-F]{8,16}\.[\dA-F]{8}\b/, mend: courier },
  { name: 'intermail', key: /\((?:InterMail|Openwave|Critical Path|NPlex)/i },
  {
    name: 'sun-messaging',
    key: /\((?:iPlanet|Sun (?:Java|ONE|Internet)|Oracle Communications|SIMS|Netscape) ?(?:\(tm\) )?[\w ]*(?:Messaging|Mail|System|Server)/i,
  },
  { name: 'imail', key: /\(SMTPD(?:32|-)?[\d.-]*|\(IMail/i },
  { name: 'post-office', key: /\(Post\.Office MTA/i },
  { name: 'mercury', key: /\(Mercury(?:\/32)? /i },
  { name: 'merak', key: /\((?:Merak|IceWarp) /i },
  { name: 'argosoft', key: /\(ArGoSoft/i },
  { name: 'groupwise', key: /\bwith Novell|\(NetMail|GroupWise/i },
  { name: 'lsmtp', key: /\(LSMTP/i },
  { name: 'pmdf', key: /\(PMDF /i },
  { name: 'mailmax', key: /\(MailMax /i },
  { name: 'rockliffe', key: /\(Rockliffe/i },
  { name: 'mailenable', key: /\bby MailEnable /i },
  { name: 'webeasymail', key: /\(WebEasyMail/i },
  { name: 'haraka', key: /\(Haraka/i },
  { name: 'sendgrid', key: /\bby (?:filter|recvd|geopod|ismtpd|wrqvn)\S* with (?:SMTP|HTTP|ESMTP) id|\(SG\) with |sendgrid\.net/i },
  { name: 'ses', key: /\bby \S*amazonses\.com\b|\bby \S*amazonaws\.com with/i },
  { name: 'icloud', key: /\bby \S+\.(?:me|icloud|apple|mac)\.com\b/i },
  { name: 'yahoo-webmail', key: /\bby (?:web\d+|\S*sonic\S*)\.\S*yahoo\.(?:com|co\.jp)\b.*\b(?:via|with) HTTP/i },
  { name: 'yahoo', key: /\bby \S*yahoo(?:dns)?\.(?:com|net|co\.jp)\b|\(EGP: |\bby (?:kubenode|hermes--)\S+/i },
  { name: 'hotmail', key: /\bby \S*hotmail\.(?:com|msn\.com)\b/i },
  { name: 'qmail-scanner', key: /\(qmail-scanner|\bby \S+ with qmail-scanner|\bby simscan\b|\(qfscan/i },
  { name: 'qmail', key: /^\(qmail \d+ (?:messnum \d+ )?invoked |^\(ofmipd |\(qmail-ldap/ },
  { name: 'critical-path', key: /^\(cpmta |\(\d\.\d\.\d{3}\) id [\dA-F]{16}\b/ },
  { name: 'powermta', key: /\(PowerMTA/i },
  { name: 'aol', key: /\bby \S+\.(?:mx\.)?aol\.com \(/i },
  { name: 'listserv', key: /\(LISTSERV/i },
  { name: 'smap', key: /\bvia (?:smap|smapd|smtpd) \(/i },
  { name: 'slmail', key: /\(SLmail/i },
  { name: 'smtprs', key: /\((?:Vircom|EMWAC) SMTPRS/i },
  { name: 'viruswall', key: /\(InterScan|\(MAILsweeper|\(NAVGW|\(WebShield/i },
  { name: 'nullmailer', key: /^\(nullmailer / },
  { name: 'dma', key: /\(DragonFly Mail Agent/i },
  {
    name: 'webmail',
    key: /\(SquirrelMail|\(Horde|\bby \S+ \(IMP\)|\bwith (?:HTTP|HTTPS|http)\b|\bvia HTTP\b|\(Roundcube|\bRoundcube Webmail|\(NeoMail|\(TWIG\b/i,
  },
  {
    name: 'sendmail',
    key: /\((?:[\d.]+[\w.+-]*(?:\/[\w.+ -]+)+(?: [\w. ]+)?|AIX[\d./ ]+[\w./]*|[\w-]+\/[\w.-]+\/[\w. -]+|Switch-[\d./\w-]+|v\d\.\d+\.\d+)\)/,
  },
  { name: 'qmail-smtpd', key: /^from \S+ \((?:HELO|EHLO|\[)|^from \S+ \(\S+\) by \S+ with (?:E?SMTPS?A?); / },
];

export function makerOf(value: string): Maker | null {
  const short = value.slice(0, 4000);
  return makers.find(({ key }) => key.test(short)) ?? null;
}

/** `by HOST with POP3 getmail6 msgid:X for <a>; date`: the protocol is the first word. */
function getmail(value: string, clauses: Clauses): Partial<ReceivedLine> {
  const words = clauses.named.with?.words ?? [];
  return { with: words[0] ?? null, id: /\bmsgid:(\S+?);?(?:\s|$)/.exec(value)?.[1] ?? null };
}

/** `from mail pickup service by HOST`: no client, a folder. */
function pickup(value: string, clauses: Clauses): Partial<ReceivedLine> {
  return /^from mail pickup service\b/i.test(value) ? { from: clauses.named.from?.words.slice(0, 3).join(' ') ?? null } : {};
}

/** `with esmtpsa (TLS1.3) tls TLS_AES_256_GCM_SHA384 (Exim 4.96)`: the cipher is not the protocol. */
function eximTls(_value: string, clauses: Clauses): Partial<ReceivedLine> {
  const words = clauses.named.with?.words ?? [];
  return words[1] === 'tls' ? { with: words[0] ?? null } : {};
}

/** Courier writes the id behind the date. */
function courier(value: string): Partial<ReceivedLine> {
  const id = /\bid ([\dA-F]{8,16}\.[\dA-F]{8,16}\.[\dA-F]{8})\b/.exec(value)?.[1];
  return id === undefined ? {} : { id };
}
