// Writing and the outbox of the fake station: drafts in memory, and one row of the outbox for each state.
import { type ComposeDraft, type ComposeIdentity, undoTime, withSignature } from '../../shared/compose.js';
import type { Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { Envelope } from '../../shared/message.js';
import type { OutboxRow } from '../../shared/outbox.js';

const identity = (name: string, address: string, account: string, accountName: string): ComposeIdentity => ({
  ...{ name, address, account, accountName, canSend: true, replyTo: '' },
  signature: `${name}\nhttps://mori.example/`,
});
const identities = [
  identity('森 歩美', 'ayumi@mori.example', 'kaze-net', 'Kaze-net'),
  identity('Ayumi Mori', 'info@kumiai.example', 'kumiai', 'Kumiai'),
];

export type ComposeNames = Extract<keyof Station, `compose.${string}` | `outbox.${string}`>;

export function fakeCompose(
  find: (id: string) => Envelope & { readonly text: string },
  empty: boolean,
  changed: () => void,
): Pick<Station, ComposeNames> {
  const drafts = new Map<string, ComposeDraft>();
  let rows: readonly OutboxRow[] = empty ? [] : makeRows();
  let count = 0;
  const known = (id: string): ComposeDraft => {
    const found = drafts.get(id) ?? (id === 'sample' ? sampleDraft(id) : undefined);
    if (found === undefined) throw new MailError('not-found', 'this draft is no longer here', false);
    return found;
  };
  return {
    'compose.start': async ({ kind, message }) => {
      const answered = message === null ? null : find(message);
      const [me] = identities;
      count += 1;
      const subject = answered === null ? '' : kind === 'branch' ? ` (Was: ${answered.subject})`.trim() : `Re: ${answered.subject}`;
      const draft: ComposeDraft = {
        ...sampleDraft(`d${count}`),
        kind: kind === 'resend' ? 'resend' : 'message',
        topic: kind === 'branch' ? 'branched' : answered === null ? 'new' : 'continued',
        files: [],
        content: {
          ...{ account: me?.account ?? '', from: me?.address ?? '', cc: '', bcc: '', replyTo: '', files: [], japanese: false, subject },
          to: answered?.from[0]?.address ?? '',
          text: withSignature(answered === null ? '' : `\n\nwrote:\n> ${answered.text.split('\n').join('\n> ')}\n`, me?.signature ?? ''),
        },
        saved: null,
      };
      drafts.set(draft.id, draft);
      return draft;
    },
    'compose.open': async ({ draft }) => known(draft),
    'compose.save': async ({ draft, content }) => {
      const saved = new Date().toISOString();
      drafts.set(draft, { ...known(draft), content, saved });
      return { saved, missing: content.japanese && content.text.includes('①') ? '①' : '' };
    },
    'compose.attach': async ({ draft, file, name, type, offset, data }) => {
      const next = { id: file ?? `${draft}-${name}`, name, type, octets: offset + Math.floor((data.length * 3) / 4) };
      drafts.set(draft, { ...known(draft), files: [...known(draft).files.filter(({ id }) => id !== next.id), next] });
      return next;
    },
    'compose.send': async ({ draft, content }) => {
      const notBefore = new Date(Date.now() + undoTime).toISOString();
      rows = [
        { ...outboxRow(draft, 'queued', content.subject), recipients: [{ address: content.to, state: 'waiting', said: null }], notBefore },
        ...rows,
      ];
      drafts.delete(draft);
      changed();
      return { outbox: draft, notBefore };
    },
    'compose.drop': async ({ draft }) => void drafts.delete(draft),
    'compose.people': async ({ typed, limit }) =>
      people.filter(({ name, address }) => `${name} ${address}`.toLowerCase().includes(typed.toLowerCase())).slice(0, limit),
    'outbox.list': async () => rows,
    'outbox.settle': async ({ id, how }) => {
      const row = rows.find((one) => one.id === id);
      rows =
        how === 'cancel' || how === 'edit'
          ? rows.filter((one) => one !== row)
          : rows.map((one) => (one === row ? { ...one, state: 'queued', failure: null } : one));
      changed();
      return { message: how === 'edit' ? 'm0' : null };
    },
  };
}

const people = [
  { name: '佐々木 健', address: 'ken@kawa.example' },
  { name: 'Ken Abe', address: 'ken.abe@hanamaru.example' },
  { name: 'Maya Okonkwo', address: 'maya@kumiai.example' },
];

function sampleDraft(id: string): ComposeDraft {
  const [me] = identities;
  const files = [
    { id: 'f1', name: '議事録 2026-11.pdf', type: 'application/pdf', octets: 184_320 },
    { id: 'f2', name: 'main.cf.diff', type: 'text/x-diff', octets: 3020 },
  ];
  return {
    ...{ id, kind: 'message', topic: 'continued', files, identities, saved: new Date(Date.now() - 60_000).toISOString() },
    content: {
      ...{ account: me?.account ?? '', from: me?.address ?? '', bcc: '', replyTo: '', japanese: false },
      to: '佐々木 健 <ken@kawa.example>',
      cc: 'Maya Okonkwo <maya@kumiai.example>',
      subject: 'Re: 中継サーバーの切り替えは木曜 22 時',
      text: withSignature(
        '佐々木さん\n\n手順書を確認しました。木曜 22 時で問題ありません。\nThe TTL is down to 300 since this morning.\n\n2026年11月24日火曜日 9:12、佐々木 健 さん:\n> 中継サーバーの切り替えは 11月27日（木）22:00 に決まりました。\n> MX の TTL は火曜の朝に 300 秒へ下げておきます。\n',
        me?.signature ?? '',
      ),
      files: files.map((file) => file.id),
    },
  };
}

function outboxRow(id: string, state: OutboxRow['state'], subject: string): OutboxRow {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  return {
    ...{ id, state, subject, account: 'kaze-net', kind: 'mail', sender: 'ayumi@mori.example', octets: 18_420, attempts: 0, failure: null },
    ...{ created: ago(12), notBefore: ago(11), next: null, recipients: [{ address: 'ken@kawa.example', state: 'waiting', said: null }] },
  };
}

function makeRows(): readonly OutboxRow[] {
  const failure = (code: 'sending-unknown' | 'sending-refused' | 'refused', said: string, temporary: boolean) => ({
    ...{ code, message: said, temporary, said, host: 'smtp.kaze-net.example', port: 587 },
  });
  return [
    {
      ...outboxRow('o1', 'held', '見積書の件'),
      ...{ attempts: 1, failure: failure('sending-unknown', 'the connection was closed', false) },
    },
    {
      ...outboxRow('o2', 'failed', 'Minutes of the meeting'),
      recipients: [
        { address: 'maya@kumiai.example', state: 'accepted', said: null },
        { address: 'nobody@kumiai.example', state: 'refused', said: '550 5.1.1 User unknown' },
      ],
      ...{ attempts: 1, failure: failure('sending-refused', 'nobody@kumiai.example: 550 5.1.1 User unknown', false) },
    },
    {
      ...outboxRow('o3', 'queued', 'Re: MX moves on Thursday'),
      ...{ attempts: 3, next: new Date(Date.now() + 8 * 60_000).toISOString(), failure: failure('refused', 'connect ECONNREFUSED', true) },
    },
    { ...outboxRow('o4', 'sent', '年末清掃の当番表'), recipients: [{ address: 'jimu@chonai.example', state: 'accepted', said: null }] },
  ];
}
