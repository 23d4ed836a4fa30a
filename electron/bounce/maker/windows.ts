// Exchange in its ages and languages, Notes and Domino, GroupWise, and the servers of Windows and of the nineties.
import type { BounceMaker } from './kind.js';

const address = /(?:^|[\s<("'[:•])(?:SMTP:|mailto:)?([^\s<>@"'()[\]:,;]+@[^\s<>@"'()[\],;:]+)/;
const onDate = /^\s*(?:.*\bSMTP=([^\s;]+@[^\s;]+);? on |["']?<?([^\s<>"']+@[^\s<>"']+?)>?["']? on )/;

export const windowsMakers: readonly BounceMaker[] = [
  {
    name: 'office365',
    key: /^\s*(?:Your message to .{1,200} couldn't be delivered|Delivery has failed to these recipients|Your message (?:wasn't|couldn't be) delivered (?:to|because)|Your email (?:wasn't|couldn't be) delivered)/i,
    address:
      /Your message to ([^\s<>@]+@[^\s<>@]+) couldn't be delivered|^[^@]{0,100}?[<(]?(?:mailto:)?([^\s<>@"'()]+@[^\s<>@"'()]+?)[>)]?\s*(?:<mailto:[^>]*>)?\s*$/i,
    stop: /^(?:Diagnostic information for administrators|Original Message (?:Details|Headers)|More Info for Email Admins)/i,
    sentence: 'section',
  },
  {
    name: 'exchange-2007',
    key: /Diagnostic information for administrators|^Informations de diagnostic pour les administrateurs|^Diagnoseinformationen für Administratoren|^Informaci[oó]n de diagn[oó]stico para (?:los )?administradores|^Informazioni di diagnostica per gli amministratori|管理者(?:向け|用)の?(?:の)?診断情報|^供管理员使用的诊断信息/i,
    address: /^\s*<?([^\s<>@"'()]+@[^\s<>@"'()]+?)>?\s*$/,
    stop: /^(?:Original message headers|En-t[eê]tes de message|Urspr[uü]ngliche Nachrichtenk|元のメッセージ|原始邮件)/i,
  },
  {
    name: 'exchange-55',
    key: /did not reach the following recipient|n'a pas pu être remis aux destinataires suivants|konnte? (?:den folgenden|folgende) Empf[äa]nger|no lleg[oó] a los siguientes destinatarios|no se pudo entregar a los siguientes|non ha raggiunto|次の受信者(?:に配信|へ)/i,
    address: onDate,
    stop: /^\s*MSEXCH:/,
  },
  {
    name: 'exchange-colon',
    key: /^\s*Did not reach the following recipient/i,
    address: /recipient(?:\(s\))?:?\s+<?([^\s<>]+@[^\s<>]+?)>?\s*$|^\s*<?([^\s<>]+@[^\s<>]+?)>?\s*$/i,
    sentence: 'section',
  },
  {
    name: 'mailenable',
    key: /Message could not be delivered to some recipients/i,
    address: /Recipient: \[SMTP:([^\s@\]]+@[^\s@\]]+)\]/i,
    stop: /^Message headers follow/i,
  },
  {
    name: 'exchange-recipients',
    key: /^\s*(?:Del[ie]+very to the following recipients? (?:failed|was aborted)|The following recipient\(s\) (?:cannot|could not) be reached|Your message did not reach some or all of the intended recipients|次の受信者)/i,
    address,
    stop: /^(?:Reporting-MTA|Message headers follow|<?https?:|hMailServer)|^[^D\s@][^@]{60,}$/i,
  },
  {
    name: 'iis-smtp',
    key: /^This is an automatically generated Delivery Status Notification/i,
    address: /^[\s*]*([^\s@<>]+@[^\s@<>]+?)\s*$/,
    stop: /^\s*Technical details:|Reporting-MTA/i,
  },
  {
    name: 'exchange-delayed',
    key: /^This is an advisory-only email|THIS IS A WARNING MESSAGE ONLY|^\s*Delivery (?:of|to) (?:the|this) .{0,40}(?:has been|is) (?:delayed|postponed)|^Delivery is delayed to these recipients|配信が遅延しています/i,
    address: /^\s*"?<?([^\s<>@"'()]+@[^\s<>@"'()]+?)>?"?\s*$/,
    stop: /following$|original message follow/i,
    kind: 'delayed',
    sentence: 'section',
  },
  {
    name: 'microsoft-smtpsvc',
    key: /^The email below could not be delivered to the following user:/i,
    address: /<([^<>\s]+@[^<>\s]+)>/,
    stop: /^Old message:/i,
  },
  {
    name: 'microsoft-transcript',
    key: /transcript of session follows/i,
    address: /^\s*([!-=?A-~]+@[a-z0-9._-]+)\s*$/i,
    stop: /^\s*-+ ?(?:Unsent|Original|Returned)/i,
    sentence: 'section',
  },
  {
    name: 'domino',
    key: /^Your message\s*$|was not delivered to:|^Ihr Dokument:|^Votre document/i,
    address: /^\s*(?:was not delivered to:\s*)?([^\s@<>:]+@[^\s@<>:]+)\s*$|^\s*(?:an|à|to):\s*([^\s@<>]+@[^\s@<>]+)$/i,
    stop: /^(?:because|da|weil|car|parce que):/i,
    sentence: 'section',
  },
  {
    name: 'groupwise',
    key: /^(?:The message that you sent was undeliverable|Message transmission failed|The (?:attached|following) (?:message|file)|Your message has not been delivered)/i,
    address: /^\s{0,4}<?([^\s<>@"]+@[^\s<>@"(]+?)>?(?:\s+\(?.*)?$/,
    mailer: /^(?:nov|ntm|int)/i,
    sentence: 'line',
  },
  {
    name: 'mdaemon',
    key: /^The following addresses did NOT receive a copy of your message|^YOUR MESSAGE WAS NOT DELIVERED/i,
    address: /^\s*>\s*(\S+@\S+)\s*$/,
    stop: /^-+ (?:Session Transcript|Returned|End)/i,
    quoted: true,
    sentence: 'section',
  },
  {
    name: 'mdaemon-user',
    key: /^\S+@\S+ - no such user here/i,
    address: /^(\S+@\S+?) - no such user/i,
    stop: /^There is no user/i,
    sentence: 'line',
  },
  {
    name: 'imail',
    key: /^\s*(?:user mailbox[^:]{0,60}:|delivery failed[^:]{0,60}:|unknown user[^:]{0,60}:|undeliverable +to|delivery userid[^:]{0,60}:|invalid final delivery userid:)/i,
    address:
      /(?:user mailbox[^:]{0,60}:|delivery failed[^:]{0,60}:|unknown user[^:]{0,60}:|undeliverable +to|delivery userid[^:]{0,60}:|invalid final delivery userid:)\s*(\S+@?\S*)/i,
    stop: /original message follows/i,
    sentence: 'line',
  },
  {
    name: 'lsmtp',
    key: /^--> Error description:/i,
    address: /^\s*Error-for:\s+(\S+@\S+)/i,
    stop: /^Error-End:/i,
    sentence: 'section',
  },
  {
    name: 'viruswall',
    key: /^Unable to deliver message to|^message from interscan e-mail viruswall|^The following mail could not be delivered/i,
    address: /(?:rcpt to:\s*)?<([^<>\s]+@[^<>\s]+)>/i,
    stop: /end of message/i,
    sentence: 'section',
  },
  {
    name: 'symantec-delayed',
    key: /^Your message with Subject:/i,
    address: /^\s*(\S+@\S+?)\s*$/,
    stop: /^Delivery attempts will continue/i,
    kind: 'delayed',
    sentence: 'section',
  },
  {
    name: 'mimesweeper',
    key: /^A message could not be delivered to:/i,
    address: /^\s*([^\s@]+@[^\s@]+)\s*$/,
    stop: /^Subject:/i,
    sentence: 'section',
    whole: true,
  },
  {
    name: 'netscape',
    key: /^This Message was undeliverable due to the following reason/i,
    address: /^(?!.*please reply to).*<([^<>\s]+@[^<>\s]+)>/i,
    sentence: 'section',
  },
  {
    name: 'post-office',
    key: /^------ Failed Recipients ------/i,
    address: /<([^<>\s]+@[^<>\s]+)>/,
    stop: /^-+ Returned Mail/i,
  },
  {
    name: 'argosoft',
    key: /^Your message (?:was|has) not (?:been )?delivered because|^Your message has encountered delivery problems/i,
    address: /addressed to\s+([^\s@]+@[^\s@)]+)|^\s*<?([^\s@<>]+@[^\s@<>]+?)>?\s*$/i,
    stop: /^Your message reads/i,
    sentence: 'section',
  },
];
