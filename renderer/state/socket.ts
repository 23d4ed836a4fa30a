// A Port over a WebSocket to the page's own origin. The station's cookie carries the token.
import type { Port } from '../../shared/port.js';

/** What is sent before the socket opens waits for it. `closed` is called once, however it ends. */
export function socketPort(url: string, opened: () => void, closed: () => void): Port {
  const socket = new WebSocket(url);
  const early: string[] = [];
  socket.onopen = () => {
    for (const text of early.splice(0)) socket.send(text);
    opened();
  };
  socket.onclose = closed;
  return {
    send(message) {
      const text = JSON.stringify(message);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else early.push(text);
    },
    listen(listener) {
      socket.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data));
    },
    close: () => socket.close(),
  };
}

export function stationUrl(page: Location): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/station`;
}
