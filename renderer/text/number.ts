// Sizes, durations and dates as people read them. Decimal units, as disks and mail servers count.
import type { Language } from '../state/settings.js';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function formatOctets(octets: number, to: Language): string {
  let value = octets;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 10 ? 0 : 1;
  return `${new Intl.NumberFormat(to, { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

export function formatCount(count: number, to: Language): string {
  return new Intl.NumberFormat(to).format(count);
}

/** 1:42, 12:03, 2:05:09. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const tail = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes}:${tail}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${tail}`;
}

/** 4 s, 1 min 30 s, 2 h 5 min, 3 d 4 h; negative with a minus sign. */
export function formatSpan(seconds: number, to: Language): string {
  const sign = seconds < 0 ? '−' : '';
  const words = to === 'ja' ? (['日', '時間', '分', '秒'] as const) : (['d', 'h', 'min', 's'] as const);
  const sizes = [86_400, 3600, 60, 1];
  let left = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [index, size] of sizes.entries()) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${words[index]}`);
  }
  return sign + (parts.join(' ') || `0 ${words[3]}`);
}
