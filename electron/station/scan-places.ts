// What may be scanned, by id: the window never names a path (S15). The station's own mailboxes, and what a face's
// dialog or a drop has granted.
import { createHmac, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { MailError } from '../../shared/error.js';
import type { ScanPlace } from '../../shared/scan.js';
import type { Context } from './context.js';
import { findMailboxes } from './mailboxes.js';

/** Granted places remembered; the oldest is forgotten. */
const most = 200;

export interface KnownPlace extends ScanPlace {
  /** Absolute. */
  readonly paths: readonly string[];
}

export interface ScanPlacesOf {
  /** The mail, then what was granted, newest first. */
  list(): Promise<readonly KnownPlace[]>;
  /** Throws MailError `not-found`. */
  find(ids: readonly string[]): Promise<readonly KnownPlace[]>;
  /** A path that the person chose outside the window. Throws MailError `not-found` when nothing is there. */
  grant(path: string): Promise<ScanPlace>;
}

export function scanPlaces({ home, settings }: Pick<Context, 'home' | 'settings'>): ScanPlacesOf {
  const key = randomBytes(32);
  const idOf = (path: string) => createHmac('sha256', key).update(path).digest('base64url').slice(0, 22);
  const granted = new Map<string, KnownPlace>();
  const mail = async (): Promise<readonly KnownPlace[]> => {
    const boxes = await findMailboxes(home.mail, settings.read());
    const elsewhere = boxes.map(({ path }) => path).filter((path) => isAbsolute(path) && !path.startsWith(`${home.mail}/`));
    const all: KnownPlace = { id: 'mail', shown: home.mail, kind: 'all-mail', paths: [home.mail, ...new Set(elsewhere)] };
    return [all, ...boxes.map(({ id, address, path }): KnownPlace => ({ id, shown: address, kind: 'mailbox', paths: [path] }))];
  };
  const list = async () => [...(await mail()), ...[...granted.values()].reverse()];
  return {
    list,
    async find(ids) {
      const known = await list();
      return ids.map((id) => {
        const place = known.find((one) => one.id === id);
        if (place === undefined) throw new MailError('not-found', 'that folder was not chosen in this window', false, { name: id });
        return place;
      });
    },
    async grant(path) {
      const whole = resolve(path);
      const facts = await stat(whole).catch(() => null);
      if (facts === null) throw new MailError('not-found', `there is nothing at ${whole}`, false, { path: whole });
      const place: KnownPlace = { id: idOf(whole), shown: whole, kind: facts.isDirectory() ? 'folder' : 'file', paths: [whole] };
      granted.delete(place.id);
      granted.set(place.id, place);
      for (const oldest of granted.keys()) if (granted.size > most) granted.delete(oldest);
      return publicPlace(place);
    },
  };
}

export function publicPlace({ id, shown, kind }: KnownPlace): ScanPlace {
  return { id, shown, kind };
}
