// The routes screen, in English.
export const routes = {
  title: 'Routes',
} as const;
