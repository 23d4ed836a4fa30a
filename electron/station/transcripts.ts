// The last lines of each account's sessions, secrets already replaced, for the window and --verbose.
import type { EmitEvent } from '../../shared/contract.js';
import type { TranscriptLine, TranscriptSide } from '../../shared/fetch.js';
import { escapeControls } from './log.js';

const kept = 1000;
const lineOctets = 512;

export interface Transcripts {
  add(account: string, side: TranscriptSide, text: string): void;
  read(account: string): readonly TranscriptLine[];
  clear(account: string): void;
}

export function openTranscripts(emit: EmitEvent): Transcripts {
  const lines = new Map<string, TranscriptLine[]>();
  return {
    add(account, side, text) {
      const line: TranscriptLine = { account, time: new Date().toISOString(), side, text: escapeControls(text.slice(0, lineOctets)) };
      const ring = lines.get(account) ?? [];
      lines.set(account, ring);
      ring.push(line);
      // Dropped in batches: shifting one by one is quadratic over a long run.
      if (ring.length > kept * 2) ring.splice(0, ring.length - kept);
      emit('account.transcript', line);
    },
    read: (account) => (lines.get(account) ?? []).slice(-kept),
    clear: (account) => void lines.delete(account),
  };
}
