// Remote images from servers that do not mean well. The only hole in the rules is 127.0.0.1, for the server of the test.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fetchImage, openNetwork } from '../../../electron/remote/fetch.js';
import { remoteLimits } from '../../../electron/remote/limits.js';
import { type ImageHost, imageHost, onePixel, png, testNetwork } from '../../support/image-host.js';
import { selfSigned } from '../../support/tls.js';

let host: ImageHost;
beforeAll(async () => {
  host = await imageHost();
});
afterEach(() => {
  host.asked.length = 0;
  host.answer = (_, response) => png(response);
});
afterAll(() => host.close());

const names = {
  'img.example': ['127.0.0.1'],
  'two.example': ['10.0.0.1', '127.0.0.1'],
  'inside.example': ['192.168.0.1'],
  'six.example': ['::1'],
};
const network = testNetwork(names);
const url = (path: string, name = 'img.example') => `http://${name}:${host.port}${path}`;
const code = (address: string, limits = remoteLimits as Parameters<typeof fetchImage>[2]) =>
  fetchImage(address, network, limits).then(
    () => 'loaded',
    (error: { code: string }) => error.code,
  );
const redirect = (to: string, status = 302) => {
  host.answer = (request, response) =>
    request.url === '/start' ? response.writeHead(status, { Location: to, 'Set-Cookie': 'id=1' }).end() : png(response);
};

test('an image is loaded; the server learns nothing of the reader', async () => {
  const { type, bytes } = await fetchImage(url('/a.png?id=7'), network);
  expect([type, Buffer.from(bytes).equals(onePixel)]).toEqual(['image/png', true]);
  const [{ path, headers } = { path: '', headers: {} }] = host.asked;
  expect(path).toBe('/a.png?id=7');
  expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  expect(headers.host).toBe(`img.example:${host.port}`);
  expect(headers['user-agent']).not.toMatch(/todoku|node|linux/i);
});

test('a cookie that was set is not sent again, not even along a redirect', async () => {
  redirect('/end');
  expect(await code(url('/start'))).toBe('loaded');
  expect(await code(url('/again'))).toBe('loaded');
  expect(host.asked.map(({ path, headers }) => [path, headers.cookie, headers.referer])).toEqual([
    ['/start', undefined, undefined],
    ['/end', undefined, undefined],
    ['/again', undefined, undefined],
  ]);
});

test.each([
  ['a private address', 'http://inside.example/a.png'],
  ['one private address among others', () => url('/a.png', 'two.example')],
  ['the loopback in IPv6', 'http://six.example/a.png'],
  ['numbers', 'http://192.168.0.1/a.png'],
  ['metadata of a cloud', 'http://169.254.169.254/latest/meta-data/'],
  ['IPv4 inside IPv6', 'http://[::ffff:10.0.0.1]/a.png'],
])('%s is refused before anything is sent', async (_, address) => {
  expect(await code(typeof address === 'string' ? address : address())).toBe('forbidden');
  expect(host.asked).toEqual([]);
});

test('the product itself refuses the loopback by any name', async () => {
  for (const name of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1'])
    await expect(fetchImage(url('/a.png', name), openNetwork)).rejects.toMatchObject({ code: 'forbidden' });
  expect(host.asked).toEqual([]);
});

test('the address that was checked is the one that is connected to: a second answer of the DNS changes nothing', async () => {
  let answers = 0;
  const rebinding = { ...network, resolve: async () => [['127.0.0.1'], ['10.0.0.1']][answers++] ?? [] };
  expect((await fetchImage(url('/a.png'), rebinding)).type).toBe('image/png');
  expect(answers).toBe(1);
});

test.each([
  ['to a private address', 'http://inside.example/a.png'],
  ['to numbers of the loopback', 'http://[::1]/a.png'],
  ['to a file', 'file:///etc/passwd'],
  ['to data', 'data:image/png;base64,AAAA'],
  ['to a mail server', 'http://img.example:25/'],
  ['with a password', 'http://a:b@img.example/'],
  ['to nowhere', 'http://'],
])('a redirect %s is refused', async (_, to) => {
  for (const status of [301, 302, 303, 307, 308]) {
    redirect(to, status);
    expect(await code(url('/start'))).toBe('forbidden');
  }
});

test('redirects end after five', async () => {
  const hops = (most: number) => {
    host.answer = (request, response) => {
      const hop = Number(request.url?.slice(1));
      if (hop >= most) png(response);
      else response.writeHead(302, { Location: `/${hop + 1}` }).end();
    };
  };
  hops(5);
  expect(await code(url('/0'))).toBe('loaded');
  hops(6);
  expect(await code(url('/0'))).toBe('forbidden');
});

test('what is no bitmap is refused, whatever it is called', async () => {
  for (const body of ['<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', '<script>1</script>', 'root:x:0:0', '']) {
    host.answer = (_request, response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(body);
    expect([body, await code(url('/a.png'))]).toEqual([body, 'forbidden']);
  }
});

test('an image that is too large is cut off, said or not', async () => {
  const limits = { ...remoteLimits, octets: 1000 };
  host.answer = (_, response) =>
    response.writeHead(200, { 'Content-Length': '5000' }).end(Buffer.concat([onePixel, Buffer.alloc(5000)], 5000));
  expect(await code(url('/a.png'), limits)).toBe('forbidden');
  host.answer = (_, response) => {
    response.writeHead(200).write(onePixel);
    const more = () => response.destroyed || response.write(Buffer.alloc(500), () => setImmediate(more));
    more();
  };
  expect(await code(url('/a.png'), limits)).toBe('forbidden');
});

test('a server that is silent, slow or broken is given up', async () => {
  const limits = { ...remoteLimits, time: 150 };
  host.answer = () => undefined;
  expect(await code(url('/silent'), limits)).toBe('timeout');
  host.answer = (_, response) => response.writeHead(200).write(onePixel.subarray(0, 8));
  expect(await code(url('/half'), limits)).toBe('timeout');
  host.answer = (_, response) => {
    response.writeHead(200, { 'Content-Length': '900' }).write(onePixel);
    setImmediate(() => response.destroy());
  };
  expect(await code(url('/cut'))).toBe('connection-lost');
  host.answer = (_, response) => response.writeHead(404).end();
  expect(await code(url('/none'))).toBe('connection-lost');
  host.answer = (_, response) => response.writeHead(200, { 'X-Long': 'a'.repeat(20_000) }).end(onePixel);
  expect(await code(url('/headers'))).toBe('connection-lost');
});

test('https is checked against the name, not the number; and never falls back to http', async () => {
  const right = await selfSigned({ names: ['DNS:img.example'] });
  const wrong = await selfSigned({ names: ['DNS:other.example'] });
  const [good, bad] = [await imageHost(right), await imageHost(wrong)];
  const ask = (server: ImageHost, authority?: string) =>
    fetchImage(`https://img.example:${server.port}/a.png`, testNetwork(names, authority));
  expect((await ask(good, right.cert)).type).toBe('image/png');
  await expect(ask(good)).rejects.toMatchObject({ code: 'connection-lost' });
  await expect(ask(bad, wrong.cert)).rejects.toMatchObject({ code: 'connection-lost' });
  good.answer = (_, response) => response.writeHead(302, { Location: url('/plain') }).end();
  await expect(ask(good, right.cert)).rejects.toMatchObject({ code: 'forbidden' });
  expect([bad.asked.length, host.asked.length]).toEqual([0, 0]);
  await good.close();
  await bad.close();
});
