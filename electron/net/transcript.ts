// What was said on the wire, as a person may read it: secrets masked, control characters escaped, bodies left out.
import { printable } from './text.js';

export type Side = 'client' | 'server' | 'station';
export const mask = '****';

export class Transcript {
  private readonly secrets = new Set<string>();

  constructor(private readonly listener?: (side: Side, text: string) => void) {}

  /** From now on this text, and its base64, is masked wherever a server repeats it. */
  hide(secret: string): void {
    if (secret === '') return;
    this.secrets.add(secret);
    this.secrets.add(Buffer.from(secret).toString('base64'));
  }

  /** Safe to show: for the transcript, and for the `said` of an error. */
  clean(text: string): string {
    let shown = text;
    for (const secret of this.secrets) shown = shown.replaceAll(secret, mask);
    return printable(shown);
  }

  client(text: string): void {
    this.listener?.('client', printable(text));
  }
  server(text: string): void {
    this.listener?.('server', this.clean(text));
  }
  station(text: string): void {
    this.listener?.('station', this.clean(text));
  }
}
