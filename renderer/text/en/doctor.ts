// The doctor's screen, in English. What it finds is said by shared/doctor-text.ts.
export const doctor = {
  title: 'Doctor',
  again: 'Check again',
  checking: 'Checking',
  copy: 'Copy report',
  copyNote: 'The copied report names no person, address, host or folder.',
  summaryGood: 'Nothing needs doing',
  summary: '{count, plural, one {# thing needs you} other {# things need you}}',
  good: 'Good',
  note: 'Note',
  warning: 'Warning',
  bad: 'Bad',
} as const;
