// Lines over time: the drawing of a chart whose values are not added up.
import type { Series } from './chart.js';

interface Props {
  readonly title: string;
  readonly labels: readonly string[];
  readonly labelEvery: number;
  readonly series: readonly Series[];
  readonly height?: number;
  readonly width: number;
  readonly top: number;
  readonly format: (value: number) => string;
}
const left = 36;
const bottom = 18;

export function Lines({ title, labels, labelEvery, series, height = 110, width, top, format }: Props) {
  const plot = height - bottom - 6;
  const y = (value: number) => 6 + plot - (value / top) * plot;
  const step = (width - left) / Math.max(1, labels.length - 1);
  return (
    <svg className="ch" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
      {[top / 2, top].map((value) => (
        <g key={value}>
          <line className="g" x1={left} x2={width} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      <line className="ax" x1={left} x2={width} y1={y(0)} y2={y(0)} />
      {series.map((one) => (
        <polyline
          key={one.label}
          className={`ln ${one.fill}`}
          points={one.values.map((value, index) => `${left + index * step},${y(value)}`).join(' ')}
        />
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
