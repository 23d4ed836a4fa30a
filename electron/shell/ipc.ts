// One window as a Port: one channel, and one gate that every message passes (S14).
import type { IpcMainEvent, WebContents, WebFrameMain } from 'electron';
import { type Port, requestLimit } from '../../shared/port.js';
import { isWindowAddress } from './address.js';

const channel = 'station';

/** Messages from child frames, foreign origins, or over the size limit are counted by `refused` and go nowhere. */
export function windowPort(contents: WebContents, refused: (why: string) => void): Port {
  let listener: ((message: unknown) => void) | null = null;
  contents.ipc.on(channel, (event, text: unknown) => {
    const why = reasonToRefuse(contents, event, text);
    if (why !== null) refused(why);
    else listener?.(parse(text as string));
  });
  return {
    send: (message) => {
      if (!contents.isDestroyed()) contents.send(channel, JSON.stringify(message));
    },
    listen: (next) => {
      listener = next;
    },
    close: () => {
      listener = null;
    },
  };
}

function reasonToRefuse(contents: WebContents, event: IpcMainEvent, text: unknown): string | null {
  const why = reasonToRefuseSender(contents, event.senderFrame);
  if (why !== null) return why;
  if (typeof text !== 'string') return 'not a text';
  return text.length > requestLimit ? 'too long' : null;
}

/** null: our main frame, our origin. */
export function reasonToRefuseSender(contents: WebContents, frame: WebFrameMain | null): string | null {
  if (frame === null || frame !== contents.mainFrame) return 'not the main frame';
  return isWindowAddress(frame.url) ? null : 'a foreign origin';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
