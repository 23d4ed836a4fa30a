// The problems screen, in English.
export const problems = {
  title: 'Problems',
} as const;
