// The bounces screen, in English.
export const bounces = {
  title: 'Bounces',
} as const;
