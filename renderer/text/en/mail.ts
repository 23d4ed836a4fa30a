// mail, in English.
export const mail = {
  title: 'x',
} as const;
