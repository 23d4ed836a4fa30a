// `todoku doctor`: what is wrong on this machine, and what to do. Changes nothing, and makes no folder.
import { anonymousText, reportLines, tellCheck } from '../../shared/doctor-text.js';
import { examine } from '../station/doctor.js';
import { homePaths } from '../station/home.js';
import type { CommandIo } from './io.js';

/** 0: nothing is bad; 1: something is. */
export async function doctorCommand(options: { readonly anonymous: boolean }, io: CommandIo): Promise<number> {
  const report = await examine({ home: homePaths(io.home), keyring: null });
  if (io.json) {
    const told = report.checks.map((check) => ({ ...check, ...tellCheck(check, io.language) }));
    io.out(JSON.stringify({ ...report, checks: told }));
  } else if (options.anonymous) io.out(anonymousText(report, io.language).trimEnd());
  else for (const line of reportLines(report, io.language)) io.out(line);
  return report.checks.some(({ level }) => level === 'bad') ? 1 : 0;
}
