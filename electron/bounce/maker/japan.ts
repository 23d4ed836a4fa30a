// Japanese carriers and systems, and reports in other languages that no maker of their own explains.
import type { BounceMaker } from './kind.js';

export const japanMakers: readonly BounceMaker[] = [
  {
    name: 'docomo',
    key: /The following address(?:es)? (?:had|have) (?:permanent|delivery)|^Unknown address error|^\[Error details\]|次のあて先への?(?:メッセージ|メール)|次のあて先へのメッセージはエラーのため送信できませんでした/i,
    address: /^[\s<*・-]*([^\s<>@]+@(?:[\w-]+\.)*docomo(?:\.ne|-camera\.ne)?\.(?:jp|com))>?/i,
    sentence: 'section',
  },
  {
    name: 'au',
    key: /Each of the following recipients was rejected by a remote mail server|^The user\(s\) account is (?:temporarily over quota|disabled)|^The following recipients? (?:was|were) rejected/i,
    address: /(?:Recipient:|^\s*)\s*<([^<>\s]+@[^<>\s]+)>|^\s*RCPT TO:<([^<>\s]+)>/i,
    sentence: 'section',
  },
  {
    name: 'softbank',
    key: /^(?:次の|以下の)(?:宛先|あて先|アドレス|メールアドレス).{0,40}(?:送信|配信|届|エラー)|送信できませんでした/,
    address: /^[\s<*・:：-]*([^\s<>@：]+@[^\s<>@]+?)>?\s*$/,
    sentence: 'section',
  },
  {
    name: 'japanese',
    loose: true,
    key: /(?:メール|メッセージ|電子メール).{0,40}(?:配信(?:でき|不能|され)|送信(?:でき|不能)|届け(?:られ|ること)|届きません|配送(?:でき|不能)|返送|エラー)|(?:配信|配送|送信)(?:不能|エラー|できませんでした|に失敗)|宛先(?:が|は|不明|アドレス)/,
    address: /^[\s<>*・:：「『[（(-]*(?:[^@\s：:]{0,20}[：:]\s*)?<?([A-Za-z0-9_.+!#$%&'*/=?^`{|}~-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
  {
    name: 'german',
    loose: true,
    key: /(?:konnte|kann|wurde).{0,60}nicht (?:zugestellt|ausgeliefert|übermittelt|gesendet) werden|nicht zustellbar|Unzustellbar/i,
    address: /(?:^|[\s<"(:])([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
  {
    name: 'french',
    loose: true,
    key: /n['’]a (?:pas|pu) (?:pu )?[êe]tre (?:remis|d[ée]livr[ée]|distribu[ée]|envoy[ée]|achemin[ée])|[ée]chec de (?:la )?(?:remise|distribution|livraison)/i,
    address: /(?:^|[\s<"(:])([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
  {
    name: 'spanish-portuguese',
    loose: true,
    key: /no (?:ha podido|pudo|se ha podido|puede) ser (?:entregado|enviado)|no se (?:pudo|puede) entregar|n[ãa]o (?:p[ôo]de|foi poss[íi]vel) (?:ser )?entreg|n[ãa]o pode ser (?:entregue|enviada)/i,
    address: /(?:^|[\s<"(:])([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
  {
    name: 'italian-dutch',
    loose: true,
    key: /non (?:è stato|ha potuto|può essere|è possibile) (?:possibile )?(?:recapit|consegn)|mancata consegna|kon niet worden (?:afgeleverd|bezorgd)|niet (?:afgeleverd|bezorgd)/i,
    address: /(?:^|[\s<"(:])([A-Za-z0-9_.+-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
  {
    name: 'plain',
    loose: true,
    key: /(?:could not|cannot|can't|was not|wasn't|unable to|not be|couldn't|has not been|failed to) (?:be )?deliver|undeliver(?:able|ed)|delivery (?:to|of|has|attempt)[\w ]{0,60}fail|user unknown|mailbox (?:full|unavailable)|no such user/i,
    address: /(?:^|[\s<"'(:])([A-Za-z0-9_.+=/'-]+@[A-Za-z0-9.-]+[A-Za-z0-9])/,
    sentence: 'section',
  },
];
