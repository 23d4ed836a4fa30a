// Stacked bars or lines over time on a zero baseline, and the same numbers as a table.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { formatCount } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button, IconButton } from './button.js';
import { Lines } from './chart-lines.js';

export interface Series {
  readonly label: string;
  /** A fill class: k1..k5, ka, kw, or a verdict's kvc, kvs, kvi, kvu. */
  readonly fill: string;
  readonly values: readonly number[];
}
interface Props {
  readonly title: string;
  /** One label a bar, for the table; every so many of them are drawn. */
  readonly labels: readonly string[];
  readonly labelEvery: number;
  /** Bottom to top. */
  readonly series: readonly Series[];
  readonly height?: number;
  readonly format?: (value: number) => string;
  readonly shape?: 'bars' | 'lines';
  /** What the legend says of a series; its sum without it. */
  readonly total?: (values: readonly number[]) => string;
  /** Heads the column of labels in the table. */
  readonly labelTitle?: string;
}

/** The next 1, 2 or 5 times a power of ten. */
export function niceTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= most) ?? 10;
  return step * power;
}

const left = 36;
const bottom = 18;

/** Pixels that an element has for a drawing, so that text in it keeps its size. */
function useWidth(): readonly [RefObject<HTMLElement | null>, number] {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(320);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(160, Math.round(entry?.contentRect.width ?? 320))));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

export function Chart(props: Props) {
  const to = useLanguage();
  const [asTable, setAsTable] = useState(false);
  const [element, width] = useWidth();
  const format = props.format ?? ((value: number) => formatCount(value, to));
  const total = props.total ?? ((values: readonly number[]) => format(values.reduce((sum, value) => sum + value, 0)));
  const drawn = { ...props, format, width };
  return (
    <figure className="chart" ref={element}>
      <figcaption className="row">
        <span className="b el">{props.title}</span>
        <span className="sp" />
        <TwinButton asTable={asTable} narrow={width < 400} onPress={() => setAsTable(!asTable)} />
      </figcaption>
      {asTable ? <Numbers {...drawn} /> : props.shape === 'lines' ? <Lines {...drawn} top={lineTop(props.series)} /> : <Bars {...drawn} />}
      <ul className="legend">
        {props.series.map((series) => (
          <li key={series.label}>
            <svg className="sw" viewBox="0 0 10 10" aria-hidden="true">
              <rect className={series.fill} width="10" height="10" rx="2" />
            </svg>
            {series.label}
            <span className="t3">{total(series.values)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** The way to the same numbers in the other form; only its icon where there is no room for words. */
function TwinButton({ asTable, narrow, onPress }: { asTable: boolean; narrow: boolean; onPress: () => void }) {
  const label = useText()(asTable ? 'common.showChart' : 'common.showTable');
  const icon = asTable ? 'chart' : 'table';
  if (narrow) return <IconButton icon={icon} label={label} onPress={onPress} />;
  return (
    <Button small tone="ghost" icon={icon} onPress={onPress}>
      {label}
    </Button>
  );
}

interface Drawn extends Props {
  readonly format: (value: number) => string;
  readonly width: number;
}
const lineTop = (series: readonly Series[]) => niceTop(Math.max(0, ...series.flatMap(({ values }) => values)));

function Bars({ title, labels, labelEvery, series, height = 140, format, width }: Drawn) {
  const totals = labels.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const top = niceTop(Math.max(0, ...totals));
  const plot = height - bottom - 6;
  const y = (value: number) => 6 + plot - (value / top) * plot;
  const step = (width - left) / Math.max(1, labels.length);
  return (
    <svg className="ch" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {gridValues(top).map((value) => (
        <g key={value}>
          <line className="g" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      <line className="ax" x1={left} x2={width} y1={y(0)} y2={y(0)} />
      {labels.map((label, index) => (
        <Bar key={label + String(index)} x={left + index * step} width={step} series={series} index={index} y={y} />
      ))}
      {labels.map((label, index) =>
        index % labelEvery === 0 ? (
          <text key={label + String(index)} x={left + index * step} y={height - 4}>
            {label}
          </text>
        ) : null,
      )}
    </svg>
  );
}

/** Half-way is left out where it would be half a message. */
function gridValues(top: number): readonly number[] {
  return top < 10 && !Number.isInteger(top / 2) ? [top] : [top / 2, top];
}

function Bar(props: { x: number; width: number; series: readonly Series[]; index: number; y: (value: number) => number }) {
  let base = 0;
  return (
    <g>
      {props.series.map((one) => {
        const value = one.values[props.index] ?? 0;
        if (value === 0) return null;
        const from = base;
        base += value;
        const [upper, lower] = [props.y(base), props.y(from)];
        return (
          <rect
            key={one.label}
            className={one.fill}
            x={props.x + 1}
            width={Math.max(1, props.width - 3)}
            y={upper}
            height={Math.max(1, lower - upper - (from > 0 ? 1 : 0))}
          />
        );
      })}
    </g>
  );
}

function Numbers({ title, labels, series, format, labelTitle }: Drawn) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="chart-table" tabIndex={0} aria-label={title}>
      <table aria-label={title}>
        <thead>
          <tr>
            <th>{labelTitle ?? title}</th>
            {series.map((one) => (
              <th key={one.label} className="num">
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, index) => (
            <tr key={label + String(index)}>
              <td>{label}</td>
              {series.map((one) => (
                <td key={one.label} className="num">
                  {format(one.values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
