// The doctor's findings as sentences, and as a report that can be given away.
import { type CheckLevel, type DoctorCheck, type DoctorReport, publicFacts } from './doctor.js';
import { doctorEn, type Sentences } from './doctor-en.js';
import { doctorJa } from './doctor-ja.js';

type Language = 'en' | 'ja';

export interface ToldCheck {
  readonly title: string;
  readonly what: string;
  /** What to do; '' where nothing needs doing. */
  readonly next: string;
}

const hidden: Readonly<Record<Language, string>> = { en: '(hidden)', ja: '（伏せ字）' };

export function tellCheck(check: DoctorCheck, language: Language): ToldCheck {
  const words = (language === 'ja' ? doctorJa : doctorEn)[check.name] as unknown as Readonly<Record<string, Sentences>> & {
    readonly title: string;
  };
  const [what, next] = words[check.finding] ?? [check.finding, ''];
  return { title: words.title, what: fill(what, check.facts), next: fill(next, check.facts) };
}

function fill(sentence: string, facts: DoctorCheck['facts']): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
}

const marks: Readonly<Record<CheckLevel, string>> = { good: 'ok', note: 'note', warning: 'warning', bad: 'BAD' };

/** `mark  title: what next`, one line a check. */
export function reportLines(report: DoctorReport, language: Language): readonly string[] {
  return report.checks.map((check) => {
    const { title, what, next } = tellCheck(check, language);
    return `${marks[check.level].padEnd(8)} ${title}: ${what}${next === '' ? '' : ` ${next}`}`;
  });
}

/** Without any fact that names a person, a host, a folder, or quotes someone. */
export function anonymous(report: DoctorReport, language: Language): DoctorReport {
  const kept = (facts: DoctorCheck['facts']) =>
    Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'number' || publicFacts.includes(name) ? fact : hidden[language]]),
    );
  return { ...report, checks: report.checks.map((check) => ({ ...check, facts: kept(check.facts) })) };
}

/** To copy into a question or an issue. */
export function anonymousText(report: DoctorReport, language: Language): string {
  const bare = anonymous(report, language);
  return [`Todoku ${bare.version}, ${bare.platform}, ${bare.checked}`, ...reportLines(bare, language), ''].join('\n');
}
