// The contract over WebSockets that have passed the gate: each is a Port of its own.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Station } from '../../shared/contract.js';
import { type Port, serve } from '../../shared/port.js';
import type { RunningStation } from '../station/context.js';
import { webLimits } from './limits.js';

export interface StationSockets {
  /** Takes over an upgraded connection. The gate has been passed. */
  admit(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function stationSockets(running: RunningStation): StationSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: webLimits.frameOctets, perMessageDeflate: false });
  const pinger = setInterval(() => pingAll(server), webLimits.pingInterval);
  pinger.unref();
  return {
    admit(request, socket, head) {
      if (server.clients.size >= webLimits.sockets) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, (opened) => join(opened, running));
    },
    close() {
      clearInterval(pinger);
      for (const client of server.clients) client.close(1001);
      server.close();
    },
  };
}

function join(socket: WebSocket, running: RunningStation): void {
  const tell = serve(running.station as Station, socketPort(socket));
  const stop = running.subscribe((name, body) => tell(name, body));
  alive.add(socket);
  socket.on('pong', () => alive.add(socket));
  socket.on('close', stop);
  // A frame over the limit or not UTF-8: ws has already said so and closed.
  socket.on('error', () => socket.terminate());
}

function socketPort(socket: WebSocket): Port {
  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > webLimits.backlogOctets) socket.terminate();
      else socket.send(JSON.stringify(message));
    },
    listen(listener) {
      socket.on('message', (bytes: Buffer, binary) => {
        if (!binary) listener(parse(bytes.toString('utf8')));
      });
    },
    close: () => socket.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const alive = new WeakSet<WebSocket>();

/** A window that has not answered since the last ping has gone. */
function pingAll(server: WebSocketServer): void {
  for (const client of server.clients) {
    if (!alive.delete(client)) client.terminate();
    else client.ping();
  }
}
