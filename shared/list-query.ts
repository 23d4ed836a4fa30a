// What a list of messages is asked for, and a page of it.
import { z } from 'zod';
import { type Envelope, smartBoxes } from './message.js';

export const listQuery = z.strictObject({
  /** One of: a folder, a smart box, or (neither) all mailboxes. */
  folder: z.string().min(1).max(500).nullable().default(null),
  smart: z.enum(smartBoxes).nullable().default(null),
  search: z.string().max(10_000).default(''),
  filter: z.enum(['all', 'unread', 'flagged', 'attachments']).default('all'),
  sort: z.enum(['date', 'from', 'subject', 'octets', 'relevance']).default('date'),
  descending: z.boolean().default(true),
  threads: z.enum(['references', 'subject', 'flat']).default('flat'),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(500).default(100),
});
export type ListQuery = z.input<typeof listQuery>;
export interface MessagePage {
  readonly total: number;
  readonly unread: number;
  readonly rows: readonly Envelope[];
  /** Words to highlight, folded as the index folds them. */
  readonly highlight: readonly string[];
}
