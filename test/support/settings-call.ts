// Settings changed in a running face, as the settings screen does it: over the face's own port.
import type { Face } from './launch.js';

export async function changeSettings({ page, name }: Face, input: Readonly<Record<string, unknown>>): Promise<void> {
  const message = { id: 2_000_000_000, call: 'settings.write', input };
  if (name === 'electron')
    await page.evaluate((sent) => (window as unknown as { station: { send(message: unknown): void } }).station.send(sent), message);
  else
    await page.evaluate(
      (sent) =>
        new Promise<void>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/station`);
          socket.onmessage = () => {
            socket.close();
            resolve();
          };
          socket.onopen = () => socket.send(JSON.stringify(sent));
        }),
      message,
    );
}
