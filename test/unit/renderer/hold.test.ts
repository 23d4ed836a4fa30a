// CSS and event attributes are taken out of HTML before a parser sees them; what is text stays text.
import { describe, expect, test } from 'vitest';
import { holdStyles } from '../../../renderer/html/hold.js';

describe('holdStyles', () => {
  test.each([
    ['<p style="color:red">x</p>', '<p data-held="color:red">x</p>'],
    ["<p STYLE = 'a'>x", "<p data-held = 'a'>x"],
    ['<p/style=a/>x', '<p/data-held=a/>x'],
    ['<p title="style=1" style>x', '<p title="style=1" data-held>x'],
    ['<img src=x onerror=alert(1)>', '<img src=x>'],
    ['<img/onerror="a>b"/src=x>', '<img/src=x>'],
    ['a < b style="x"', 'a < b style="x"'],
    ['<!-- <p style="x"> -->y', 'y'],
    ['<!-->y', 'y'],
    ['<!-- a --!>y', 'y'],
    ['<!doctype html><?xml x?>y', 'y'],
    ['<script>"<p style=x>"</script>y', 'y'],
    ['<title>t<img onerror=x></title>y', 'y'],
    ['<textarea><b style="x"></textarea>', '<textarea>&lt;b style="x"></textarea>'],
    ['<base href=x><meta a><link b><frameset>y', 'y'],
    ['<p style="unclosed', '<p data-held="unclosed>'],
    ['<', '<'],
    ['', ''],
  ])('%j becomes %j', (html, expected) => {
    expect(holdStyles(html).html).toBe(expected);
  });

  test('keeps the sheets, in order', () => {
    expect(holdStyles('<style>a{}</style>x<STYLE type=y>b{} </ style></style><style>c').sheets).toEqual(['a{}', 'b{} </ style>', 'c']);
  });

  test('takes time in proportion to the text', () => {
    const long = '<p style="a:b" onx=1>'.repeat(50_000);
    expect(holdStyles(long).html).toHaveLength('<p data-held="a:b">'.length * 50_000);
  });
});
