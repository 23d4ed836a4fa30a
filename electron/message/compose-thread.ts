// Where an answer stands among the others. A reply continues the topic: In-Reply-To and the chain of References (RFC 5322
// 3.6.4). Branching off begins a topic of its own: neither field, the old subject in `(Was: ...)`, and a link back in a field of ours.

export interface Answered {
  /** With its brackets; null where the message has none. */
  readonly messageId: string | null;
  readonly references: readonly string[];
  readonly inReplyTo: readonly string[];
  readonly subject: string;
}
export interface Place {
  readonly subject: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  readonly branchedFrom: string | null;
}

/** RFC 5322 allows any number; old servers fold badly beyond a kilobyte, so the root and the newest stay. */
const mostReferences = 20;
const prefix = /^(?:(?:re|aw|sv|antw|vs|ref|返信|回复)(?:\[\d+\])?\s*[:：]\s*)+/i;
const was = /\s*[([]was:.*[)\]]\s*$/i;

export function replyPlace(answered: Answered): Place {
  const { messageId } = answered;
  const before = answered.references.length > 0 ? answered.references : answered.inReplyTo.slice(0, 1);
  const chain = [...new Set([...before, ...(messageId === null ? [] : [messageId])])];
  const references = chain.length > mostReferences ? [...chain.slice(0, 1), ...chain.slice(1 - mostReferences)] : chain;
  return { subject: `Re: ${bare(answered.subject)}`, inReplyTo: messageId, references, branchedFrom: null };
}

/** `subject`: of the new topic; '' leaves its place empty for the writer. */
export function branchPlace(answered: Answered, subject: string): Place {
  const old = bare(answered.subject).replace(was, '');
  return { subject: `${subject.trim()} (Was: ${old})`.trimStart(), inReplyTo: null, references: [], branchedFrom: answered.messageId };
}

export function forwardSubject(subject: string): string {
  return /^(?:fwd?|転送)\s*[:：]/i.test(subject) ? subject : `Fwd: ${subject.trim()}`;
}

function bare(subject: string): string {
  return subject.trim().replace(prefix, '');
}
