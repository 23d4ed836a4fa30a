// The first words of a message, for its row in the list.

const length = 160;
/** Lines looked at: a message may quote thousands before it says anything. */
const lines = 200;

const says = (line: string) => !/^\s*(>|--\s*$|-----|\*{3,}|_{3,}|On .{5,120} wrote:\s*$)/.test(line) && line.trim() !== '';

/** One line without quotes, rules and greetings to machines; '' where there is no text. */
export function previewOf(text: string): string {
  const beginning = text.slice(0, 20_000).split('\n', lines);
  const own = beginning.filter(says);
  const chosen = (own.length > 0 ? own : beginning).join(' ');
  const line = chosen.replace(/[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ').trim();
  return line.length <= length ? line : `${[...line].slice(0, length).join('')}…`;
}
