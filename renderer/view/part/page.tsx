// A screen's frame: a bar with its title and tools, and below it what it shows.
import type { ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** Beside the title, grey: counts, whose. */
  readonly note?: ReactNode;
  readonly tools?: ReactNode;
  readonly children?: ReactNode;
}

export function Page({ title, note, tools, children }: Props) {
  return (
    <main className="pane content page" data-pane={title} aria-label={title}>
      <div className="bar">
        <h1>{title}</h1>
        {note === undefined ? null : <span className="small t3 el">{note}</span>}
        <span className="sp" />
        {tools}
      </div>
      <div className="page-in">{children}</div>
    </main>
  );
}
