// A 2px line for known progress. The numbers beside it are the caller's.

export function Progress({ done, of, label }: { done: number; of: number; label: string }) {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  return (
    <div className="prog" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={done}>
      <i style={{ width: `${share * 100}%` }} />
    </div>
  );
}
