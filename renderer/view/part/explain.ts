// A failure in the person's language: what happened, and the next thing to do.
import type { Failure } from '../../../shared/error.js';
import { type Explanation, explain } from '../../../shared/failure-text.js';
import { useLanguage } from '../../text/text.js';

export function useExplain(): (failure: Failure) => Explanation {
  const language = useLanguage();
  return (failure) => explain(failure, language);
}
