// zod writes no code at run time: the page's CSP forbids it. Must be imported before any schema is made.
import { config } from 'zod';

config({ jitless: true });
