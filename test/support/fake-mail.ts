// Mailboxes and messages for looking at the window: English and Japanese, with threads, attachments and every verdict.
import type { Address, Attachment, Envelope, Folder, Mailbox, MessageFlags } from '../../shared/message.js';
import type { VerdictKind } from '../../shared/verdict.js';

export interface FakeMessage {
  readonly envelope: Envelope;
  readonly cc: readonly Address[];
  readonly text: string;
  readonly html: string | null;
  readonly remoteImages: number;
  readonly attachments: readonly Attachment[];
  readonly language: string | null;
}

interface Sketch {
  readonly folder?: string;
  readonly from: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly remote?: number;
  /** Hours ago. */
  readonly ago: number;
  readonly unread?: boolean;
  readonly flagged?: boolean;
  readonly answered?: boolean;
  readonly verdict?: VerdictKind;
  readonly thread?: string;
  readonly bounce?: boolean;
  readonly files?: readonly (readonly [string, string, number])[];
  readonly language?: string;
}

const me = 'ayumi <ayumi@mori.example>';

export const sketches: readonly Sketch[] = [
  {
    from: '佐々木 健 <ken@kawa.example>',
    to: `${me}, Maya Okonkwo <maya@kumiai.example>`,
    cc: 'postmaster@kumiai.example',
    subject: '中継サーバーの切り替えは木曜 22 時 / MX moves on Thursday',
    thread: 'mx',
    ago: 0.4,
    flagged: true,
    language: 'ja',
    remote: 2,
    files: [
      ['切り替え手順書.pdf', 'application/pdf', 184_320],
      ['main.cf.diff', 'text/x-diff', 3020],
    ],
    text: `歩美さん、Maya さん\n\n中継サーバーの切り替えは 11月27日（木）22:00 に決まりました。MX の TTL は火曜の朝に 300 秒へ下げておきます。旧サーバーは二週間、受信だけ残します。\n\n> Will Delivered-To change? Our multi-drop depends on it.\n> If it does, I would rather know before Thursday.\n\nMaya: Delivered-To stays as it is, so fetchmail still finds one envelope header per message. After the move, please compare these on both hosts: https://wiki.kawa.example/mx/move\n\n手順書を添付します。　佐々木\n\n-- \n佐々木 健 / Ken Sasaki\nkawa.example`,
    html: `<div style="font-family:serif;color:#224"><p>歩美さん、Maya さん</p><p>中継サーバーの切り替えは <b style="color:#a00">11月27日（木）22:00</b> に決まりました。</p><p><img src="https://track.example/open.gif?u=1" width="1" height="1"><img src="https://img.kawa.example/banner.png" alt="kawa.example" width="300" height="60"></p><table border="1" cellpadding="4" style="border-collapse:collapse"><tr><th>時刻</th><th>作業</th></tr><tr><td>22:00</td><td>MX 切り替え</td></tr><tr><td>22:30</td><td>確認</td></tr></table><p>Details: <a href="https://wiki.kawa.example/mx/move">the plan</a>, and <a href="https://evil.example/login">https://bank.example/</a></p><style>p{margin:10px 0} th{background:#def}</style><script>alert(1)</script></div>`,
  },
  {
    from: 'postfix-users <postfix-users@lists.example>',
    subject: 'Re: DANE and a multi-drop backup MX',
    thread: 'dane',
    ago: 0.9,
    unread: true,
    text: 'You can keep “may” for the relay and set “dane-only” per destination.\n\n> Does the backup MX need a TLSA record of its own?\n\nYes: a TLSA record belongs to a host name and a port.',
  },
  {
    from: '田中 美咲 <tanaka@hanamaru.example>',
    subject: '請求書の件（10月分）',
    ago: 1.2,
    unread: true,
    language: 'ja',
    files: [['請求書-2025-10.pdf', 'application/pdf', 96_000]],
    text: 'お世話になっております。添付のとおり、10月分の請求書をお送りします。\nご確認をお願いいたします。\n\n田中',
  },
  {
    from: 'Kaze-net Billing <billing@kaze-net-invoices.example>',
    subject: 'Your invoice 2291 is overdue',
    ago: 1.6,
    unread: true,
    verdict: 'suspicious',
    remote: 7,
    text: 'Please confirm your details within 24 hours: http://xn--kze-net-8va.example/login',
    html: '<p>Please <a href="http://xn--kze-net-8va.example/login">https://kaze-net.example/login</a> within 24 hours.</p><img src="http://203.0.113.9/p.png">',
    files: [['invoice-2291.zip', 'application/zip', 41_200]],
  },
  {
    from: 'Mail Delivery System <mailer-daemon@mail.kawa.example>',
    subject: 'Undelivered Mail Returned to Sender',
    ago: 2,
    bounce: true,
    text: 'This is the mail system at host mail.kawa.example.\n\n<k.fujii@hanamaru.example>: host mx.hanamaru.example said: 550 5.1.1 User unknown',
  },
  {
    from: 'Maya Okonkwo <maya@kumiai.example>',
    subject: 'Dovecot 2.4 migration notes',
    thread: 'dovecot',
    ago: 2.5,
    answered: true,
    files: [['notes.md', 'text/markdown', 8200]],
    text: 'mail_location is gone, see the new mail_path and mail_driver settings.\n\nhttps://doc.dovecot.example/2.4/',
  },
  {
    from: '中央図書館 <info@library.example>',
    subject: 'ご予約の資料が準備できました',
    ago: 15,
    unread: true,
    language: 'ja',
    text: '受取期限は 12月1日(月)です。\n\n予約番号 20251123-041\n中央図書館 1 階カウンターまでお越しください。',
  },
  {
    from: '山本 和也 <yamamoto@mori.example>',
    subject: 'site-plan.zip を送ります',
    thread: 'plan',
    ago: 17,
    verdict: 'not-scanned',
    language: 'ja',
    files: [['site-plan.zip', 'application/zip', 48_000_000]],
    text: 'サイズが大きいので、届いたら知らせてください。',
  },
  {
    from: 'backup@mori.example',
    subject: 'rsnapshot daily: ok, 2.1 GiB',
    ago: 30,
    text: 'started 03:30, finished 03:44\n\n/srv: ok\n/home: ok',
  },
  {
    from: 'Lars Jensen <lars@fjord.example>',
    subject: 'Re: Reading DMARC aggregate reports',
    thread: 'dmarc',
    ago: 74,
    flagged: true,
    text: 'The row with count 1 and disposition none is your own forwarder.',
  },
  {
    from: '町内会 事務局 <jimu@chonai.example>',
    subject: '年末清掃の当番表',
    ago: 98,
    language: 'ja',
    files: [
      ['当番表.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 22_000],
      ['setup.exe', 'application/x-msdownload', 220_000],
    ],
    text: '添付の当番表をご確認ください。\n\n・12/21（日）9:00 集合\n・雨天順延',
  },
  {
    from: 'Henrik Lund <henrik@fjord.example>',
    subject: 'Maildir++ quotas and the count backend',
    ago: 120,
    text: 'I measured it on a mailbox of 400,000 messages: 3 ms.',
  },
  {
    from: '高橋 直美 <naomi@kumiai.example>',
    subject: 'Re: 来月の打ち合わせ',
    thread: 'uchiawase',
    ago: 150,
    answered: true,
    language: 'ja',
    text: '10日の午後でお願いします。\n\n> 9日か10日はいかがでしょうか。',
  },
  {
    from: '高橋 直美 <naomi@kumiai.example>',
    subject: '来月の打ち合わせ',
    thread: 'uchiawase',
    ago: 172,
    language: 'ja',
    text: '9日か10日はいかがでしょうか。',
  },
  {
    from: 'Maya Okonkwo <maya@kumiai.example>',
    subject: 'Re: MX moves on Thursday',
    thread: 'mx',
    ago: 50,
    text: 'Thursday works. Will Delivered-To change? Our multi-drop depends on it.',
  },
  {
    from: me,
    to: 'ken@kawa.example',
    subject: 'MX の切り替え日',
    thread: 'mx',
    ago: 66,
    language: 'ja',
    text: '旧サーバーの証明書が 12月に切れます。切り替えの日を決めませんか。',
  },
  { from: 'cron@mori.example', subject: 'freshclam: main.cvd updated', ago: 190, text: 'main.cvd version 63, sigs 6,647,427' },
  {
    from: 'Ines Duarte <ines@porto.example>',
    subject: 'Scan of the old ledger',
    ago: 240,
    files: [['ledger.tiff', 'image/tiff', 9_400_000]],
    text: 'As promised. The second page is upside down, sorry.',
  },
  {
    from: '市役所 <noreply@city.example>',
    subject: '【重要】水道料金のお知らせ',
    ago: 300,
    language: 'ja',
    text: '11月分の水道料金は 4,620 円です。',
  },
  {
    from: 'fetchmail-users <fetchmail-users@lists.example>',
    subject: 'Announce: 6.4.39',
    ago: 330,
    text: 'This release fixes a crash in --showdots.',
  },
  { from: 'Олена Коваль <olena@kyiv.example>', subject: 'Дякую за переклад', ago: 420, text: 'Переклад чудовий, дякую!' },
  { from: '鈴木 一郎 <suzuki@hanamaru.example>', subject: '', ago: 500, language: 'ja', text: '件名を忘れました。明日 10 時に伺います。' },
  {
    from: 'a-very-long-address-that-does-not-fit-anywhere@a-long-subdomain.of.some.department.example',
    subject:
      'A subject that goes on and on, because somebody pasted the first paragraph of the message into the subject line and then pressed send',
    ago: 700,
    text: 'See the subject.',
  },
  {
    from: 'Todoku <postmaster@mori.example>',
    subject: 'Welcome to your mailbox',
    ago: 900,
    text: 'Mail for ayumi@mori.example arrives here.',
  },
  {
    folder: 'postmaster',
    from: 'root@mori.example',
    subject: 'Logwatch for mori',
    ago: 5,
    unread: true,
    text: 'Postfix: 40 messages received.',
  },
  {
    folder: 'postmaster',
    from: 'abuse@kaze-net.example',
    subject: '[feedback] Your report 5523',
    ago: 40,
    unread: true,
    text: 'Thank you for your report.',
  },
  {
    folder: 'kumiai',
    from: '組合 <office@kumiai.example>',
    subject: '総会のお知らせ',
    ago: 8,
    unread: true,
    language: 'ja',
    text: '総会は 12月15日（月）です。',
  },
  {
    folder: 'sent',
    from: me,
    to: 'k.fujii@hanamaru.example',
    subject: '見積もりの件',
    ago: 3,
    language: 'ja',
    text: '藤井様\n\n見積もりをお送りします。',
  },
  { folder: 'drafts', from: me, to: 'ken@kawa.example', subject: 'Re: 中継サーバーの切り替え', ago: 0.2, text: '了解しました。' },
  {
    folder: 'junk',
    from: 'Prize Office <win@lucky.example>',
    subject: 'You have won',
    ago: 26,
    unread: true,
    verdict: 'suspicious',
    text: 'Claim now.',
  },
  { folder: 'trash', from: 'newsletter@shop.example', subject: '70% off everything', ago: 28, remote: 12, text: 'Only today.' },
  {
    folder: 'imap',
    from: 'Fastline Support <support@fastline.example>',
    subject: 'Your line is ready',
    ago: 6,
    unread: true,
    text: 'Your new line was activated.',
  },
];

export function parseAddresses(text: string | undefined): readonly Address[] {
  if (text === undefined) return [];
  return text.split(',').map((one) => {
    const [, name = '', address = one.trim()] = /^\s*(.*?)\s*<(.+)>\s*$/.exec(one) ?? [];
    return { name, address };
  });
}

function attachment([name, type, octets]: readonly [string, string, number], index: number): Attachment {
  return {
    part: String(index + 2),
    name,
    type,
    octets,
    inline: false,
    contentId: null,
    executable: /\.(exe|bat|js|vbs|scr|com|msi|sh|jar)$/i.test(name),
    sha256: '3b4f0c9d'.repeat(8),
    special: null,
  };
}

export function makeMessages(now: number): FakeMessage[] {
  return sketches.map((sketch, index) => {
    const when = new Date(now - sketch.ago * 3_600_000).toISOString();
    const flags: MessageFlags = {
      seen: sketch.unread !== true,
      flagged: sketch.flagged === true,
      answered: sketch.answered === true,
      forwarded: false,
      draft: sketch.folder === 'drafts',
      trashed: false,
    };
    const envelope: Envelope = {
      id: `m${index}`,
      folder: sketch.folder ?? 'inbox',
      from: parseAddresses(sketch.from),
      to: parseAddresses(sketch.to ?? me),
      subject: sketch.subject,
      preview: sketch.text.replace(/\s+/g, ' ').slice(0, 140),
      date: when,
      received: when,
      octets: 2000 + sketch.text.length * 3 + (sketch.files ?? []).reduce((sum, file) => sum + file[2], 0),
      flags,
      attachments: sketch.files?.length ?? 0,
      verdict: sketch.verdict ?? 'clean',
      messageId: `<${index}.4F1c2Xk9@kawa.example>`,
      thread: sketch.thread ?? `t${index}`,
      threadCount: 1,
      bounce: sketch.bounce === true,
    };
    return {
      envelope,
      cc: parseAddresses(sketch.cc),
      text: sketch.text,
      html: sketch.html ?? null,
      remoteImages: sketch.remote ?? 0,
      attachments: (sketch.files ?? []).map(attachment),
      language: sketch.language ?? null,
    };
  });
}

const folder = (id: string, name: string, role: Folder['role']) => ({ id, name, role, total: 0, unread: 0, subscribed: true });

const trees: readonly Omit<Mailbox, 'address'>[] = [
  {
    id: 'ayumi@mori.example',
    kind: 'local',
    domain: 'mori.example',
    user: 'ayumi',
    account: null,
    folders: [
      folder('inbox', '', 'inbox'),
      folder('drafts', 'Drafts', 'drafts'),
      folder('sent', 'Sent', 'sent'),
      folder('archive', 'Archive', 'archive'),
      folder('junk', 'Junk', 'junk'),
      folder('trash', 'Trash', 'trash'),
      folder('projects', 'Projects', null),
      folder('projects-mx', 'Projects/MX の移行', null),
    ],
  },
  {
    id: 'postmaster@mori.example',
    kind: 'local',
    domain: 'mori.example',
    user: 'postmaster',
    account: null,
    folders: [folder('postmaster', '', 'inbox')],
  },
  {
    id: 'info@kumiai.example',
    kind: 'local',
    domain: 'kumiai.example',
    user: 'info',
    account: null,
    folders: [folder('kumiai', '', 'inbox'), folder('kumiai-trash', 'Trash', 'trash')],
  },
  {
    id: 'fastline',
    kind: 'imap',
    domain: 'fastline.example',
    user: 'Fastline',
    account: 'fastline',
    remote: { state: 'online', failure: null, quota: { used: 412_000_000, limit: 1_000_000_000 }, reading: null },
    folders: [folder('imap', 'INBOX', 'inbox'), folder('imap-archive', 'Archive', 'archive')],
  },
];

export function makeMailboxes(messages: readonly FakeMessage[]): readonly Mailbox[] {
  const count = (id: string) => messages.filter(({ envelope }) => envelope.folder === id);
  return trees.map((tree) => ({
    ...tree,
    address: tree.kind === 'local' ? tree.id : `ayumi@${tree.domain}`,
    folders: tree.folders.map((one) => ({
      ...one,
      total: count(one.id).length,
      unread: count(one.id).filter(({ envelope }) => !envelope.flags.seen).length,
    })),
  }));
}
