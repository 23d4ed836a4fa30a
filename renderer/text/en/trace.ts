// trace, in English.
export const trace = {
  title: 'x',
} as const;
