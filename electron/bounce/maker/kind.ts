// An entry of the table of makers: how one mail system words a failure in plain text. To add one: an entry in a file of
// this folder, and a message with its expected report in test/fixture/bounce/maker/.
import type { BounceKind } from '../../../shared/bounce.js';

export interface BounceMaker {
  readonly name: string;
  /** The line the report is known by; the section begins with it. Looked for above the returned message only. */
  readonly key: RegExp;
  /** Group 1 is the recipient; tried on each line of the section. */
  readonly address: RegExp;
  /** The line that ends the section. Without it: where the returned message begins. */
  readonly stop?: RegExp;
  /** Also has to match, on the decoded From header. */
  readonly from?: RegExp;
  /** Also has to match, on X-Mailer. */
  readonly mailer?: RegExp;
  /** Without it: failed. */
  readonly kind?: BounceKind;
  /** Where the reason stands: below its address up to the next one; on the same line; anywhere in the section. */
  readonly sentence?: 'below' | 'line' | 'section';
  /** For systems that name the recipient without its domain. */
  readonly domain?: string;
  /** Its own lines begin with `>`; elsewhere those are quotations and count for nothing. */
  readonly quoted?: boolean;
  /** Known by its language or a common phrase only: addresses of the report's own header are not taken for recipients. */
  readonly loose?: boolean;
  /** The section begins above the key: at the first line. */
  readonly whole?: boolean;
}
