import { expect, test } from 'vitest';
import { htmlToText } from '../../../electron/message/html-text.js';

test.each([
  ['<p>Hello <b>world</b></p><p>two</p>', 'Hello world\n\ntwo'],
  ['a<br>b<br/>c', 'a\nb\nc'],
  ['<style>p{color:red}</style><script>alert(1)</script>text', 'text'],
  ['<head><title>no</title></head><body>yes</body>', 'yes'],
  ['1 &lt; 2 &amp;&nbsp;3 &#26085;&#x672c;', '1 < 2 & 3 日本'],
  ['a <!-- <b>hidden</b> --> b', 'a b'],
  ['<a title="a > b">link</a>', 'link'],
  ['5 < 6', '5 < 6'],
  ['<td>a</td><td>b</td>', 'a b'],
  ['<script>never closed', ''],
  ['<a href="never closed>text</a> more', 'text more'],
])('%s', (html, text) => {
  expect(htmlToText(html, 1000)).toBe(text);
});

test.each(['<', '<a ', '<!--', '<script>', '&', '<a href="', '<b>'])('a megabyte of %s ends', (piece) => {
  expect(typeof htmlToText(piece.repeat(Math.ceil(1_000_000 / piece.length)), 10_000)).toBe('string');
});
