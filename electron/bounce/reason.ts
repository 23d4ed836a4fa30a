// Why: one reason of the closed list, from the words of the server, the status code (RFC 3463, IANA), the reply code,
// in that order of precision. Words first, since servers use 5.0.0 and 5.7.1 for everything.
import type { BounceReason } from '../../shared/bounce.js';

interface Words {
  readonly reason: BounceReason;
  readonly shape: RegExp;
}

/** Tried in order. Each shape is a set of fixed phrases: linear, no nested repetition. */
const phrases: readonly Words[] = [
  { reason: 'virus', shape: /\bvirus|malware|trojan|infected (?:with|by|message|file|attachment)|eicar|\bworm\b|ウイルス/i },
  {
    reason: 'mailbox-full',
    shape:
      /(?:over|exceed\w*|out of|beyond|above) (?:the |his |her |its |their |allocated |your |storage |disk |mail |mailbox )*(?:storage )?quota|quota (?:is )?(?:exceed|full|reached|violation)|over ?quota|mailbox (?:is |was |has |[\w@.<>-]+ is )?(?:full|over|exceeded)|(?:mail ?box|inbox|folder|account|maildrop) (?:is )?(?:currently )?full|full mailbox|mailbox size limit|insufficient (?:system )?storage|not enough (?:disk |storage )?space|space (?:is )?not enough|(?:disk|storage) (?:quota|space|is full|limit)|has exhausted|maildir (?:over|delivery failed)|too much mail|receiving mail at a rate.{0,40}storage|boîte.{0,60}pleine|quota dépassé|buzón.{0,20}lleno|buz[oó]n est[aá] lleno|postfach.{0,30}(?:voll|überschritten)|casella.{0,60}piena|容量(?:超過|オーバー|を超)|メールボックス.{0,20}(?:一杯|いっぱい|満杯|フル)|邮箱.{0,8}满|信箱已滿|переполнен|user'?s? (?:disk )?quota|reached (?:his|her|its|the|disk) (?:disk )?quota|RecipientStorageLimit|QuotaExceeded|STOREDRV.Deliver.{0,60}quota/i,
  },
  {
    reason: 'too-big',
    shape:
      /(?:message|mail|e-?mail|attachment|content|data)[\w ()]{0,40}(?:too (?:large|big)|exceed\w* (?:\w+ ){0,4}(?:size|limit|maximum)|larger than)|size (?:limit|exceeds|of message)|(?:maximum|max|fixed|static) (?:message |maximum )?(?:message )?size|exceed\w* (?:maximum|the maximum|fixed) |file too large|サイズ.{0,20}(?:超|制限|大き)|RESOLVER\.RST\.\w*Size/i,
  },
  {
    reason: 'host-unknown',
    shape:
      /host (?:or domain name )?(?:not found|unknown|name lookup failure)|(?:unknown|bad|no such|unrouteable|unroutable|invalid) (?:mail )?(?:host|domain)|domain (?:name )?(?:does ?n.t exist|does not exist|not found|is not valid|couldn.t be found)|name (?:service|server)? ?(?:error|lookup)|no (?:mx|a|such) (?:record|host|domain)|nxdomain|couldn'?t find (?:any|a) (?:host|mail exchanger)|DNS (?:query|lookup|error|domain)|can.t resolve|cannot resolve|look up host|name or service not known|lookup (?:failed|did not complete)|all relevant mx records point to non-?existent|no mail (?:server|host)s? for|unrouteable mail domain|ホスト.{0,20}(?:見つか|不明)|ドメイン.{0,20}(?:存在しません|見つか)/i,
  },
  {
    reason: 'domain-not-accepting',
    shape:
      /null ?mx|does not accept (?:e-?)?mail|domain (?:is )?not accepting|not (?:configured to )?accept(?:ing)? (?:any )?mail for (?:this|that) domain|parked domain/i,
  },
  {
    reason: 'policy',
    shape:
      /relay(?:ing)? (?:access )?(?:denied|not|prohibited|disallow)|unable to relay|cannot relay|we do not relay|not permitted to relay/i,
  },
  {
    reason: 'loop',
    shape:
      /too many hops|mail(?:er)? (?:forwarding )?loop|loop(?:s)? (?:back|detected)|hop count|routing loop|loops back to (?:myself|me)|relay(?:ing)? loop|maximum hop|already been (?:delivered|here)|ループ/i,
  },
  {
    reason: 'rate-limited',
    shape:
      /rate[- ]?limit|too (?:many|fast|quickly)(?! (?:hops|invalid))[\w -]{0,20}(?:connections|messages|recipients|mails|sessions|connect)?|throttl|grey-?list|graylist|sending (?:limit|quota)|try again later.{0,40}unusual|unusual rate|temporarily deferred|too many|over rate|exceeded (?:the )?(?:max(?:imum)? )?(?:messages|emails|sending|hourly|daily|defer)|\[TSS0\d\]|receiving mail (?:too quickly|at a rate)|送信数.{0,20}(?:超|制限)/i,
  },
  {
    reason: 'disabled',
    shape:
      /(?:account|mailbox|user|address|recipient|id)[\w '<>@.-]{0,40}(?:disabled|suspended|inactive|deactivated|locked|expired|closed|blocked|cancelled|terminated|no longer (?:active|available|in use|valid))|(?:disabled|inactive|suspended|deactivated|locked|expired|dormant) (?:account|mailbox|user|recipient|address)|(?:is|has been|was) (?:disabled|suspended|deactivated|discontinued)|not active|no longer (?:employed|works|with|at|accept)|ne travaille plus|停止(?:中|して)|利用停止|休止/i,
  },
  {
    reason: 'moved',
    shape:
      /(?:user|recipient|mailbox|account|address) (?:has )?(?:moved|changed)|moved to|please (?:use|try|send to) (?:the )?(?:new|following) (?:e-?mail|address)|new (?:e-?mail )?address|user not local; please try|アドレス.{0,10}変更/i,
  },
  {
    reason: 'user-unknown',
    shape:
      /(?:user|recipient|mailbox|account|address|addressee|username|login|alias|mail ?box|addresse?|name|person|directory|local ?part|id|destinat\w+|userid|inbox)s?[\w "'<>@().,:=+-]{0,80}(?:unknown|not (?:found|known|exist|valid|listed|recognized|a valid|have|local|here|our customer|in )|n.t (?:exist|have|found|valid)|doesn.?t|does ?not|invalid|unavailable|rejected|no longer exists|could not be found|wasn.t found|couldn.t be found|not registered|isn.t)|(?:unknown|no such|invalid|bad|non-?existent|unrecognized|illegal|not a valid|nonexistent|undeliverable|undefined)(?: or \w+)? (?:local |final |e-?mail |virtual |delivery |mail |destination )*(?:user|recipient|mailbox|account|address|alias|addressee|userid|local ?part|person)|no (?:such )?(?:mailbox|account|user|person|address|matches?|recipient)|user (?:not|un)|not (?:a )?(?:known|valid|our) (?:user|recipient|mailbox|customer|list)|unrouteable address|RESOLVER\.ADR|ExRecipNotFound|RecipNotFound|unknown (?:to|in)|is not (?:recognized|a user|in my)|this address no longer|delivery not authorized|doesn.t have (?:a|an) |did not (?:exactly )?match|unbekannt|inconnue?|no existe|n.existe pas|non esiste|desconocid|inexistent|nicht (?:gefunden|existiert|bekannt|vorhanden)|onbekend|okänd|存在し(?:ない|ませ)|(?:宛先|ユーザー?|アドレス).{0,20}(?:不明|見つかり|ありません|存在)|not registered|收件人.{0,10}不存在|用户不存在|無此|не (?:найден|существует)|неизвестн|없는|존재하지/i,
  },
  {
    reason: 'authentication',
    shape:
      /\bspf\b|\bdkim\b|\bdmarc\b|sender id|unauthenticated|authentication (?:required|failed|is required|check)|not authenticated|auth(?:entication)? required|must (?:be )?authenticat|arc (?:fail|validation)|reverse dns|\bptr\b|fcrdns|no (?:valid )?ptr|starttls (?:command|is)|must issue a starttls|encryption (?:required|needed)/i,
  },
  {
    reason: 'blocked',
    shape:
      /block(?:ed|ing|list)|black-?list|denylist|\bdnsbl|\brbl\b|spamhaus|spamcop|barracuda ?central|\bsorbs\b|abuseat|\bcbl\b|proofpoint.{0,30}ipcheck|poor reputation|low reputation|bad reputation|reputation|banned|access denied(?!.*relay)|banned sending ip|mail from [\d.]+ (?:refused|rejected)|your (?:ip|network|host|server)|client host|sender (?:address )?(?:rejected|denied|blocked)|refused (?:to )?talk|connection (?:rejected|refused) (?:by|due)|listed (?:in|at|on|by)|not accepting mail from|拒否(?:リスト|設定)|受信拒否/i,
  },
  {
    reason: 'content',
    shape:
      /\bspam\b|unsolicited|\bjunk\b|bulk mail|content (?:rejected|filter|denied|not accept|policy|restriction|reject)|(?:prohibited|forbidden|banned|blocked|illegal|unacceptable|executable) (?:attachment|content|file|extension|header|phrase)|attachment|phish|message (?:was )?(?:rejected|filtered|refused|contains?) (?:due to|because|as|by|for|a|an) (?:\w+ ){0,3}(?:content|spam|filter|url|link)|contains? (?:a )?(?:url|link|banned)|looks like|scored|spamassassin|迷惑メール/i,
  },
  {
    reason: 'expired',
    shape:
      /expired|time ?out exceeded|retry (?:time(?:out)? )?(?:exceeded|limit|expired|time not)|queue(?:d)? (?:too long|time|period|life)|has been in (?:the )?queue|in the queue too long|not (?:been )?delivered within|failed \d+ attempts|maximum (?:delivery )?attempts|unsuccessful delivery attempts|delivery time|could not be delivered (?:for|within)|during the last|exceeded maximum delivery|after \d+ (?:hours|days|attempts)|期限切れ|再送/i,
  },
  {
    reason: 'network',
    shape:
      /connection (?:timed out|refused|reset|lost|closed|dropped|timeout|failed|aborted)|timed? ?out|no route|unreachable|not responding|could ?n.t (?:connect|establish|reach)|cannot connect|unable to (?:connect|establish|reach)|could not connect|(?:i\/o|read|write|socket|network|system|internal|server|local|configuration|temporary|delivery) (?:\w+ )?(?:error|failure|problem)|command died|lost (?:input )?(?:channel|connection|conversation)|host (?:is )?down|service (?:is )?(?:not |un)?available|try again later|temporarily|out of memory|deferred|closing transmission|server busy|network is unreachable|接続(?:でき|に失敗|エラー)|タイムアウト|一時的/i,
  },
  {
    reason: 'policy',
    shape:
      /policy|relay(?:ing)? (?:access )?(?:denied|not|prohibited|disallow)|not (?:permitted|allowed|authorized) to (?:relay|send|post)|unable to relay|cannot relay|relay not permitted|we do not relay|administrative(?:ly)? prohib|access denied|permission denied|not authorized|(?:members?|subscribers?) only|only (?:members|subscribers|accepts)|refused|denied|restrict|prohibited|rejected|not accept|moderat|RESTRICTED|NotAuthorized|SenderNotAuth|do not honor|unauthorized/i,
  },
  {
    reason: 'syntax',
    shape:
      /syntax|protocol error|command (?:not|un)|bad (?:sequence|command|parameters?|arguments?)|malformed|not implemented|unrecognized command|parse error|bare lf|line too long|invalid (?:header|character|command|syntax)|conversion|8-?bit|smtputf8|not rfc|rfc ?(?:2822|5322|822|821)|missing (?:header|from|date)|no [\w-]+ (?:field|header)\b/i,
  },
];

/** Status codes whose meaning is sharp: they decide before any words. */
const sharp: Readonly<Record<string, BounceReason>> = {
  '1.1': 'user-unknown',
  '1.2': 'host-unknown',
  '1.3': 'syntax',
  '1.4': 'user-unknown',
  '1.6': 'moved',
  '1.10': 'domain-not-accepting',
  '2.1': 'disabled',
  '2.2': 'mailbox-full',
  '2.3': 'too-big',
  '3.4': 'too-big',
  '4.6': 'loop',
  '4.7': 'expired',
  '7.8': 'authentication',
  '7.20': 'authentication',
  '7.21': 'authentication',
  '7.22': 'authentication',
  '7.23': 'authentication',
  '7.24': 'authentication',
  '7.25': 'authentication',
  '7.26': 'authentication',
  '7.27': 'domain-not-accepting',
  '7.28': 'rate-limited',
  '7.29': 'authentication',
};
/** Codes that mean a family: used when the words say nothing. */
const vague: Readonly<Record<string, BounceReason>> = {
  '1.0': 'user-unknown',
  '1.5': 'syntax',
  '1.7': 'syntax',
  '1.8': 'policy',
  '1.9': 'syntax',
  '2.0': 'user-unknown',
  '2.4': 'user-unknown',
  '3.0': 'network',
  '3.1': 'mailbox-full',
  '3.2': 'network',
  '3.3': 'network',
  '3.5': 'network',
  '3.6': 'syntax',
  '4.0': 'network',
  '4.1': 'network',
  '4.2': 'network',
  '4.3': 'network',
  '4.4': 'host-unknown',
  '4.5': 'rate-limited',
  '5.0': 'syntax',
  '5.1': 'syntax',
  '5.2': 'syntax',
  '5.3': 'rate-limited',
  '5.4': 'syntax',
  '5.5': 'syntax',
  '5.6': 'too-big',
  '6.0': 'syntax',
  '6.1': 'syntax',
  '6.2': 'syntax',
  '6.3': 'syntax',
  '6.6': 'content',
  '7.0': 'policy',
  '7.1': 'policy',
  '7.2': 'policy',
  '7.3': 'policy',
  '7.4': 'policy',
  '7.5': 'policy',
  '7.7': 'content',
};
const replies: Readonly<Record<number, BounceReason>> = {
  421: 'network',
  450: 'network',
  451: 'network',
  452: 'mailbox-full',
  500: 'syntax',
  501: 'syntax',
  502: 'syntax',
  503: 'syntax',
  504: 'syntax',
  521: 'domain-not-accepting',
  530: 'authentication',
  535: 'authentication',
  550: 'user-unknown',
  551: 'moved',
  552: 'too-big',
  553: 'user-unknown',
  556: 'domain-not-accepting',
};

export interface Evidence {
  /** X.Y.Z, or null. */
  readonly status: string | null;
  readonly smtpCode: number | null;
  /** The server's sentence, and ours around it. */
  readonly text: string;
}

/** Never a guess: `undefined` when neither words nor codes say why. */
export function reasonOf({ status, smtpCode, text }: Evidence): BounceReason {
  const detail = status?.slice(2) ?? '';
  const words = reasonInWords(text);
  // An unknown user whose sentence says the mailbox is full is a full mailbox (5.1.1 is many a server's default).
  if (words !== null && ['mailbox-full', 'disabled', 'moved', 'virus'].includes(words) && detail !== '2.3') return words;
  // Office 365 writes IANA's code for a domain without mail when it means a recipient it does not know.
  if (words === 'user-unknown' && detail === '1.10') return words;
  // A server that says `recipient server unavailable` for now is not missing a user.
  if (words === 'user-unknown' && status?.startsWith('4.') && /^[34]\./.test(detail)) return sharp[detail] ?? vague[detail] ?? 'network';
  return sharp[detail] ?? words ?? vague[detail] ?? replies[smtpCode ?? 0] ?? 'undefined';
}

/** An address is a name, not a word: `unknown@far.test` says nothing about whether it is known. */
const address = /[^\s<>"'();:,@]{1,64}@[\w-][\w.-]*/g;

/** The first phrase of the table found in `text`; null where there is none. */
export function reasonInWords(text: string): BounceReason | null {
  const short = text.slice(0, 3000).replaceAll(/\s+/g, ' ').replaceAll(address, '@');
  return phrases.find(({ shape }) => shape.test(short))?.reason ?? null;
}

const derived: Readonly<Partial<Record<BounceReason, string>>> = {
  'user-unknown': '1.1',
  'mailbox-full': '2.2',
  'host-unknown': '1.2',
  'domain-not-accepting': '1.10',
  'too-big': '3.4',
  policy: '7.1',
  blocked: '7.1',
  content: '7.1',
  virus: '7.1',
  authentication: '7.0',
  'rate-limited': '4.5',
  expired: '4.7',
  network: '4.1',
  disabled: '2.1',
  moved: '1.6',
  loop: '4.6',
  syntax: '5.0',
};

/** A status for a report that gives none: class from the reply code, the rest from the reason. Always marked as derived. */
export function deriveStatus(reason: BounceReason, smtpCode: number | null, permanent: boolean | null): string | null {
  const first = smtpCode !== null ? String(smtpCode)[0] : permanent === null ? null : permanent ? '5' : '4';
  if (first === null || first === undefined || !/[45]/.test(first)) return null;
  return `${first}.${derived[reason] ?? '0.0'}`;
}
