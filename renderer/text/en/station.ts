// The station screen, in English.
export const station = {
  title: 'Station',
} as const;
